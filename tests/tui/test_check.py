"""`intern check`: its report, its object and its status."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from simulator.store import FILE, Store
from tests.office import folder
from tests.tui.conftest import Intern

QUIET = """\
scenario: invoices
steps:
  - {id: ledger, assignee: mira, produces: {pay: ~}, instructions: Write down what we have to pay.}
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The scenario with one plan only, which tells nothing, in a folder of scenarios."""
    to = tmp_path / "library" / "mine"
    shutil.copytree(folder(), to, ignore=shutil.ignore_patterns("plans"))
    (to / "plans").mkdir()
    (to / "plans" / "quiet.yaml").write_text(QUIET, "utf-8")
    return to


def test_a_scenario_without_faults(intern: Intern, copy: Path) -> None:
    for path in (copy, copy / "scenario.yaml", copy.parent):
        status, out, err = intern("check", str(path))
        assert (status, err) == (0, "")
        assert "quiet" in out
        assert "credit-notes" in out
        assert out.rstrip().endswith("Nothing fails.")


def test_an_expert_who_says_nothing_fails(intern: Intern, copy: Path) -> None:
    (copy / "plans" / "expert.yaml").write_text(QUIET, "utf-8")
    status, out, _ = intern("check", str(copy))
    assert status == 1
    assert "plans/expert.yaml, step ledger: Nothing here tells the rule" in " ".join(out.split())
    status, out, err = intern("check", str(copy), "--json")
    found = json.loads(out)
    assert (status, err, found["schema"]) == (1, "", 1)
    findings = found["scenarios"][0]["findings"]
    assert found["failed"] == sum(one["fails"] for one in findings) > 1
    (plan,) = [one for one in found["scenarios"][0]["plans"] if one["plan"] == "expert"]
    assert set(plan["rules"][0]) == {"step", "requirement", "clear", "words", "sources"}


def test_contested_sentences_are_listed(intern: Intern, copy: Path, tmp_path: Path) -> None:
    Store(tmp_path / "kept" / FILE).contest("invoices", "copy", "Credit notes need [b]care.")
    status, out, _ = intern("check", str(copy))
    assert status == 0
    assert 'step copy: "Credit notes need [b]care." was contested.' in " ".join(out.split())


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
