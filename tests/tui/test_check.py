"""`intern check`: its report, its object and its status."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from simulator.storage.store import FILE, Store
from tests.agents.gate.parcels import SOUND
from tests.scenarios.tiny import write
from tests.tui.conftest import Intern

QUIET = """\
scenario: parcels
steps:
  - {id: ledger, assignee: mira, produces: {pay: ~}, instructions: Write down what we have to pay.}
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small scenario with one plan only, which tells nothing, in a folder of scenarios."""
    to = write(tmp_path / "library" / "mine", SOUND)
    (to / "plans").mkdir()
    (to / "plans" / "quiet.yaml").write_text(QUIET, "utf-8")
    return to


def test_a_scenario_without_faults(intern: Intern, copy: Path) -> None:
    for path in (copy, copy / "scenario.yaml", copy.parent):
        status, out, err = intern("check", "--quick", str(path))
        assert (status, err) == (0, "")
        assert "quiet" in out
        assert "abroad-doubles" in out
        assert out.rstrip().endswith("Nothing fails.")


def test_an_expert_who_says_nothing_fails(intern: Intern, copy: Path) -> None:
    (copy / "plans" / "expert.yaml").write_text(QUIET, "utf-8")
    status, out, _ = intern("check", "--quick", str(copy))
    assert status == 1
    assert (
        "plans/expert.yaml:3: steps.ledger.instructions: Nothing here tells the rule"
        in " ".join(out.split())
    )
    status, out, err = intern("check", "--quick", str(copy), "--json")
    found = json.loads(out)
    assert (status, err, found["schema"]) == (1, "", 1)
    findings = found["scenarios"][0]["findings"]
    assert found["failed"] == sum(one["fails"] for one in findings) > 1
    (plan,) = [one for one in found["scenarios"][0]["plans"] if one["plan"] == "expert"]
    assert set(findings[0]) == {
        "item", "check", "file", "line", "field", "says", "mend", "fails",
    }  # fmt: skip
    assert {one["item"] for one in found["scenarios"][0]["items"]} >= {"learnable", "told clearly"}
    assert set(plan["rules"][0]) == {"step", "requirement", "clear", "words", "sources"}


def test_contested_sentences_are_listed(intern: Intern, copy: Path, tmp_path: Path) -> None:
    Store(tmp_path / "kept" / FILE).contest("parcels", "copy", "Abroad needs [b]care.")
    status, out, _ = intern("check", "--quick", str(copy))
    assert status == 0
    assert 'step copy: "Abroad needs [b]care." was contested.' in " ".join(out.split())


@pytest.mark.parametrize("path", ["nowhere", "", "\x1b[31m", "quiet.yaml"])
def test_what_is_no_scenario_is_one_line(intern: Intern, path: str) -> None:
    status, out, err = intern("check", path)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "\x1b" not in err


def test_a_plan_that_does_not_load_is_one_line(intern: Intern, copy: Path) -> None:
    (copy / "plans" / "odd.yaml").write_text(QUIET.replace("mira", "nobody"), "utf-8")
    status, out, err = intern("check", str(copy))
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "odd.yaml:3" in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--seed", "2"], "--seed: goes with --accept only"),
        (["--accept", "--quick"], "--quick: does not go with --accept"),
        (["--accept", "--trials", "8"], "--trials: are too few for a band"),
    ],
)
def test_options_that_do_not_go_together_are_one_line(
    intern: Intern, copy: Path, options: list[str], said: str
) -> None:
    status, out, err = intern("check", str(copy), *options)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_what_was_found_is_junit_xml_too(intern: Intern, copy: Path, tmp_path: Path) -> None:
    (copy / "plans" / "expert.yaml").write_text(QUIET, "utf-8")
    file = tmp_path / "found.xml"
    assert intern("check", "--quick", str(copy), "--junit", str(file)).status == 1
    (suite,) = ElementTree.parse(file).getroot()
    assert (suite.get("name"), suite.get("failures")) == ("parcels", "1")
    (failed,) = [case for case in suite if case.find("failure") is not None]
    assert failed.get("name") == "told clearly"
    assert "plans/expert.yaml:3" in (failed.findtext("failure") or "")
