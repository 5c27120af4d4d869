"""A draft as far as it goes: the steps that could be worked on, though the plan is not one yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from scenarios.persona import Persona
from scenarios.plans.code import columns_of
from scenarios.plans.plan import RECORDS, Plan, Specialist, Step
from scenarios.rows import LINE
from simulator.blueprint import Blueprint
from simulator.staffing import staffed
from tui.planning.draft import Draft


def outline(draft: Draft, cast: Mapping[str, Persona]) -> list[Blueprint]:
    """The steps of a draft that say what they are to give, each with what it means so far."""
    scenario = draft.scenario
    solved = {record.id for record in scenario.sheets("archive")}
    ids = {step["id"] for step in draft.steps}
    sources = {RECORDS, *scenario.document, *ids}
    cast = people(draft, cast)
    made = [_step(raw, cast, solved, sources) for raw in draft.steps]
    steps = tuple(step for step in made if step is not None)
    plan = _plan(draft, steps)
    return [
        Blueprint(
            scenario, plan, step, cast[step.assignee], cast[step.review.by] if step.review else None
        )
        for step in steps
    ]


def specialists(draft: Draft) -> tuple[Specialist, ...]:
    """Those of a draft who can be trained as it says."""
    solved = {record.id for record in draft.scenario.sheets("archive")}
    found = []
    there = draft.data.get("specialists")
    for raw in there if isinstance(there, list) else ():
        with suppress(ValidationError):
            one = Specialist.model_validate(raw)
            if one.examples == "all" or solved.issuperset(one.examples):
                found.append(one)
    return tuple(found)


def people(draft: Draft, cast: Mapping[str, Persona]) -> Mapping[str, Persona]:
    """Who can be given a step of a draft."""
    return staffed(cast, _plan(draft, ()))


def _plan(draft: Draft, steps: tuple[Step, ...]) -> Plan:
    return Plan.model_construct(
        scenario=draft.scenario.id, steps=steps, predict=None, specialists=specialists(draft)
    )


def _step(
    raw: Mapping[str, Any], cast: Mapping[str, Persona], solved: set[str], sources: set[str]
) -> Step | None:
    known = dict(raw)
    known["examples"] = [one for one in raw.get("examples", ()) if one in solved]
    known["reads"] = [one for one in raw.get("reads", (RECORDS,)) if one in sources]
    review = raw.get("review")
    if review is not None and (str(review.get("by")) not in cast or raw.get("assignee") == "tally"):
        del known["review"]
    try:
        step = Step.model_validate(known, by_alias=True, by_name=False)
    except ValidationError:
        return None
    return step if step.assignee in cast else None


def arriving(draft: Draft, step: Mapping[str, Any]) -> dict[str, str]:
    """The names that a step can use: each with where it comes from."""
    reads: Sequence[str] = step.get("reads", (RECORDS,))
    out: dict[str, str] = {}
    for source in draft.steps:
        if source["id"] in reads:
            out |= dict.fromkeys(source.get("produces", {}), source["id"])
    if out and draft.scenario.records.rows is not None:
        out[LINE] = "where it was found"
    if RECORDS in reads:
        out |= {name: RECORDS for name in columns_of(draft.scenario) if name not in out}
    return out


def before(draft: Draft, name: str) -> list[str]:
    """The steps that the work of `name` rests on, in the order of the draft."""
    sources = {step["id"]: list(step.get("reads", ())) for step in draft.steps}
    found: set[str] = set()
    todo = [name]
    while todo:
        for source in sources.get(todo.pop(), ()):
            if source in sources and source not in found:
                found.add(source)
                todo.append(source)
    return [step["id"] for step in draft.steps if step["id"] in found and step["id"] != name]


def after(draft: Draft, name: str) -> set[str]:
    """The steps whose work rests on `name`: it cannot read these."""
    return {step["id"] for step in draft.steps if name in before(draft, step["id"])}
