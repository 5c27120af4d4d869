"""What minutes shows beside its gate: its ladder, and what only looks clever.

The upper ladder is run on 80 trials with seed 1, the rest on 48, all on the same draws; differences
are paired by sample.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from agents.session import Session
from scenarios import Plan, Scenario, find_scenario, load_cast, load_plan, load_scenario
from scenarios.plans.removals import Removal, load_removals
from scenarios.scenario import Lot
from simulator.scoring.evaluation import Evaluation, paired

TRIALS = 80
FEWER = 48
RUNGS = ("naive", "rules", "split", "examples", "checked", "expert")
FOUND, OTHERS_NAMES, PASSED_UP = 0, 1, 2
"""The limits of `accept`: items found and right, somebody else's name, items that came to you."""


@cache
def minutes() -> Scenario:
    return load_scenario(find_scenario("minutes"))


def plans() -> Path:
    return find_scenario("minutes").parent / "plans"


def evaluate(plan: Plan, lot: Lot = "practice", trials: int = TRIALS) -> Evaluation:
    return Session(minutes(), plan, load_cast()).evaluate(lot, seed=1, trials=trials)


@cache
def run(name: str, lot: Lot = "practice", trials: int = TRIALS) -> Evaluation:
    return evaluate(load_plan(plans() / f"{name}.yaml").plan, lot, trials)


def rate(name: str, lot: Lot = "practice", trials: int = TRIALS) -> float:
    reliability = run(name, lot, trials).reliability
    assert reliability is not None
    return reliability.mean


def measured(name: str, which: int, trials: int = FEWER) -> float:
    estimate = run(name, trials=trials).mean_of(which)
    assert estimate is not None
    return estimate.mean


@pytest.mark.parametrize(("before", "after"), list(pairwise(RUNGS)))
def test_each_rung_loses_less(before: str, after: str) -> None:
    trials = TRIALS if after in ("checked", "expert") else FEWER
    difference = paired(run(before, trials=trials), run(after, trials=trials), "loss")
    assert difference.high is not None
    assert difference.high < 0, difference


def test_a_second_look_at_the_line_is_what_takes_wrong_names_off_the_list() -> None:
    assert measured("examples", OTHERS_NAMES) > 4 * measured("checked", OTHERS_NAMES)


def test_the_best_reader_alone_fails() -> None:
    assert rate("oswin-alone", trials=FEWER) <= 0.2
    assert measured("oswin-alone", OTHERS_NAMES) > 1


def test_to_name_nobody_is_no_way_out() -> None:
    assert rate("no-names", trials=FEWER) == 0
    assert measured("no-names", OTHERS_NAMES) == 0
    assert measured("no-names", FOUND) < 0.5


def test_somebody_who_reads_over_the_whole_list_is_dear_and_finds_too_little() -> None:
    assert rate("read-over", trials=FEWER) <= 0.05
    assert measured("read-over", PASSED_UP) > measured("expert", PASSED_UP)


def removals() -> list[Removal]:
    return list(load_removals(plans() / "removals.yaml").removals)


def test_every_requirement_can_be_removed() -> None:
    wanted = {requirement.id for requirement in minutes().requirements}
    assert {removal.requirement for removal in removals()} - {None} == wanted


def test_whoever_takes_something_on_says_the_line_in_which_it_stands() -> None:
    for row in minutes().record.values():
        speaker, _, words = row.text.splitlines()[row.line - 1].partition(": ")
        assert row.truth["taken_by"] in (None, speaker), row.id
        said = row.truth["due_said"]
        assert said is None or str(said).casefold() in words.casefold(), row.id


def test_whoever_is_only_named_is_not_at_the_meeting() -> None:
    for row in minutes().record.values():
        present = row.text.splitlines()[1]
        named = [trap.wrong for trap in row.traps if trap.needs == "own-voice"]
        if row.truth["taken_by"] is None:
            assert not {*named} & {*present.removeprefix("Present: ").split(", ")}, row.id
