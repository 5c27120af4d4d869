"""A nudge and a pointer give nothing away: no value, no word of the answer, no rule to be read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from agents.session import Session
from scenarios import library, load_cast, load_plan, load_scenario
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from simulator.coaching import Change, changes
from simulator.coaching.change import edited
from simulator.coaching.discretion import discreet
from simulator.reading import read

TRIALS = 8


@cache
def coached(name: str) -> tuple[Scenario, tuple[Change, ...]]:
    """What the coach would try on the naive plan of a scenario, for every cause."""
    path = library()[name]
    folder = path if path.is_dir() else path.parent
    scenario, cast = load_scenario(path), load_cast()
    plan = load_plan(folder / "plans" / "naive.yaml").plan
    evaluation = Session(scenario, plan, cast).evaluate(trials=TRIALS)
    found = changes(evaluation, cast, causes=len(evaluation.blame))
    return scenario, tuple(discreet(scenario, change) for change in found)


def given_free(changes: tuple[Change, ...]) -> Iterator[str]:
    for text in dict.fromkeys(text for one in changes for text in (one.says, one.pointer)):
        if text:
            yield text


@pytest.mark.parametrize("name", sorted(library()))
def test_nudges_and_pointers_hold_no_exemplar_and_no_trap(name: str) -> None:
    scenario, found = coached(name)
    assert found
    exemplars = {words for rule in scenario.requirements for words in (*rule.said, rule.hints[2])}
    traps = {
        str(trap.wrong)
        for record in scenario.record.values() for trap in record.traps
        if isinstance(trap.wrong, float) or (isinstance(trap.wrong, int) and trap.wrong > 99)
    }  # fmt: skip
    for text in given_free(found):
        assert not [words for words in exemplars if words in text], text
        assert not [value for value in traps if value in text.split()], text


@pytest.mark.parametrize("name", sorted(library()))
def test_a_reader_learns_no_rule_from_a_nudge_or_a_pointer(name: str) -> None:
    scenario, found = coached(name)
    told = [
        (rule.id, text)
        for text in given_free(found) for rule in scenario.requirements
        if read(text, rule).clear >= 0.3
    ]  # fmt: skip
    assert not told


@pytest.mark.parametrize("name", sorted(library()))
def test_every_change_is_a_plan_of_its_own_that_can_be_run(name: str) -> None:
    scenario, found = coached(name)
    texts = [one.plan.model_dump_json() for one in found]
    assert len(set(texts)) == len(texts)
    for one in found:
        plan = Plan.model_validate_json(one.plan.model_dump_json(by_alias=True))
        assert {step.id for step in plan.steps} == set(one.plan.step)
        assert len(Session(scenario, one.plan, load_cast()).team.blueprints) == len(plan.steps)


def test_the_solved_record_that_is_shown_shows_most_of_what_was_lost() -> None:
    """Five show the day that dates count from. One shows all that `dates` was not told."""
    path = library()["minutes"].parent
    scenario, cast = load_scenario(path), load_cast()
    split = load_plan(path / "plans" / "split.yaml").plan
    plan = edited(split, split.step["dates"], instructions="", reads=("records", "find"))
    evaluation = Session(scenario, plan, cast).evaluate(trials=TRIALS)
    (shown,) = {
        one.plan.step["dates"].examples
        for one in changes(evaluation, cast, causes=len(evaluation.blame))
        if one.kind == "example" and one.about.requirement == "day-of-the-meeting"
    }
    assert shown == ("a-curtain",)
