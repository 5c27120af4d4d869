"""What `pytest --scenarios` promises, wherever a library is; and that nobody else notices it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.agents.gate.parcels import EXPERT, SOUND, gate, plan
from tests.scenarios.tiny import edited

pytest_plugins = ["pytester"]

QUICK = 10
"""How many items are answered without trials."""


@pytest.fixture
def library(pytester: pytest.Pytester) -> Path:
    """A folder with one scenario in it."""
    folder = pytester.path / "library"
    gate(folder / "parcels")
    return folder


def test_nothing_is_collected_unless_it_is_asked_for(
    pytester: pytest.Pytester, library: Path
) -> None:
    done = pytester.runpytest_inprocess(str(library))
    assert done.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_the_plugin_imports_nothing_of_its_own() -> None:
    code = (
        "import sys, agents.pytest_plugin;"
        "sys.exit(str({'pydantic', 'langgraph', 'scenarios', 'simulator'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=30,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stderr.strip() == "set()"


def test_every_item_of_every_scenario_is_a_test_with_a_readable_name(
    pytester: pytest.Pytester, library: Path
) -> None:
    done = pytester.runpytest_inprocess("--scenarios", "--collect-only", "-q", str(library))
    done.stdout.fnmatch_lines_random(
        [
            "library/parcels/scenario.yaml::learnable",
            "library/parcels/scenario.yaml::band expert practice",
            "library/parcels/scenario.yaml::attack bare-nouns",
            "library/parcels/scenario.yaml::voice expert-terse",
            "library/parcels/scenario.yaml::without requirement repeats",
        ]
    )


def test_a_flaw_fails_its_own_item_in_words_without_a_traceback(
    pytester: pytest.Pytester, library: Path
) -> None:
    quiet = plan("Parcels from abroad cost double.")
    (library / "parcels" / "plans" / "expert.yaml").write_text(quiet, encoding="utf-8")
    done = pytester.runpytest_inprocess("--scenarios-quick", str(library))
    done.assert_outcomes(failed=1, passed=QUICK - 1)
    done.stdout.fnmatch_lines(
        ["plans/expert.yaml:6: steps.pay.instructions: * tell* the rule*not paid again*"]
    )
    done.stdout.no_fnmatch_line("*Traceback*")
    done.stdout.no_fnmatch_line("*runtest*")


def test_a_trial_is_the_same_in_every_process_and_its_outcome_is_junit_xml(
    pytester: pytest.Pytester, library: Path
) -> None:
    wanted = ["-k", "naive or bare-nouns", "-p", "no:cacheprovider", str(library)]
    naive = library / "parcels" / "plans" / "naive.yaml"
    naive.write_text(EXPERT, encoding="utf-8")
    told = []
    for more in ([], ["-n", "2"]):
        file = pytester.path / "found.xml"
        done = pytester.runpytest_subprocess(
            "--scenarios", f"--junitxml={file}", *more, *wanted, timeout=50
        )
        assert done.ret == pytest.ExitCode.TESTS_FAILED
        cases = ElementTree.parse(file).getroot().iter("testcase")
        told.append(sorted((case.get("name"), case.findtext("failure")) for case in cases))
    assert told[0] == told[1]
    assert dict(told[0])["attack bare-nouns"] is None
    assert "whoever tells nothing must fail" in (dict(told[0])["naive fails"] or "")


def test_settings_and_a_file_that_is_named_ask_for_it_too(
    pytester: pytest.Pytester, library: Path
) -> None:
    broken, line = edited(SOUND, "governs: pay", "governs: pai")
    file = library / "parcels" / "scenario.yaml"
    file.write_text(broken, encoding="utf-8")
    for arguments in ([str(file)], ["-o", "scenarios=true", str(library)]):
        done = pytester.runpytest_inprocess(*arguments)
        done.assert_outcomes(failed=1)
        done.stdout.fnmatch_lines([f"*scenario.yaml:{line}: requirements.abroad-doubles.governs:*"])
