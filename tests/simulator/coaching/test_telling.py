"""A nudge and a pointer give nothing away: no value, no word of the answer, no rule to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, get_args

import pytest

from agents.session import Session
from scenarios import library, load_cast, load_plan, load_scenario
from scenarios.language.values import as_text
from scenarios.plans.plan import Plan
from scenarios.rows import shown_text
from scenarios.scenario import Scenario
from simulator.coaching import Change, changes
from simulator.coaching.change import edited
from simulator.coaching.discretion import TOLD, discreet
from simulator.consequences import chain
from simulator.meaning import asked, meaning
from simulator.reading import read
from simulator.scoring.evaluation import Evaluation
from simulator.slip import Cause, SlipKey
from tests.simulator.outcomes import trial

TRIALS = 8
OF_RULES = ("unstated", "uncoded", "in-one-leap")
"""What is said of a rule is the same for all causes like the first."""
NO_PLANS = ("bands", "removals")


class Told(NamedTuple):
    """What the coach says free of charge of a step, whose instructions are these."""

    instructions: str
    says: str
    pointer: str


def causes(scenario: Scenario, plan: Plan) -> Iterator[SlipKey]:
    """Whatever could go wrong in a plan."""
    for step in plan.steps:
        for name, result in step.produces.items():
            field = meaning(scenario, asked(scenario, name, result)).field
            if field is None:
                continue
            behind = {field.name, *chain(scenario, field.name)}
            rules = [rule for rule in scenario.requirements if rule.governs in behind]
            for cause in get_args(Cause):
                yield SlipKey(cause, step.id, name, field.name, None)
                for rule in rules if cause in OF_RULES else ():
                    yield SlipKey(cause, step.id, name, rule.governs, rule.id)


def tried(scenario: Scenario, plan: Plan) -> list[Change]:
    """Every change that the coach could think of, whatever went wrong."""
    keys = list(dict.fromkeys(causes(scenario, plan)))
    bad = trial(0, 1, blame={key: len(keys) - place for place, key in enumerate(keys)})
    evaluation = Evaluation(scenario, plan, "practice", 1, (bad,))
    return list(changes(evaluation, load_cast(), causes=len(keys)))


@cache
def told(name: str) -> tuple[Scenario, tuple[Told, ...]]:
    """All that could be said free of charge about any reference plan of a scenario.

    The expert's voices are left out: they have the same steps as the expert.
    """
    folder = library()[name].parent
    scenario, said = load_scenario(folder), dict[Told, Told]()
    for file in sorted((folder / "plans").glob("*.yaml")):
        if file.stem in NO_PLANS or file.stem.startswith("expert-"):
            continue
        plan = load_plan(file).plan
        for change in tried(scenario, plan):
            before = Told(plan.step[change.about.step].instructions, change.says, change.pointer)
            if before not in said:
                free = discreet(scenario, plan, change)
                said[before] = Told(before.instructions, free.says, free.pointer)
    return scenario, tuple(dict.fromkeys(said.values()))


def known_to_everybody(scenario: Scenario) -> str:
    """What anybody can read before they begin."""
    previews = (shown_text(scenario, record) for record in scenario.sheets("preview"))
    papers = (paper.text for paper in scenario.documents)
    return f" {words(' '.join((scenario.brief, *papers, *previews)))} "


def secrets(scenario: Scenario) -> Iterator[str]:
    """Whole exemplars, and the values of the truth and of traps."""
    for rule in scenario.requirements:
        yield from (*rule.said, *rule.hints[2:], rule.statement)
    for field in scenario.fields:
        yield from field.known_as if field.hidden else ()
    public = known_to_everybody(scenario)
    for record in scenario.record.values():
        for value in (*record.truth.values(), *(trap.wrong for trap in record.traps)):
            for one in value if isinstance(value, tuple) else (value,):
                if one is not None and not isinstance(one, bool):
                    yield from (text for text in {as_text(one), str(one)}
                                if not named(text, public))  # fmt: skip


def named(value: str, text: str) -> bool:
    return f" {words(value)} " in text


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("name", sorted(library()))
def test_nudges_and_pointers_hold_no_exemplar_and_no_value(name: str) -> None:
    scenario, said = told(name)
    texts = dict.fromkeys(text for one in said for text in one[1:])
    whole = " . ".join(words(text) for text in texts)
    assert len(texts) > 50
    assert not [one for one in dict.fromkeys(secrets(scenario)) if named(one, f" {whole} ")]


@pytest.mark.parametrize("name", sorted(library()))
def test_a_reader_learns_no_rule_from_a_nudge_or_a_pointer(name: str) -> None:
    """Alone, one after the other, or pasted under the instructions of the step in question."""
    scenario, said = told(name)
    for instructions, says, pointer in said:
        for before in dict.fromkeys(("", instructions)):
            for text in (says, pointer, f"{says} {pointer}"):
                for rule in scenario.requirements:
                    knew = read(before, rule).clear
                    learnt = read(f"{before}\n{text}", rule).clear - knew
                    assert learnt < TOLD, (rule.id, text, before)


@pytest.mark.parametrize("name", sorted(library()))
def test_most_of_what_authors_and_the_coach_say_may_be_said(name: str) -> None:
    """What gives a rule away is rare: it is withheld, and that helps nobody."""
    _, said = told(name)
    withheld = [one for one in said if one.says.startswith("Look again")]
    assert len(withheld) < 0.2 * len(said)


@pytest.mark.parametrize("name", sorted(library()))
def test_every_change_is_a_plan_of_its_own_that_can_be_run(name: str) -> None:
    folder = library()[name].parent
    scenario, cast = load_scenario(folder), load_cast()
    found = tried(scenario, load_plan(folder / "plans" / "naive.yaml").plan)
    texts = [one.plan.model_dump_json() for one in found]
    assert len(set(texts)) == len(texts)
    for one in found:
        plan = Plan.model_validate_json(one.plan.model_dump_json(by_alias=True))
        assert {step.id for step in plan.steps} == set(one.plan.step)
        assert len(Session(scenario, one.plan, cast).team.blueprints) == len(plan.steps)


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
