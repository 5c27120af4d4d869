"""What is done, and not only written down: by a step that may, approved by you, or by neither."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.model import Value
from scenarios.plans.plan import Plan
from scenarios.scenario import Act, Record, Scenario
from simulator.behaviour.belief import same
from simulator.scoring.metrics import holds, names_of
from simulator.slip import Cause, Slip
from simulator.trial import Deed, Trial


def carry_out(
    scenario: Scenario,
    plan: Plan,
    producer: Mapping[str, str],
    record: str,
    row: Mapping[str, Value],
    escalated: Mapping[str, Mapping[str, bool]],
) -> tuple[dict[str, Value], tuple[Deed, ...]]:
    """Do what a delivered row says: the row as it is then, and the deeds.

    `producer` names the step that gives each deliverable field, `escalated` says of each step which
    records came to you, and whether in time. What a step may not do does not happen: the value
    that says so becomes empty.
    """
    left, deeds = dict(row), []
    of = scenario.record[record]
    for act in scenario.acts:
        names = names_of(scenario, of, left)
        if not holds(act.done, names):
            continue
        step = producer[act.field]
        if act.id not in plan.step[step].may:
            left[act.field] = None
            continue
        deeds.append(
            Deed(
                record, act.id, step,
                approved=_approved(plan, step, record, escalated),
                free=act.free is not None and holds(act.free, names),
                wanted=_wanted(scenario, act, of, left, names),
                undo=act.undo,
            )
        )  # fmt: skip
    return left, tuple(deeds)


def _approved(
    plan: Plan, step: str, record: str, escalated: Mapping[str, Mapping[str, bool]]
) -> bool:
    """Whether you saw the record in time, at the step or anywhere before it."""
    waiting, seen = [step], set[str]()
    while waiting:
        name = waiting.pop()
        if name in plan.step and name not in seen:
            if escalated.get(name, {}).get(record, False):
                return True
            seen.add(name)
            waiting += plan.step[name].reads
    return False


def _wanted(
    scenario: Scenario,
    act: Act,
    record: Record,
    row: Mapping[str, Value],
    names: Mapping[str, Value],
) -> bool:
    if act.wanted is not None:
        return holds(act.wanted, names)
    return all(
        same(row.get(field.name), record.truth.get(field.name), field)
        for field in scenario.deliverable
        if field.type != "prose"
    )


def unapproved(scenario: Scenario, trial: Trial, record: str) -> list[Slip]:
    """That nobody approved what was done about a record."""
    act = {act.id: act for act in scenario.acts}
    return [
        _slip(scenario, trial, record, act[deed.act].field, deed.step)
        for deed in trial.deeds
        if deed.record == record and deed.breach
    ][:1]


def stopped(scenario: Scenario, trial: Trial, record: str) -> list[Slip]:
    """That a record's value is empty because its step may not do what it says."""
    row = trial.delivered.get(record, {})
    return [
        _slip(scenario, trial, record, field, step)
        for field in dict.fromkeys(act.field for act in scenario.acts)
        for step, work in trial.work.items()
        if row.get(field) is None and work.values.get(record, {}).get(field) is not None
    ]


def _slip(scenario: Scenario, trial: Trial, record: str, field: str, step: str) -> Slip:
    delivered = trial.delivered.get(record, {}).get(field)
    cause: Cause = "not-allowed" if delivered is None else "unapproved"
    got = trial.work[step].values.get(record, {}).get(field)
    truth = scenario.record[record].truth.get(field)
    return Slip(record, cause, field, field, None, got, truth, step=step)
