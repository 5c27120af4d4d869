"""What somebody must find out for code to work out the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scenarios.field import Field
from scenarios.plans.plan import Plan, Result, Step
from scenarios.scenario import Scenario
from simulator.coaching.looking_up import listed
from simulator.meaning import asked, meaning


def computable(field: Field) -> bool:
    """Whether a rule of the scenario gives it from others, so that code can."""
    ruled_by = (field.formula, field.same_as, field.group)
    return any(ruled_by) and not field.points and field.wording is None and field.about == "record"


def facts(
    scenario: Scenario, plan: Plan, step: Step, fields: Iterable[Field],
    held: Mapping[str, Result],
) -> dict[str, Result] | None:  # fmt: skip
    """What a step must find out besides what it holds, for code to work out fields.

    None where something cannot be asked for.
    """
    results = [held, *(plan.step[name].produces for name in step.reads if name in plan.step)]
    known = {
        field.name for some in results for name, result in some.items()
        if (field := meaning(scenario, asked(scenario, name, result)).field) is not None
    }  # fmt: skip
    taken = {name for other in plan.steps for name in other.produces}
    asks: dict[str, Result] = {}
    left = list(fields)
    while left:
        one = left.pop(0)
        if one.name in known:
            continue
        if computable(one):
            left += [scenario.field[name] for name in scenario.parents[one.name]]
        elif (way := listed(scenario, one)) is not None:
            left += [scenario.field[name] for name, _ in way.sought if name in scenario.field]
        else:
            name = next(n for i in range(1, 999) if (n := f"fact_{i}") not in taken)
            result = _described(scenario, name, one)
            if result is None:
                return None
            asks[name] = result
            taken.add(name)
        known.add(one.name)
    return asks


def _described(scenario: Scenario, name: str, field: Field) -> Result | None:
    """A result that asks for a hidden field, in words that the reader takes for it."""
    choices = tuple(choice.value for choice in field.choices)
    for words in field.known_as:
        result = Result(means=words, choices=choices, list=field.list)
        if meaning(scenario, asked(scenario, name, result)).field is field:
            return result
    return None


def with_papers(scenario: Scenario, step: Step, asks: Mapping[str, Result]) -> tuple[str, ...]:
    """What the step reads, and the papers in which the facts stand."""
    papers = [
        paper for name, result in asks.items()
        if (field := meaning(scenario, asked(scenario, name, result)).field) is not None
        for paper in field.look_in if paper in scenario.document
    ]  # fmt: skip
    return tuple(dict.fromkeys((*step.reads, *papers)))
