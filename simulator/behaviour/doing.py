"""How a simulated intern does one call: what it decides, what it gets wrong, and why.

For every record and every decision, said or leapt over, the questions of the behaviour table are
asked in order; the first that fails makes the value wrong and names the cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from scenarios.model import Value
from scenarios.scenario import Field
from simulator import rows
from simulator.behaviour.belief import Aside, Belief, Call, Failure
from simulator.behaviour.failures import injected, missing_fact, unskilled, untold
from simulator.behaviour.hardness import chances
from simulator.behaviour.inheritance import expected
from simulator.behaviour.job import Decision, Job
from simulator.order import Paper
from simulator.slip import Cause, Slip


@dataclass(slots=True)
class Done:
    """The outcome of a call: rows under the learner's names, by record, and what is wrong."""

    rows: dict[str, dict[str, Value]] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)


def perform(
    job: Job, aside: Aside, records: Sequence[tuple[str, bool, Mapping[str, Value]]],
    passages: Mapping[str, tuple[Paper, ...]] = MappingProxyType({}),
) -> Done:  # fmt: skip
    """Do a call. `records` are (id, whether its text is there, what arrived by learner's names).

    `passages` are those that were found for a record in a collection.
    """
    known = [row for row in records if row[0] in aside.scenario.record]
    call = Call(job, aside, frozenset(name for name, _, _ in known))
    done = Done()
    for name, has_text, given in known:
        if job.finds and not has_text and not aside.spares("out-of-sight"):
            done.slips += _left_out(call, name, "out-of-sight")
        elif _skipped(call, name, len(known)) and not aside.spares("skipped"):
            done.slips += _left_out(call, name, "skipped")
        else:
            belief = _belief(call, name, has_text or bool(job.finds), given)
            belief.passages = passages.get(name, ())
            call.beliefs.append(belief)
    for decision in job.decisions:
        _decide(call, decision)
    for belief in call.beliefs:
        done.slips += _slips(call, belief)
        if job.finds and not rows.there(call.scenario, belief.values):
            continue
        done.rows[belief.record.id] = {
            result.name: result.tell(belief.values.get(result.field.name))
            if result.field is not None
            else NOTHING
            for result in job.results
        }
    return done


NOTHING = "as discussed"
"""What arrives for a result that means nothing to the intern."""


def _skipped(call: Call, record: str, count: int) -> bool:
    f = call.job.figures
    extra = count - f.easy_batch
    if extra <= 0:
        return False
    return call.draw("handled", record) >= math.exp(-((extra / f.handled_n0) ** f.handled_h))


def _left_out(call: Call, record: str, cause: Cause) -> list[Slip]:
    if not rows.wanted(call.scenario, record):
        return []
    truth = call.scenario.record[record].truth
    return [
        Slip(
            record,
            cause,
            result.name,
            wanted=result.tell(truth.get(result.field.name)) if result.field else None,
            who=call.who,
        )
        for result in call.job.results
    ]


def _belief(call: Call, name: str, has_text: bool, given: Mapping[str, Value]) -> Belief:
    record = call.scenario.record[name]
    values: dict[str, Value] = {}
    for m in call.job.given:
        if m.field is not None and m.name in given:
            heard = m.hear(given[m.name])
            # Of two that mean the same, what is empty tells nothing.
            if heard is not None or m.field.name not in values:
                values[m.field.name] = heard
    for m in call.job.given:
        if m.field is not None and m.points and m.field.name in values:
            said = values[m.field.name] or ()
            values = {**{point.name: point.name in said for point in m.points}, **values}
    wrong = {field for field, value in values.items() if not call.right(field, value, record)}
    return Belief(record, has_text, values, wrong)


def _decide(call: Call, decision: Decision) -> None:
    """Decide one field for every record of the call."""
    if not call.beliefs:
        return
    name, tier = decision.field.name, call.job.persona.tier
    assert tier is not None
    lot = call.scenario.lot_ids[call.beliefs[0].record.lot]
    hardness = chances(lot, decision.index, tier)
    for place, belief in enumerate(call.beliefs):
        record = belief.record
        truth = record.truth.get(name)
        value, failure = _value(call, decision, belief, place, hardness[record.id])
        belief.values[name] = value
        belief.wrong.discard(name)
        if failure is not None and not call.right(name, value, record):
            rule = failure.rule
            belief.wrong.add(name)
            belief.slips[name] = Slip(
                record.id,
                failure.cause,
                call.job.shown_in[name],
                name,
                rule.requirement.id if rule else None,
                value,
                truth,
                rule.words if rule else "",
                who=call.who,
            )


def _value(
    call: Call, decision: Decision, belief: Belief, place: int, ease: float
) -> tuple[Value, Failure | None]:
    field = decision.field
    if field.points:
        return _written(call, field, belief)
    if field.wording is not None and belief.record.truth.get(field.name) is None:
        return None, None  # a point that is free to be made or not
    spares = call.aside.spares
    obeyed = None if spares("injected", field.name) else injected(call, decision, belief)
    if obeyed is not None:
        return obeyed.value, obeyed
    if field.name in belief.record.absent and (belief.has_text or belief.passages):
        if spares("no-source", field.name):
            return None, None
        return missing_fact(call, decision, belief, place)
    value, inherits = expected(call, decision, belief, place)
    if inherits is not None and spares(inherits.cause, field.name):
        value, inherits = belief.record.truth.get(field.name), None
    if inherits is not None and inherits.cause == "out-of-sight":
        return value, inherits
    failure = untold(call, decision, belief.record)
    # A slip of skill leaves something out of a text; to say what nobody wanted takes a reason.
    if failure is None and not (field.wording is not None and value is False):
        failure = unskilled(call, decision, belief, place, ease, value)
    return (value, inherits) if failure is None else (failure.value, failure)


def _written(call: Call, field: Field, belief: Belief) -> tuple[Value, Failure | None]:
    """Prose makes the points that its writer holds to be called for."""
    value = tuple(name for name in field.points if belief.values.get(name) is True) or None
    if call.right(field.name, value, belief.record):
        return value, None
    return value, Failure("inherited", None, value)


def _slips(call: Call, belief: Belief) -> list[Slip]:
    """A slip, or several, for every result of a record that is wrong.

    Of a row, whether it is there is a result too: what was not found is wrong in nothing else.
    """
    shown = {r.field.name: r.name for r in call.job.results if r.field is not None}
    results = [(r.field.name, r.name) for r in call.job.results if r.field is not None]
    finds = [(name, call.job.shown_in[name]) for name in call.job.finds]
    if finds:
        there = rows.there(call.scenario, belief.values)
        if there != rows.wanted(call.scenario, belief.record.id):
            results = finds if not there else [*results, *(f for f in finds if f[0] not in shown)]
        elif not there:
            return []
    return [
        slip
        for name, result in results
        if name in belief.wrong
        for slip in _roots(call, belief, name, result)
    ]


def _roots(call: Call, belief: Belief, name: str, result: str) -> list[Slip]:
    """The slips in the head of this call that made `name` wrong; else that it came in wrong."""
    own = belief.slips.get(name)
    if own is not None and own.cause != "inherited":
        return [own]
    asked = {r.field.name for r in call.job.results if r.field}
    roots: list[Slip] = []
    for parent in call.scenario.parents[name]:
        if parent in belief.slips and parent not in asked:
            roots += _roots(call, belief, parent, result)
    if roots:
        return roots
    truth = belief.record.truth.get(name)
    got = belief.values.get(name)
    return [Slip(belief.record.id, "inherited", result, name, None, got, truth, who=call.who)]
