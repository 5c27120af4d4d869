"""`intern pilot`: paid once, kept, told record by record, and no more than the scenario allows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.scenarios import tiny
from tests.tui.conftest import Intern
from tests.tui.renaming import renamed
from tests.tui.test_cli import NAIVE
from tests.tui.test_hidden_names import COPYING, SCENARIO

BUDGET = "budget: {money: 1, minutes: 5"
PLAN = """\
scenario: parcels
steps:
  - id: pay
    assignee: mira
    produces: {pay: ~}
    schema: true
    instructions: Parcels from abroad cost double.
"""


@pytest.fixture
def parcels(tmp_path: Path) -> str:
    """A plan beside a scenario in which six parcels may be piloted."""
    text = tiny.SCENARIO.replace(BUDGET, f"{BUDGET}, pilots: 6")
    folder = tiny.write(tmp_path, text)
    folder = folder if folder.is_dir() else folder.parent
    (folder / "mine.yaml").write_text(PLAN)
    return str(folder / "mine.yaml")


def test_a_pilot_is_paid_once_and_every_trial_bears_it(intern: Intern, parcels: str) -> None:
    before = json.loads(intern("run", parcels, "--trials", "8", "--jobs", "1", "--json").out)
    asked = ("pilot", parcels, "--step", "pay", "--records", "4")
    status, out, err = intern(*asked)
    assert (status, err) == (0, "")
    assert out.startswith("mira did step `pay` on 4 parcels (seed 1)")
    assert "4 parcels, " in out
    assert "2 parcels can still be piloted" in out
    again = intern(*asked)
    assert "You had made this pilot before: nothing was paid." in " ".join(again.out.split())
    assert again.out.partition("You had made")[0] == out.partition("It took")[0]
    found = json.loads(intern(*asked, "--json").out)
    assert (found["scored"], found["paid"]) == (4, False)
    assert len(found["records"]) == 4
    after = json.loads(intern("run", parcels, "--trials", "8", "--jobs", "1", "--json").out)
    assert (before["piloted"], after["piloted"]) == (0, found["cost"])
    paid = after["cost"]["mean"] - before["cost"]["mean"]
    assert paid == pytest.approx(found["cost"], abs=1e-5)
    assert after["loss"] == before["loss"]
    assert "wages (pilots: " in intern("run", parcels, "--trials", "8", "--jobs", "1").out
    told = json.loads(intern("explain", parcels, "--trials", "8", "--jobs", "1", "--json").out)
    assert [(one["step"], one["who"], one["scored"]) for one in told["pilots"]] == [
        ("pay", "mira", 4)
    ]  # fmt: skip
    text = intern("explain", parcels, "--trials", "8", "--jobs", "1").out
    assert "Pilot of `pay` with mira: 4 parcels, " in " ".join(text.split())


def test_no_more_records_than_the_scenario_allows(intern: Intern, parcels: str) -> None:
    asked = ("pilot", parcels, "--step", "pay")
    assert intern(*asked, "--who", "pip", "--records", "5").status == 0
    status, out, err = intern(*asked, "--records", "2")
    assert (status, out) == (2, "")
    assert err == "intern: 1 parcel of 6 can still be piloted, and this takes 2; take fewer\n"
    assert intern(*asked, "--records", "1", "--seed", "3").status == 0
    assert "decide by what you know now" in intern(*asked, "--records", "1").err
    Path(parcels).with_name("scenario.yaml").write_text(tiny.SCENARIO)
    status, _, err = intern(*asked, "--records", "1")
    assert status == 2
    assert "parcels" in err


def test_renaming_what_is_hidden_changes_no_byte(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(SCENARIO, tmp_path / "a" / "here")
    file = tmp_path / "a" / "here" / "scenario.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("budget: {", "budget: {pilots: 9, "), "utf-8")
    renamed(file.parent, tmp_path / "b" / "here")
    said = []
    for place in ("a", "b"):
        monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / place / "kept"))
        monkeypatch.chdir(tmp_path / place)
        Path("here/plans/mine.yaml").write_text(COPYING, "utf-8")
        said += [
            [intern("pilot", "here/plans/mine.yaml", "--step", "copy", *more)
             for more in ((), ("--json",), ("--who", "oswin", "--records", "2"))]
        ]  # fmt: skip
    assert said[0] == said[1]
    assert [one.status for one in said[0]] == [0, 0, 2]


def test_a_scenario_without_pilots_has_none(intern: Intern) -> None:
    status, out, err = intern("pilot", NAIVE, "--step", "ledger")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "nobody can be tried beforehand in invoices" in err
