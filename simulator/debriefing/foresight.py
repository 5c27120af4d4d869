"""How well an outcome was foretold: what was said before a run, against what its trials gave.

A prediction is a probability p. Each trial is accepted or not (1 or 0), and of each record a field
is wrong or not, so that the Brier score (1950) of p is the mean of (p - outcome)^2. With f the
measured frequency that is (p - f)^2 + f(1 - f) to the last digit (Murphy 1973, one forecast): the
first part is the learner's, the second is what nobody could have known beforehand. Brier skill is
1 - B / B(usual), against somebody who always says what is usual in the scenario: the mean over
its reference plans, of those figures that their bands file keeps (`scenarios.bands.Usual`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scenarios.scenario import Lot, Scenario
from simulator.scoring.evaluation import Evaluation


class Usual(NamedTuple):
    """A share over the reference plans: its mean, and their mean squared distance from it."""

    share: float
    spread: float


@dataclass(frozen=True)
class Foretold:
    """One prediction and what came of it. All are shares, 0 to 1."""

    field: str | None
    """The deliverable field that was to be wrong so often; None for reliability."""
    said: float
    came: float
    count: int
    """The trials, or the records, over which it was measured."""
    usual: Usual | None = None
    """None where no two reference plans tell what is usual."""

    @property
    def yours(self) -> float:
        """The part of the Brier score that is the learner's: the squared distance."""
        return (self.said - self.came) ** 2

    @property
    def chance(self) -> float:
        """The part that nobody could have foretold."""
        return self.came * (1 - self.came)

    @property
    def brier(self) -> float:
        return self.yours + self.chance

    @property
    def usual_brier(self) -> float | None:
        """The Brier score of whoever says what is usual."""
        if self.usual is None:
            return None
        return (self.usual.share - self.came) ** 2 + self.chance


@dataclass(frozen=True)
class Foresight:
    """The predictions of one run, those that were furthest off first."""

    said: tuple[Foretold, ...]

    @cached_property
    def brier(self) -> float:
        """Mean Brier score; each prediction counts the same."""
        return sum(one.brier for one in self.said) / len(self.said)

    @cached_property
    def skill(self) -> float | None:
        """Brier skill against what is usual; None where what is usual could not be bettered.

        It is at most 1, 0 for what is usual, and below for less than that.
        """
        known = [(one.brier, base) for one in self.said if (base := one.usual_brier) is not None]
        whole = sum(base for _, base in known)
        return 1 - sum(brier for brier, _ in known) / whole if whole > 0 else None

    @cached_property
    def score(self) -> float | None:
        """What is credited, 0 to 1: how much nearer than plans of this scenario lie to the usual.

        1 - (p - f)^2 over the mean of (usual - f)^2 of the reference plans, summed over the
        predictions: Brier skill without its share of chance, so that whoever is exactly right has
        1 however uncertain the outcome was. None where no reference plans tell.
        """
        known = [(one.yours, one.usual.spread) for one in self.said if one.usual is not None]
        whole = sum(spread for _, spread in known)
        return max(0.0, 1 - sum(yours for yours, _ in known) / whole) if whole > 0 else None


def foresight(evaluation: Evaluation) -> Foresight | None:
    """What the plan's `predict` came to; None where nothing was said or no trial was scored."""
    said, rate = evaluation.plan.predict, evaluation.reliability
    if said is None or rate is None:
        return None
    usual = usual_shares(evaluation.scenario, evaluation.lot)
    found = []
    if said.reliability is not None:
        trials = len(evaluation.scored)
        found.append(Foretold(None, said.reliability, rate.mean, trials, usual.get(None)))
    shown = sum(trial.sheets for trial in evaluation.scored)
    for name, share in said.wrong.items():
        if name in evaluation.wrong_shares:
            came = evaluation.wrong_shares[name]
            found.append(Foretold(name, share, came, shown, usual.get(name)))
    found.sort(key=lambda one: -one.yours)
    return Foresight(tuple(found)) if found else None


def usual_shares(scenario: Scenario, lot: Lot) -> Mapping[str | None, Usual]:
    """What is usual on a lot: reliability under None, and by deliverable field the share wrong."""
    plans = [lots[name] for lots in scenario.usual.values() for name in lots if name == lot]
    if len(plans) < 2:
        return {}
    shares: dict[str | None, list[float]] = {None: [plan.reliability for plan in plans]}
    for field in scenario.deliverable:
        shares[field.name] = [plan.wrong[field.name] for plan in plans if field.name in plan.wrong]
    return {about: _usual(values) for about, values in shares.items() if len(values) > 1}


def _usual(values: Sequence[float]) -> Usual:
    share = sum(values) / len(values)
    return Usual(share, sum((value - share) ** 2 for value in values) / len(values))
