"""What a trial is measured by: every limit of acceptance as a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from scenarios.language.expressions import Uncomputable, evaluate
from scenarios.model import Value
from scenarios.scenario import Limit, Metric, Record, Scenario
from simulator import prose, rows
from simulator.scoring.verdict import Verdict
from simulator.trial import Trial


class _Judged(NamedTuple):
    scenario: Scenario
    trial: Trial
    verdict: Verdict

    def names(self) -> Iterator[Mapping[str, Value]]:
        """What expressions see of each record of the trial."""
        for name in self.trial.key.records:
            row = self.trial.delivered.get(name)
            yield names_of(self.scenario, self.scenario.record[name], row)


def measure(scenario: Scenario, trial: Trial, verdict: Verdict) -> tuple[float | None, ...]:
    """What each limit of `accept` is about, in its order; None is not scored."""
    judged = _Judged(scenario, trial, verdict)
    return tuple(METRICS[limit.metric](judged, limit) for limit in scenario.accept)


def names_of(
    scenario: Scenario, record: Record, row: Mapping[str, Value] | None
) -> Mapping[str, Value]:
    """What an expression over a judged record may use, by name.

    The record's columns, the truth of every field, and of each deliverable field F `got.F` and
    `true.F`; of the only one also `got` and `true`. Whatever was not delivered is empty.
    """
    fields = [field.name for field in scenario.deliverable]
    names = {**record.columns, **record.truth}
    for space, values in (("got", row or {}), ("true", record.truth)):
        names |= {f"{space}.{name}": values.get(name) for name in fields}
        names[space] = values.get(fields[0]) if len(fields) == 1 else None
    return names


def holds(text: str | None, names: Mapping[str, Value]) -> bool:
    """Whether an expression is true; one that cannot be computed is not. None is always true."""
    try:
        return text is None or bool(evaluate(text, names))
    except Uncomputable:
        return False


def _weight(text: str | None, names: Mapping[str, Value]) -> float:
    if text is None:
        return 1.0
    try:
        found = evaluate(text, names)
    except Uncomputable:
        return 0.0
    return max(0.0, float(found)) if isinstance(found, int | float) else 0.0


def _count(judged: _Judged, limit: Limit) -> float:
    return sum(holds(limit.among, names) and holds(limit.of, names) for names in judged.names())


def _share(judged: _Judged, limit: Limit) -> float | None:
    """Weight of those that count over the weight of all; None where that is nothing."""
    part = whole = 0.0
    for names in judged.names():
        if holds(limit.among, names):
            weight = _weight(limit.weight, names)
            whole += weight
            part += weight if holds(limit.of, names) else 0.0
    return part / whole if whole else None


def _rows_found(judged: _Judged, limit: Limit) -> float | None:
    """F1 of the rows: found and right, over what was claimed and what is there.

    None where nothing is there and nothing was claimed.
    """
    scenario, trial, verdict = judged
    claimed, wanted, hits = len(trial.extra), 0, 0
    for name in trial.key.records:
        got = trial.delivered.get(name)
        found = got is not None and rows.there(scenario, got)
        there = rows.there(scenario, scenario.record[name].truth)
        claimed += found
        wanted += there
        bad = verdict.wrong.get(name, ())
        hits += found and there and (limit.field not in bad if limit.field else not bad)
    return 2 * hits / (claimed + wanted) if claimed + wanted else None


def _recall(judged: _Judged, limit: Limit) -> float | None:
    """The share of facts that stand in a collection which a search brought, in any of their places.

    None where no step searched, or no fact stands there.
    """
    scenario, trial, _ = judged
    searched = [work.brought for work in trial.work.values() if work.brought]
    needed = [
        (name, field) for name in trial.key.records for field in scenario.record[name].found_in
    ]
    if not searched or not needed:
        return None
    found = sum(any(field in one.get(name, ()) for one in searched) for name, field in needed)
    return found / len(needed)


def _wrong_fields(judged: _Judged, limit: Limit) -> float:
    wrong = [name for names in judged.verdict.wrong.values() for name in names]
    return len(wrong) if limit.field is None else wrong.count(limit.field)


def _points(judged: _Judged, limit: Limit) -> float | None:
    """The share of the points that prose has to make that it makes; None where it has to make none.

    Prose that was not delivered makes none.
    """
    demanded = missing = 0
    for record, found in _prose(judged):
        demanded += sum(record.truth.get(p.name) is True for p in found.points)
        missing += len(found.missing)
    return 1 - missing / demanded if demanded else None


def _said_wrongly(judged: _Judged, limit: Limit) -> float:
    return sum(len(found.wrongly_said) for _, found in _prose(judged))


def _prose(judged: _Judged) -> Iterator[tuple[Record, prose.Judged]]:
    """What each text that was to be delivered says, record by record."""
    scenario, trial, _ = judged
    fields = [field for field in scenario.deliverable if field.points]
    for name in trial.key.records:
        record, row = scenario.record[name], trial.delivered.get(name, {})
        for field in fields:
            yield record, prose.judge(scenario, record, field, row.get(field.name))


METRICS: Mapping[Metric, Callable[[_Judged, Limit], float | None]] = {
    "wrong_records": lambda judged, limit: len(judged.verdict.wrong),
    "wrong_fields": _wrong_fields,
    "loss": lambda judged, limit: judged.verdict.loss,
    "escalations": lambda judged, limit: judged.trial.escalations,
    "count": _count,
    "share": _share,
    "rows_found": _rows_found,
    "breaches": lambda judged, limit: sum(deed.breach for deed in judged.trial.deeds),
    "harm": lambda judged, limit: sum(deed.harm for deed in judged.trial.deeds),
    "points": _points,
    "said_wrongly": _said_wrongly,
    "recall": _recall,
    "money": lambda judged, limit: judged.trial.cost,
    "minutes": lambda judged, limit: judged.trial.minutes,
}
"""What an author can put a limit on: a name and how it is measured on a trial."""
