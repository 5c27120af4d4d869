"""How much of the gap between the empty plan and the expert's an attack closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.scoring import statistics
from simulator.scoring.evaluation import Evaluation, Scored, paired
from simulator.scoring.statistics import Estimate

Metric = Literal["loss", "wrong_records", "accepted"]
METRICS: tuple[Metric, ...] = ("loss", "wrong_records", "accepted")
MOST = 0.10
"""No attack may close more than a tenth of the gap (design: behaviour.md, Proof)."""


@dataclass(frozen=True)
class Gap:
    """The empty plan's trials and the expert's, on the same draws."""

    empty: Evaluation
    expert: Evaluation


@dataclass(frozen=True)
class Share:
    """What an attack gains in one metric, over its floor.

    `gain` is in the metric's units, positive where things get better; `share` is that over what
    the expert's plan gains on the empty one, None where even that is no gain (not scored).
    `most` is the share that does not count as paying.
    """

    metric: Metric
    gain: Estimate
    share: Estimate | None
    most: float = MOST

    @property
    def pays(self) -> bool:
        """Whether the attack closes more than it may, and not by luck.

        The estimate must be above `most` and its interval must exclude zero. To ask that the
        interval exclude `most` as well would let a fifth of the gap pass, give or take a sixth; to
        ask for the estimate alone would fail good scenarios for the luck of a few samples.
        """
        share = self.share
        return bool(share and share.mean > self.most and share.low is not None and share.low > 0)


def share(
    gap: Gap, floor: Evaluation, attack: Evaluation, metric: Metric, most: float = MOST
) -> Share:
    """The share of the gap that `attack` closes, starting from `floor`, paired trial by trial.

    The interval is that of a ratio of means clustered by sample (linearised; Cochran 1977,
    chapter 6). Where no outcome differs from the floor's it is as wide as Wilson's on the number
    of samples: none is of zero width. None where there is only one sample.
    """
    gain, whole = _gain(floor, attack, metric), _gain(gap.empty, gap.expert, metric)
    if whole.low is None or whole.low <= 0:
        return Share(metric, gain, None, most)
    ratio = gain.mean / whole.mean
    samples = zip(
        attack.by_sample, floor.by_sample, gap.expert.by_sample, gap.empty.by_sample, strict=True
    )
    left = [
        [
            _better(a, f, metric) - ratio * _better(best, none, metric)
            for a, f, best, none in zip(*trials, strict=True)
        ]
        for trials in samples
    ]
    spread = statistics.mean_interval(left)
    assert spread.high is not None
    half = spread.high - spread.mean
    if metric == "accepted":
        half = max(half, _unseen(floor, attack))
    half /= whole.mean
    return Share(metric, gain, Estimate(ratio, ratio - half, ratio + half), most)


def _gain(before: Evaluation, after: Evaluation, metric: Metric) -> Estimate:
    found = paired(before, after, metric)
    if metric == "accepted" or found.low is None or found.high is None:
        return found
    return Estimate(-found.mean, -found.high, -found.low)


def _better(one: Scored, other: Scored, metric: Metric) -> float:
    difference = float(getattr(one, metric)) - float(getattr(other, metric))
    return difference if metric == "accepted" else -difference


def _unseen(floor: Evaluation, attack: Evaluation) -> float:
    """The most that outcomes may differ in truth where none was seen to; else 0."""
    differ = [
        [f.accepted != a.accepted for f, a in zip(*trials, strict=True)]
        for trials in zip(floor.by_sample, attack.by_sample, strict=True)
    ]
    if any(any(sample) for sample in differ):
        return 0.0
    return statistics.reliability(differ).high or 0.0
