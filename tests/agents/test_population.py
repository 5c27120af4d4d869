"""Reference plans and bots: the same every time, run once, and again where something changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from agents import population as module
from agents.bots import bots
from agents.population import Came, known, most, population
from agents.session import Session
from scenarios import load_scenario
from scenarios.plans.removals import load_removals
from simulator.scoring.statistics import six
from tests.office import cast, folder, invoices, reference

COUNT = 6


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The scenario with two reference plans, and a population of a few bots."""
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setattr(module, "BOTS", COUNT)
    monkeypatch.setattr(module, "TRIALS", 8)
    copy = tmp_path / "invoices"
    shutil.copytree(folder(), copy)
    for path in (copy / "plans").glob("*.yaml"):
        if path.stem not in ("naive", "expert", "removals", "bands", "expert-terse"):
            path.unlink()
    return copy


def test_bots_are_the_same_every_time_and_all_different() -> None:
    there, again = (list(bots(folder() / "plans", invoices(), cast(), COUNT)) for _ in "12")
    assert there == again
    said = [plan.model_dump_json() for plan in there]
    assert len(set(said)) == len(said)
    assert 0 < len(said) <= COUNT
    assert reference("expert").model_dump_json() not in said


def test_the_last_bot_lacks_more_than_the_first() -> None:
    found = list(bots(folder() / "plans", invoices(), cast(), 12))
    words = [sum(len(step.instructions) for step in plan.steps) for plan in found]
    assert words[-1] < words[0]
    assert load_removals(folder() / "plans" / "removals.yaml").plan == "expert"


def test_a_scenario_without_removals_has_no_bots(tmp_path: Path) -> None:
    assert list(bots(tmp_path, invoices(), cast(), COUNT)) == []


def test_every_figure_is_that_of_the_run_behind_it(small: Path) -> None:
    scenario = load_scenario(small)
    found = population(small, scenario)
    assert [one.name for one in found if one.kind == "reference"] == ["expert", "naive"]
    plans = [reference("expert"), reference("naive"),
             *bots(folder() / "plans", invoices(), cast(), COUNT)]  # fmt: skip
    assert len(found) == len(plans) <= most(small)
    for one, plan in zip(found, plans, strict=True):
        run = Session(invoices(), plan, cast()).evaluate(trials=8)
        means = [run.mean(name) for name in ("accepted", "loss", "cost", "minutes")]
        assert list(one[2:]) == [six(mean.mean) for mean in means if mean]


def test_it_is_kept_by_its_content(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = load_scenario(small)
    assert known(small, scenario) is None
    done: list[int] = []
    found = population(small, scenario, progress=lambda so_far: done.append(len(so_far)))
    assert done == list(range(1, len(found) + 1))
    assert known(small, scenario) == found
    monkeypatch.setattr(Session, "evaluate", None)
    assert population(small, scenario) == found
    plan = small / "plans" / "naive.yaml"
    plan.write_text(plan.read_text("utf-8") + "# another\n", "utf-8")
    assert known(small, scenario) is None


def test_what_is_damaged_is_as_if_it_were_not_there(small: Path) -> None:
    scenario = load_scenario(small)
    path = module._file(small, scenario)
    path.parent.mkdir(parents=True)
    for text in ("", "[[1]]", "{", "7"):
        path.write_text(text)
        assert known(small, scenario) is None
    row = Came("bot", "", 0.5, 1.0, 2.0, 3.0)
    module._keep(path, [row])
    assert known(small, scenario) == [row]


def test_whoever_stops_it_keeps_nothing(small: Path) -> None:
    scenario = load_scenario(small)
    with pytest.raises(KeyboardInterrupt):
        population(small, scenario, stop=lambda: True)
    assert known(small, scenario) is None
