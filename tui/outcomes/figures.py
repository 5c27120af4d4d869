"""An evaluation as data for programs: stable, versioned, and without a hidden name in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.debriefing.foresight import foresight
from simulator.scoring.evaluation import Evaluation
from simulator.scoring.statistics import Estimate, six
from simulator.slip import SlipKey
from tui.outcomes import foretold

if TYPE_CHECKING:
    from agents.models.account import Account

SCHEMA = 1


class Told(NamedTuple):
    """What a slip is counted by, as the learner may see it; the last two only where revealed."""

    cause: str
    step: str
    field: str
    requirement: str | None = None
    hidden_field: str | None = None


def told(evaluation: Evaluation, key: SlipKey, *, reveal: bool = False) -> Told:
    """A slip's key in the learner's own names, or the deliverable's where they have none."""
    field = key.result or evaluation.scenario.deliverable[0].name
    if not reveal:
        return Told(key.cause, key.step, field)
    known = evaluation.scenario.field.get(key.field or "")
    hidden = known.name if known is not None and known.hidden else None
    return Told(key.cause, key.step, field, key.requirement, hidden)


def slips(evaluation: Evaluation, *, reveal: bool = False) -> list[tuple[Told, float]]:
    """Slips a trial, most frequent first; those that look alike are counted together."""
    counts: Counter[Told] = Counter()
    for key, rate in evaluation.slips.items():
        counts[told(evaluation, key, reveal=reveal)] += rate  # type: ignore[assignment]
    steps = [step.id for step in evaluation.plan.steps]

    def order(item: tuple[Told, float]) -> tuple[float, int, str, str]:
        slip, rate = item
        place = steps.index(slip.step) if slip.step in steps else -1
        return -six(rate), place, slip.cause, slip.field

    return sorted(counts.items(), key=order)


def evaluation_object(
    evaluation: Evaluation, plan_name: str, model: str, reader: str = "sim", *,
    reveal: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """What `intern run --json` prints."""
    rows = []
    for slip, rate in slips(evaluation, reveal=reveal):
        row: dict[str, Any] = {
            "cause": slip.cause, "step": slip.step, "field": slip.field,
            "requirement": slip.requirement,
        }  # fmt: skip
        if reveal:
            row["hidden_field"] = slip.hidden_field
        rows.append({**row, "per_trial": six(rate)})
    return {
        "schema": SCHEMA,
        "scenario": evaluation.scenario.id,
        "plan": plan_name,
        "model": model,
        "reader": reader,
        "lot": evaluation.lot,
        "seed": evaluation.seed,
        "trials": len(evaluation.scored),
        "samples": len(evaluation.by_sample),
        "reliability": interval(evaluation.reliability),
        "pass_k": [six(value) for value in evaluation.pass_k],
        "wrong_records": _mean(evaluation, "wrong_records"),
        "loss": _mean(evaluation, "loss"),
        "cost": _mean(evaluation, "cost"),
        "piloted": six(evaluation.piloted),
        "minutes": _mean(evaluation, "minutes"),
        "limits": [_limit(evaluation, i) for i in range(len(evaluation.scenario.accept))],
        "foresight": foretold.foretold_object(foresight(evaluation)),
        "inferred": evaluation.inferred,
        "slips": rows,
        "faults": _faults(evaluation),
        "stopped": evaluation.stopped or None,
    }


def endpoint_object(account: Account) -> dict[str, Any]:
    """What calls to an endpoint came to, and how it differs from what was expected."""
    return {
        "tokens": account.tokens, "spent": six(account.spent), "limit": six(account.limit),
        "notes": account.notes,
    }  # fmt: skip


def _limit(evaluation: Evaluation, place: int) -> Mapping[str, Any]:
    """What a limit of acceptance is about; null where it is scored in no trial."""
    limit = evaluation.scenario.accept[place]
    return {
        "metric": limit.metric, "says": limit.says, "at_most": limit.at_most,
        "at_least": limit.at_least, **interval(evaluation.mean_of(place)),
    }  # fmt: skip


def read_by(reader: str) -> str:
    """Who read the instructions, where it was not the simulator's own reader."""
    return "" if reader == "sim" else f", read by {reader}"


def interval(estimate: Estimate | None) -> Mapping[str, float | None]:
    """A mean and its interval; null where there is none."""
    mean, low, high = (None, None, None) if estimate is None else estimate
    return {"mean": six(mean), "low": six(low), "high": six(high)}


def _mean(evaluation: Evaluation, metric: str) -> Mapping[str, float | None]:
    estimate = evaluation.mean(metric)
    return {"mean": None if estimate is None else six(estimate.mean)}


def _faults(evaluation: Evaluation) -> Mapping[str, Any]:
    """Faults of infrastructure; the trials that they spoilt are not scored."""
    kinds = Counter(evaluation.faults)
    return {"trials": evaluation.faulty, "kinds": dict(sorted(kinds.items()))}
