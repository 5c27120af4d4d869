"""Why a real model's values are wrong, inferred by comparison: its own reasons nobody knows.

A value is held against those that known mistakes would give; how a rule was taken is what the
reader of instructions says of it. What is like no known mistake is a slip of skill.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from scenarios.model import Value
from scenarios.scenario import Field, Record, Trap
from simulator.behaviour.belief import is_right, same
from simulator.behaviour.job import Job, understand
from simulator.behaviour.telling import Rule
from simulator.blueprint import Blueprint
from simulator.consequences import chain, fallen_into, worked_out
from simulator.meaning import Meaning
from simulator.order import WorkOrder
from simulator.rows import wanted
from simulator.slip import Cause, Slip

_TELLING = ("text", "money", "number", "date", "record")
"""Types of which a value that is somebody else's is no coincidence."""


def inferred(
    blueprint: Blueprint, order: WorkOrder, batch: Sequence[str],
    rows: Mapping[str, Mapping[str, Value]],
) -> list[Slip]:  # fmt: skip
    """A slip for each wrong or missing value of a reply to `order` about the records of `batch`."""
    scenario = blueprint.scenario
    job = understand(scenario, order.persona, order.head)
    given = {item.record: json.loads(item.given) if item.given else {} for item in order.items}
    found: list[Slip] = []
    for name in batch:
        record, row = scenario.record[name], rows.get(name, {})
        if not wanted(scenario, name):
            continue
        for result in blueprint.results.values():
            got, field = row.get(result.name), result.field
            if field is None or is_right(scenario, field, result.hear(got), record):
                continue
            if name not in rows:
                cause, rule = _left_out(blueprint, field), None
            elif _came_wrong(blueprint, field, record, given.get(name, {})):
                cause, rule = "inherited", None
            elif _out_of_sight(job, blueprint, field, record, result.hear(got), frozenset(batch)):
                cause, rule = "out-of-sight", None
            else:
                cause, rule = _why(job, blueprint, result, record, got, batch)
            found.append(
                Slip(
                    name, cause, result.name, field.name, rule.requirement.id if rule else None,
                    got, result.tell(record.truth.get(field.name)), rule.words if rule else "",
                    step=blueprint.step.id, who=order.persona.id,
                )
            )  # fmt: skip
    return found


def _why(
    job: Job, blueprint: Blueprint, result: Meaning, record: Record, got: Value,
    batch: Sequence[str],
) -> tuple[Cause, Rule | None]:  # fmt: skip
    """The known mistake that gives `got`, the most telling first."""
    scenario, field = blueprint.scenario, result.field
    assert field is not None
    value, truth = result.hear(got), record.truth.get(field.name)
    if any(one.field == field.name and same(value, one.wrong, field) for one in record.injections):
        return "injected", None
    for trap in record.traps:
        if same(value, fallen_into(scenario, record, trap, field), field):
            rule = _rule(job, trap.needs)
            return ("unstated" if rule is None else _taken(job, rule, trap)), rule
    if value is None:
        return _left_out(blueprint, field), None
    if truth is None:
        return "no-source", None
    others = (scenario.record[name].truth.get(field.name) for name in batch if name != record.id)
    if field.type in _TELLING and any(same(value, other, field) for other in others):
        return "distracted", None
    asked = {one.field.name for one in job.results if one.field}
    unasked = [one for one in job.decisions if one.field.name in chain(scenario, field.name)]
    leap = any(one.field.name not in asked and one.leap > 1 for one in unasked)
    return "in-one-leap" if leap else "beyond-skill", None


def _left_out(blueprint: Blueprint, field: Field) -> Cause:
    """Why there is nothing: it was not in sight, or it was passed over."""
    arrive = {one.field.name for one in blueprint.arriving if one.field}
    sees = blueprint.reads_records or arrive & set(chain(blueprint.scenario, field.name))
    return "skipped" if sees else "out-of-sight"


def _came_wrong(
    blueprint: Blueprint, field: Field, record: Record, given: Mapping[str, Value]
) -> bool:
    """Whether something arrived wrong that the field is made of."""
    made_of = chain(blueprint.scenario, field.name)
    return any(
        one.field.name in made_of
        and one.name in given
        and not is_right(blueprint.scenario, one.field, one.hear(given[one.name]), record)
        for one in blueprint.arriving if one.field
    )  # fmt: skip


def _out_of_sight(
    job: Job, blueprint: Blueprint, field: Field, record: Record, value: Value,
    present: frozenset[str],
) -> bool:  # fmt: skip
    """Whether a value is what it comes to without papers or records that the call does not have."""
    arrive = {one.field.name for one in blueprint.arriving if one.field}
    scenario = blueprint.scenario
    for name in chain(scenario, field.name):
        one, truth = scenario.field[name], record.truth.get(name)
        if (
            name not in arrive
            and (
                (one.look_in and job.papers.isdisjoint(one.look_in))
                or (one.all_records and record.partner and record.partner not in present)
                or (one.same_as is not None and isinstance(truth, str) and truth not in present)
                or (one.group is not None and not scenario.family[record.id] <= present)
            )
            and same(value, worked_out(scenario, record, name, None, field), field)
        ):
            return True
    return False


def _rule(job: Job, requirement: str) -> Rule | None:
    rules = (rule for decision in job.decisions for rule in decision.rules)
    return next((rule for rule in rules if rule.requirement.id == requirement), None)


def _taken(job: Job, rule: Rule, trap: Trap) -> Cause:
    """How a rule was taken most probably, and if clearly, why it was not followed all the same."""
    best = max(rule.tellings, key=lambda one: one.clear, default=None)
    clear = best is not None and best.clear >= 0.5
    if any(one.contradicted >= 0.5 for one in rule.tellings):
        return "conflict" if clear else "contradicted"
    if best is None or not clear:
        half = any(one.clear + one.vague >= 0.5 for one in rule.tellings)
        return "vague" if half else "unstated"
    if best.found < 0.5:
        return "buried"
    if best.undistracted < 0.5:
        return "distracted"
    if any(one.field.name == trap.field and one.leap > 1 for one in job.decisions):
        return "in-one-leap"
    return "overloaded" if rule.fails >= 2 * rule.fails_alone else "beyond-skill"
