"""What reliability cost in an attempt, against the cheapest way to it that reference plans know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scenarios.scenario import Budget, Lot, Scenario
from simulator.scoring.evaluation import Evaluation


@dataclass(frozen=True)
class Spent:
    """Means of a trial. `share` and `usual` are shares of the budget of wages and of your minutes,
    averaged: what was spent, and what as much reliability costs on the reference plans' frontier.
    """

    reliability: float
    cost: float
    your_minutes: float
    share: float
    usual: float

    @property
    def score(self) -> float:
        """1 on the frontier or below it, and less by what is spent above, in shares of budget."""
        return min(1.0, max(0.0, 1 - (self.share - self.usual)))


def spent(evaluation: Evaluation) -> Spent | None:
    """None where nothing was good enough to be used, or no reference plan tells what it costs."""
    rate = evaluation.reliability
    cost, yours = evaluation.mean("cost"), evaluation.mean("your_minutes")
    if not (rate and rate.mean > 0 and cost and yours):
        return None
    known = frontier(evaluation.scenario, evaluation.lot)
    if not known:
        return None
    share = _share(evaluation.scenario.budget, cost.mean, yours.mean)
    return Spent(rate.mean, cost.mean, yours.mean, share, cheapest(known, rate.mean))


def frontier(scenario: Scenario, lot: Lot) -> list[tuple[float, float]]:
    """The reference plans that no other is as reliable as for less: (reliability, share of budget),
    by reliability. Empty where no plan is known.
    """
    plans = [lots[name] for lots in scenario.usual.values() for name in lots if name == lot]
    points = [
        (plan.reliability, _share(scenario.budget, plan.cost, plan.your_minutes)) for plan in plans
    ]
    best: list[tuple[float, float]] = []
    for point in sorted(points, key=lambda point: (-point[0], point[1])):
        if not best or point[1] < best[-1][1]:
            best.append(point)
    return best[::-1]


def cheapest(frontier: Sequence[tuple[float, float]], reliability: float) -> float:
    """What so much reliability costs on a frontier, straight between its plans.

    Beyond the most reliable one it is what that one costs.
    """
    for (low, less), (high, more) in pairwise(frontier):
        if reliability <= low:
            return less
        if reliability <= high:
            return less + (more - less) * (reliability - low) / (high - low)
    return frontier[-1][1]


def _share(budget: Budget, cost: float, your_minutes: float) -> float:
    shares = [cost / budget.money] if budget.money > 0 else []
    shares += [your_minutes / budget.your_minutes] if budget.your_minutes > 0 else []
    return sum(shares) / len(shares) if shares else 0.0
