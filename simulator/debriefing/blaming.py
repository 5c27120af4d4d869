"""What each cause cost: the attempt again without it, on the attempt's own draws.

Causes hide one another. What is wrong for two reasons stays wrong when one of them is gone, and
what one cause lets through another may still stop: what causes cost need not add up to the loss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from simulator.scoring.evaluation import Evaluation, Scored, TrialId, paired_by
from simulator.scoring.statistics import Estimate
from simulator.slip import SlipKey
from simulator.trial import TrialKey

ReRun = Callable[[Sequence[TrialKey]], Sequence[Scored]]
"""Runs the attempt's plan on other keys, such as those that spare a cause."""
UNSPARED = ("inherited", "unapproved", "not-allowed", "unknown")
"""Causes that nothing in a simulated head or code can be spared."""


@dataclass(frozen=True)
class Blamed:
    """Causes that look alike to the learner, and the loss a trial that goes with them.

    `loss` is what is lost less without them (it is positive where they cost something) and `left`
    what is still lost; both with intervals.
    """

    causes: frozenset[SlipKey]
    loss: Estimate
    left: float


def blame(
    evaluation: Evaluation, causes: Iterable[SlipKey], keys: Sequence[TrialKey], rerun: ReRun
) -> Blamed | None:
    """What causes cost together over the trials `keys`; None where that cannot be measured.

    Raises what `rerun` raises.
    """
    spared = frozenset(one for one in causes if one.cause not in UNSPARED)
    if not spared:
        return None
    without = _losses(rerun([key._replace(spared=spared) for key in keys]))
    shared = {one: lost for one, lost in _losses(evaluation.scored).items() if one in without}
    if not shared:
        return None
    left = sum(without[one] for one in shared) / len(shared)
    return Blamed(spared, paired_by(without, shared), left)


def _losses(scored: Iterable[Scored]) -> dict[TrialId, float]:
    return {(one.sample, one.repeat): one.loss for one in scored if not one.faults}
