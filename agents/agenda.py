"""What is to be done at a step: a record is made again when what it was made from is newer.

A step is a build rule. So redo loops need no order of their own, a step that comes up too early
finds nothing to do, and a redo calls only what failed and then what is downstream of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.model import Value
from simulator.blueprint import Blueprint
from simulator.trial import Finding, StepWork, TrialKey

Work = Mapping[str, list[StepWork]]
"""The work of every step: step -> one StepWork for each trial."""
Blueprints = Mapping[str, Blueprint]


@dataclass(slots=True)
class Todo:
    """What one trial wants of a step now."""

    trial: int
    records: list[str]
    findings: dict[str, str]
    """Records that come back -> what is said against them."""
    start: float


def next_up(blueprints: Blueprints, step: str, key: TrialKey, t: int, work: Work) -> Todo | None:
    """The records that a step has to do for a trial; None where it has to wait or has nothing."""
    upstream_names = blueprints[step].upstream
    if not all(settled(blueprints, name, t, work) for name in upstream_names):
        return None
    mine, upstream = work[step][t], [work[name][t] for name in upstream_names]
    stamps = tuple(u.stamp for u in upstream)
    findings: dict[str, str] = {}
    start = max([mine.finish, *(u.finish for u in upstream)])
    for other, record, request in _requests(blueprints, step, t, work):
        mine.handled[other, record] = work[other][t].redos.get(record, 0)
        findings[record] = request.text
        start = max(start, work[other][t].finish)
    if mine.done and mine.seen == stamps and not findings:
        return None
    mine.seen = stamps
    records: list[str] = []
    for record in key.records:
        if record in mine.dropped:
            continue
        if any(record in u.dropped for u in upstream):
            mine.drop(record)
            continue
        used = tuple(u.version.get(record, 0) for u in upstream)
        if record in findings or mine.used.get(record) != used:
            records.append(record)
            mine.used[record] = used
    if not records and mine.done:
        return None
    for record in records:
        if record in findings:
            mine.round[record] = mine.round.get(record, 0) + 1
        mine.renew(record)
        mine.pending.pop(record, None)
    return Todo(t, records, findings, start)


def settled(blueprints: Blueprints, step: str, t: int, work: Work) -> bool:
    """Whether a step has done all it can for a trial, on what is newest."""
    state, blueprint = work[step][t], blueprints[step]
    if not state.done or state.pending:
        return False
    if state.seen != tuple(work[source][t].stamp for source in blueprint.upstream):
        return False
    if _requests(blueprints, step, t, work):
        return False
    return all(settled(blueprints, source, t, work) for source in blueprint.upstream)


def arrived(blueprint: Blueprint, t: int, record: str, work: Work) -> dict[str, Value]:
    """What the steps that are read give for a record."""
    row: dict[str, Value] = {}
    for name in blueprint.upstream:
        row.update(work[name][t].values.get(record, {}))
    return row


def _requests(
    blueprints: Blueprints, step: str, t: int, work: Work
) -> list[tuple[str, str, Finding]]:
    """What other steps, or this one, want done again and what was not done yet."""
    handled = work[step][t].handled
    return [
        (name, record, request)
        for name in blueprints[step].requesters
        for record, request in list(work[name][t].pending.items())
        if request.target == step
        and handled.get((name, record)) != work[name][t].redos.get(record, 0)
    ]
