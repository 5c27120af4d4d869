"""Why a real model's values are wrong, inferred by comparison: its own reasons nobody knows.

A value is held against those that known mistakes would give; how a rule was taken is what the
reader of instructions says of it, and what a specialist's solved records showed of it. What is like
no known mistake is a slip of skill.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from scenarios.model import Value
from scenarios.scenario import Field, Record, Scenario, Trap
from simulator.behaviour.belief import is_right, same
from simulator.behaviour.job import Job, understand
from simulator.behaviour.telling import Rule
from simulator.behaviour.trained import Learnt
from simulator.blueprint import Blueprint
from simulator.consequences import chain, fallen_into, worked_out
from simulator.meaning import Meaning
from simulator.order import WorkOrder
from simulator.rows import wanted
from simulator.slip import Cause, Slip

_TELLING = ("text", "money", "number", "date", "record")
"""Types of which a value that is somebody else's is no coincidence."""
_Rested = tuple[str | None, str]
"""What a decision rested on: the requirement, and the learner's words for it."""
_NO_RULE: _Rested = (None, "")


def inferred(
    blueprint: Blueprint, order: WorkOrder, batch: Sequence[str],
    rows: Mapping[str, Mapping[str, Value]],
) -> list[Slip]:  # fmt: skip
    """A slip for each wrong or missing value of a reply to `order` about the records of `batch`."""
    scenario = blueprint.scenario
    papers = frozenset(paper.id for paper in order.head.papers)
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
                cause, why = _left_out(blueprint, field), _NO_RULE
            elif _came_wrong(blueprint, field, record, given.get(name, {})):
                cause, why = "inherited", _NO_RULE
            elif _out_of_sight(
                papers, blueprint, field, record, result.hear(got), frozenset(batch)
            ):
                cause, why = "out-of-sight", _NO_RULE
            else:
                cause, why = _why(blueprint, order, result, record, got, batch)
            found.append(
                Slip(
                    name, cause, result.name, field.name, why[0],
                    got, result.tell(record.truth.get(field.name)), why[1],
                    step=blueprint.step.id, who=order.persona.id,
                )
            )  # fmt: skip
    return found


def _why(
    blueprint: Blueprint, order: WorkOrder, result: Meaning, record: Record, got: Value,
    batch: Sequence[str],
) -> tuple[Cause, _Rested]:  # fmt: skip
    """The known mistake that gives `got`, the most telling first."""
    scenario, field = blueprint.scenario, result.field
    assert field is not None
    value, truth = result.hear(got), record.truth.get(field.name)
    if any(one.field == field.name and same(value, one.wrong, field) for one in record.injections):
        return "injected", _NO_RULE
    shown = order.persona.kind == "specialist"
    known = (_shown if shown else _told)(scenario, order, result, record, value)
    if known is not None:
        return known
    if value is None:
        return _left_out(blueprint, field), _NO_RULE
    if truth is None:
        return "no-source", _NO_RULE
    others = (scenario.record[name].truth.get(field.name) for name in batch if name != record.id)
    if field.type in _TELLING and any(same(value, other, field) for other in others):
        return "distracted", _NO_RULE
    leap = not shown and _leapt(understand(scenario, order.persona, order.head), scenario, field)
    return "in-one-leap" if leap else "beyond-skill", _NO_RULE


def _told(
    scenario: Scenario, order: WorkOrder, result: Meaning, record: Record, value: Value
) -> tuple[Cause, _Rested] | None:
    """The trap that somebody who was told rules fell into, and how its rule was taken."""
    field, job = result.field, understand(scenario, order.persona, order.head)
    assert field is not None
    for trap in record.traps:
        if same(value, fallen_into(scenario, record, trap, field), field):
            rule = _rule(job, trap.needs)
            if rule is None:
                return "unstated", _NO_RULE
            return _taken(job, rule, trap), (rule.requirement.id, rule.words)
    return None


def _shown(
    scenario: Scenario, order: WorkOrder, result: Meaning, record: Record, value: Value
) -> tuple[Cause, _Rested] | None:
    """As `_told` for a specialist: what its solved records showed of such a record."""
    field, learnt = result.field, Learnt(scenario, result, order.head)
    assert field is not None
    for trap in learnt.traps(record):
        if same(value, fallen_into(scenario, record, trap, field), field):
            return learnt.untaught(trap.needs) or "beyond-skill", (trap.needs, "")
    for kind in learnt.kinds(record):
        label = learnt.mislabelled(kind)
        if learnt.untaught(kind) == "contradicted" and same(value, label, field):
            return "contradicted", (kind or None, "")
    return None


def _leapt(job: Job, scenario: Scenario, field: Field) -> bool:
    """Whether it takes a decision on the way that nobody asked for."""
    asked = {one.field.name for one in job.results if one.field}
    way = chain(scenario, field.name)
    return any(
        one.leap > 1 and one.field.name in way and one.field.name not in asked
        for one in job.decisions
    )


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
    papers: frozenset[str], blueprint: Blueprint, field: Field, record: Record, value: Value,
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
                (one.look_in and papers.isdisjoint(one.look_in))
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
