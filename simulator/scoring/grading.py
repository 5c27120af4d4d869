"""Whether a deliverable is usable, and what is lost where it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scenarios.language.expressions import Uncomputable, evaluate
from scenarios.model import Value
from scenarios.scenario import Limit, Record, Scenario
from simulator import rows
from simulator.behaviour.belief import is_right
from simulator.scoring.metrics import measure, names_of
from simulator.scoring.verdict import Verdict
from simulator.trial import Trial


def judge(scenario: Scenario, trial: Trial) -> Verdict:
    """Compare what was delivered with the truth, record by record, and apply the limits."""
    wrong: dict[str, tuple[str, ...]] = {}
    losses: dict[str, float] = {}
    for name in trial.key.records:
        record = scenario.record[name]
        row = trial.delivered.get(name)
        bad = _wrong(scenario, record, row)
        if bad:
            wrong[name] = bad
            losses[name] = record_loss(scenario, record, row)
    verdict = Verdict(wrong, losses)
    measures = measure(scenario, trial, verdict)
    accepted = all(map(_within, scenario.accept, measures))
    return replace(verdict, accepted=accepted, measures=measures)


def _wrong(scenario: Scenario, record: Record, row: Mapping[str, Value] | None) -> tuple[str, ...]:
    """The deliverable fields that are wrong or missing."""
    if not _there(scenario, row) and not _there(scenario, record.truth):
        return ()
    return tuple(
        field.name
        for field in scenario.deliverable
        if row is None or not is_right(scenario, field, row.get(field.name), record)
    )


def _there(scenario: Scenario, row: Mapping[str, Value] | None) -> bool:
    """Whether a row is claimed. Where there are no rows every record has to be delivered."""
    if scenario.records.rows is None:
        return True
    return row is not None and rows.there(scenario, row)


def _within(limit: Limit, measure: float | None) -> bool:
    """What is not scored fails nobody."""
    if measure is None:
        return True
    return (limit.at_most is None or measure <= limit.at_most + 1e-9) and (
        limit.at_least is None or measure >= limit.at_least - 1e-9
    )


def record_loss(scenario: Scenario, record: Record, row: Mapping[str, Value] | None) -> float:
    """What one record costs as delivered; what cannot be valued counts as missing.

    So does a blank that may not be one, and a row of which it is said that nothing is there.
    """
    names = names_of(scenario, record, row)
    if row is not None and _there(scenario, row) and not _blank(scenario, row):
        try:
            return _money(evaluate(scenario.loss.each, names))
        except Uncomputable:
            pass
    try:
        return _money(evaluate(scenario.loss.missing, names))
    except Uncomputable:
        return 0.0


def _blank(scenario: Scenario, row: Mapping[str, Value]) -> bool:
    return any(
        row.get(field.name) is None and not field.may_be_blank for field in scenario.deliverable
    )


def _money(value: Value) -> float:
    return round(float(value), 2) if isinstance(value, int | float) else 0.0
