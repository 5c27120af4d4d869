"""From a table of a job that nobody here knows to a scenario that is fair enough to go on from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.scenarios.drafting.visits import visits
from tests.tui.conftest import Intern

AFTERNOON = Path(__file__).parents[1] / "scenarios" / "drafting" / "afternoon"
"""A scaffold's scenario, papers and plans as an author has rewritten them."""


@pytest.fixture
def vet(intern: Intern, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "visits.csv").write_text(visits(), encoding="utf-8")
    status, _, err = intern("new", "scenario", "vet", "--from", "visits.csv")
    assert status == 0
    assert "room is isolation where the text mentions coughing" in " ".join(err.split())
    return tmp_path / "vet"


def test_the_scaffold_passes_all_that_is_read(intern: Intern, vet: Path) -> None:
    status, out, _ = intern("check", "--quick", str(vet))
    assert "Nothing fails." in out
    assert status == 0


def test_who_is_told_nothing_fails_and_who_knows_the_rules_earns_gold(
    intern: Intern, vet: Path
) -> None:
    rates = {}
    for name in ("naive", "expert"):
        plan = str(vet / "plans" / f"{name}.yaml")
        out = intern("run", plan, "--trials", "40", "--jobs", "1", "--json").out
        rates[name] = json.loads(out)["reliability"]["mean"]
    assert rates["naive"] < 0.2
    assert rates["expert"] >= 0.85


def test_the_brief_comes_first_of_what_would_improve_it(intern: Intern, vet: Path) -> None:
    status, out, _ = intern("check", "--suggest", str(vet))
    assert status == 0
    first, second = (line for line in out.splitlines() if line.startswith(("  1.", "  2.")))
    assert "The brief is not written" in first
    assert "There are 3 rules" in second
    file = vet / "scenario.yaml"
    lines = file.read_text("utf-8").split("\n")
    text = "\n".join(line.replace("TODO: say in five sentences", "Say") for line in lines)
    file.write_text(text, encoding="utf-8")
    assert "The brief is not written" not in intern("check", "--suggest", str(vet)).out


@pytest.mark.timeout(300)
def test_an_afternoons_work_on_it_passes_the_whole_gate(
    intern: Intern, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an author makes of a scaffold by scenarios/README.md, its records left as they are."""
    monkeypatch.chdir(tmp_path)
    Path("visits.csv").write_text(visits(400, on_the_way=True), encoding="utf-8")
    assert intern("new", "scenario", "vet", "--from", "visits.csv").status == 0
    shutil.copytree(AFTERNOON, "vet", dirs_exist_ok=True)
    assert intern("check", "--accept", "--trials", "48", "vet").status == 0
    bands = Path("vet/plans/bands.yaml")
    proposed = bands.read_text("utf-8")
    assert "signed: ~" in proposed
    bands.write_text(proposed.replace("signed: ~", "signed: Edda Lindqvist"), encoding="utf-8")
    status, out, _ = intern("check", "vet")
    assert "To mend" not in out
    assert "Nothing fails." in out
    assert status == 0


def test_a_step_on_the_way_that_nobody_can_ask_for_is_pointed_out(
    intern: Intern, vet: Path
) -> None:
    text = (vet / "scenario.yaml").read_text("utf-8")
    extra = "  - {name: coughs, type: boolean, work: judge, hidden: true}\n"
    records = (vet / "records.yaml").read_text("utf-8")
    (vet / "records.yaml").write_text(
        records.replace("  truth: {", "  truth: {coughs: false, "), encoding="utf-8"
    )
    (vet / "scenario.yaml").write_text(
        text.replace("\nfields:\n", f"\nfields:\n{extra}"), encoding="utf-8"
    )
    out = intern("check", "--suggest", str(vet)).out
    assert "Nobody can ask for the hidden field `coughs`" in " ".join(out.split())


def test_nothing_is_written_over(intern: Intern, vet: Path) -> None:
    before = (vet / "scenario.yaml").read_text("utf-8")
    status, _, err = intern("new", "scenario", "vet", "--from", "visits.csv")
    assert status == 2
    assert "is there already" in err
    assert (vet / "scenario.yaml").read_text("utf-8") == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("../vet", "--from", "visits.csv"), "cannot be a scenario's name"),
        (("more", "--from", "none.csv"), "there is no such file"),
        (("more", "--from", "visits.csv", "--text", "txet"), "did you mean 'text'?"),
    ],
)
def test_what_is_typed_wrongly(
    intern: Intern, vet: Path, arguments: tuple[str, ...], words: str
) -> None:
    status, _, err = intern("new", "scenario", *arguments)
    assert status == 2
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_suggestions_stand_alone(intern: Intern) -> None:
    assert intern("check", "--suggest", "--quick", "invoices").status == 2


def test_a_finished_scenario_needs_little(intern: Intern) -> None:
    out = intern("check", "--suggest", "invoices").out
    assert "TODO" not in out
    assert "The brief" not in out
