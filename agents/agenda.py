"""What is to be done at a step: a record is made again when what it was made from is newer.

A step is a build rule. So redo loops need no order of their own, a step that comes up too early
finds nothing to do, and a redo calls only what failed and then what is downstream of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scenarios.language.expressions import Uncomputable, evaluate
from scenarios.language.values import is_number
from scenarios.model import Value
from scenarios.plans.plan import Takes
from scenarios.rows import LINE
from simulator.blueprint import Blueprint
from simulator.draws import Draws, Role
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
    whole: bool = False
    """Whether records are searched for their rows; what comes back is asked about row by row."""
    vote: int = 0
    """Which of several votes this is, from 1; 0 where the work is done once."""


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
    takes = blueprints[step].step.takes
    _take(blueprints[step], takes, key, t, work)
    records: list[str] = []
    for record in key.records:
        if record in mine.dropped:
            continue
        if any(record in u.dropped for u in upstream):
            mine.drop(record)
            continue
        if not found(blueprints[step], t, record, work):
            mine.lose(record)
            continue
        if takes is not None and record not in mine.taken:
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
    return Todo(t, records, findings, start, blueprints[step].finds and not findings)


def _take(blueprint: Blueprint, takes: Takes | None, key: TrialKey, t: int, work: Work) -> None:
    if takes is None:
        return
    mine = work[blueprint.step.id][t]
    states = (mine, *(work[name][t] for name in blueprint.upstream))
    rows = {
        record: seen(blueprint, t, record, work)
        for record in key.records
        if found(blueprint, t, record, work) and not any(record in one.dropped for one in states)
    }
    if not blueprint.finds:
        mine.taken.update(chosen(takes, rows, key.draws, mine.taken))
        return
    # What is searched is taken as a whole; its first row stands for it.
    members = list(blueprint.scenario.members.values())
    whole = {rows_of[0]: rows_of for rows_of in members if rows_of[0] in rows}
    taken = [name for name in whole if name in mine.taken]
    for name in chosen(takes, {name: rows[name] for name in whole}, key.draws, taken):
        mine.taken.update(whole[name])


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
        source, state = blueprint.plan.step[name], work[name][t]
        if source.takes is not None and record not in state.taken:
            # Whoever reads them is shown that there is nothing, and does not guess what it was.
            row.update(dict.fromkeys(source.produces))
        row.update(state.values.get(record, {}))
    if row and blueprint.has_rows:
        row[LINE] = blueprint.scenario.record[record].line
    return row


def found(blueprint: Blueprint, t: int, record: str, work: Work) -> bool:
    """Whether a record is there to be worked on; a row is where a step that is read has it."""
    if not blueprint.has_rows or blueprint.finds:
        return True
    return any(record in work[name][t].values for name in blueprint.upstream)


def seen(blueprint: Blueprint, t: int, record: str, work: Work) -> dict[str, Value]:
    """All that a step can refer to by name: what arrives, and the columns of what it reads."""
    columns = blueprint.scenario.record[record].columns if blueprint.reads_records else {}
    return {**columns, **arrived(blueprint, t, record, work)}


def chosen(
    takes: Takes, rows: Mapping[str, Mapping[str, Value]], draws: Draws, taken: Collection[str],
    role: Role = "work",
) -> list[str]:  # fmt: skip
    """Which of the records in `rows` (their values by name) are taken besides those that were.

    Those of which `where` cannot be computed are not taken; those of which `by` is no number come
    last. Equals come in an order of luck that is theirs, whichever step takes them.
    """
    fresh = [
        record for record, row in rows.items()
        if record not in taken and (takes.where is None or _value(takes.where, row))
    ]  # fmt: skip

    def place(record: str) -> tuple[bool, float, float]:
        size = _value(takes.by, rows[record]) if takes.by is not None else None
        luck = draws("takes", record=record, role=role)
        if isinstance(size, int | float) and is_number(size):
            return False, -size, luck
        return True, 0.0, luck

    fresh.sort(key=place)
    return fresh if takes.most is None else fresh[: max(0, takes.most - len(taken))]


def _value(text: str, row: Mapping[str, Value]) -> Value:
    try:
        return evaluate(text, row)
    except Uncomputable:
        return None


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
