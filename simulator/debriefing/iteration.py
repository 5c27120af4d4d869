"""What became of the causes from one evaluation of a plan to another, on the same draws."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, NamedTuple, TypeVar

from simulator.scoring.evaluation import Evaluation, TrialId, paired_by
from simulator.scoring.statistics import Estimate
from simulator.slip import SlipKey

T = TypeVar("T", bound=Hashable)
_Amounts = dict[TrialId, float]


class Became(NamedTuple, Generic[T]):
    """A cause in two evaluations: loss and wrong records a trial, and their paired differences."""

    told: T
    """What it is called, in the second evaluation where it is in that."""
    loss_before: float
    loss_after: float
    loss: Estimate
    records_before: float
    records_after: float
    records: Estimate


def became(
    a: Evaluation, b: Evaluation, told: Callable[[Evaluation, SlipKey], T]
) -> list[Became[T]]:
    """Each cause of either evaluation, the largest difference in loss first.

    A cause is the same where its kind, field and requirement are, in a step that both plans have
    or in steps that only one has: what is renamed or moved to another step is still the same.
    `told` says what to call it; causes of one name are counted together. There must be a trial
    that both have.
    """
    steps = frozenset(a.plan.step) & frozenset(b.plan.step)

    def same(key: SlipKey) -> Hashable:
        return key.cause, key.step if key.step in steps else "", key.field, key.requirement

    # What is found last stands: the cause that lost most, in the second evaluation.
    names = {same(key): told(one, key) for one in (a, b) for key in reversed(list(one.blame))}
    before, after = (_by_name(one, lambda key: names[same(key)]) for one in (a, b))
    found = []
    for name in dict.fromkeys(names.values()):
        was, now = before.get(name, _none(a)), after.get(name, _none(b))
        losses, records = zip(was, now, strict=True)
        found.append(Became(
            name, _mean(losses[0]), _mean(losses[1]), paired_by(*losses),
            _mean(records[0]), _mean(records[1]), paired_by(*records),
        ))  # fmt: skip
    return sorted(found, key=lambda one: (-abs(one.loss.mean), -abs(one.records.mean)))


def _by_name(
    evaluation: Evaluation, name: Callable[[SlipKey], T]
) -> dict[T, tuple[_Amounts, _Amounts]]:
    """By cause the loss and the wrong records of every trial."""
    found: dict[T, tuple[_Amounts, _Amounts]] = {}
    for trial in evaluation.scored:
        for key, loss, count in trial.blame:
            losses, records = found.setdefault(name(key), _none(evaluation))
            losses[trial.sample, trial.repeat] += loss
            records[trial.sample, trial.repeat] += count
    return found


def _none(evaluation: Evaluation) -> tuple[_Amounts, _Amounts]:
    nought = {(trial.sample, trial.repeat): 0.0 for trial in evaluation.scored}
    return nought, dict(nought)


def _mean(values: _Amounts) -> float:
    return sum(values.values()) / len(values)
