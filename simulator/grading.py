"""Whether a deliverable is usable, and what is lost where it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from scenarios.expressions import Uncomputable, evaluate
from scenarios.model import Value
from scenarios.scenario import Limit, Record, Scenario
from simulator.belief import same
from simulator.trial import Trial


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one trial. `losses` holds, by record, what its delivered value costs."""

    accepted: bool
    wrong_records: tuple[str, ...]
    wrong_fields: int
    losses: Mapping[str, float]
    loss: float
    measures: tuple[float | None, ...] = ()
    """What each limit of `accept` is about, in its order; None is not scored."""


def judge(scenario: Scenario, trial: Trial) -> Verdict:
    """Compare what was delivered with the truth, record by record, and apply the limits."""
    wrong: list[str] = []
    losses: dict[str, float] = {}
    fields = 0
    for name in trial.key.records:
        record = scenario.record[name]
        row = trial.delivered.get(name)
        bad = [
            field.name
            for field in scenario.deliverable
            if row is None or not same(row.get(field.name), record.truth[field.name], field)
        ]
        if bad:
            wrong.append(name)
            fields += len(bad)
            losses[name] = record_loss(scenario, record, row)
    verdict = Verdict(False, tuple(wrong), fields, losses, sum(losses.values()))
    measures = tuple(METRICS[limit.metric](trial, verdict) for limit in scenario.accept)
    accepted = all(map(_within, scenario.accept, measures))
    return replace(verdict, accepted=accepted, measures=measures)


def _within(limit: Limit, measure: float) -> bool:
    return (limit.at_most is None or measure <= limit.at_most + 1e-9) and (
        limit.at_least is None or measure >= limit.at_least - 1e-9
    )


def record_loss(scenario: Scenario, record: Record, row: Mapping[str, Value] | None) -> float:
    """What one record costs as delivered; what cannot be valued counts as missing."""
    true = _values(scenario, record.truth)
    if row is not None and all(value is not None for value in row.values()):
        try:
            return _money(
                evaluate(scenario.loss.each, {"got": _values(scenario, row), "true": true})
            )
        except Uncomputable:
            pass
    try:
        return _money(evaluate(scenario.loss.missing, {"true": true}))
    except Uncomputable:
        return 0.0


def _values(scenario: Scenario, row: Mapping[str, Value]) -> Value:
    """The value itself where there is one deliverable field; else all of them by name."""
    names = [field.name for field in scenario.deliverable]
    return row.get(names[0]) if len(names) == 1 else {name: row.get(name) for name in names}


def _money(value: Value) -> float:
    return round(float(value), 2) if isinstance(value, int | float) else 0.0


METRICS: Mapping[str, Callable[[Trial, Verdict], float]] = {
    "wrong_records": lambda trial, verdict: len(verdict.wrong_records),
    "wrong_fields": lambda trial, verdict: verdict.wrong_fields,
    "loss": lambda trial, verdict: verdict.loss,
    "escalations": lambda trial, verdict: trial.escalations,
}
"""What an author can put a limit on: a name and how it is measured on a trial."""
