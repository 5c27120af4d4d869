"""What a row of the evidence is: published points, the work orders that answer them, a refit."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from statistics import fmean
from typing import Literal

from scenarios.persona import Tier
from simulator.parameters import Parameter, parameters, using
from tests.benchmarks.evidence_lab import EFFORT

Measure = Callable[[Tier], float]
Hold = Literal["point", "model", "row", "none", "nothing fitted"]
"""What is left out: a point, a model (or cell) of a point, the whole row (its parameters are fitted
to the rows that share them; where none has the tier, a point), nothing since there is nothing else
to fit to, or there is no fit."""
STEPS = {1: (-1.0, -0.5, 0.0, 0.5, 1.0), 2: (-1.0, 0.0, 1.0), 3: (-1.0, 0.0, 1.0)}
"""Where a refit looks, by the number of parameters: halvings and doublings (or odds eightfold)."""
FINE = 41
SHARE = 0.25
"""A refit simulates so much of what the figures are simulated with."""


@dataclass(frozen=True)
class Point:
    """Something published for a tier. `published` holds a figure for each model or cell."""

    tier: Tier
    condition: str
    published: tuple[float, ...]
    measure: Measure

    @property
    def mean(self) -> float:
        return fmean(self.published)


@dataclass(frozen=True)
class Row:
    """A mechanism as one source has it. `fits` are the parameters that were fitted to it."""

    mechanism: str
    source: str
    points: tuple[Point, ...]
    fits: tuple[str, ...] = ()
    hold: Hold = "nothing fitted"
    judged: bool = False
    note: str = ""

    @property
    def tiers(self) -> tuple[Tier, ...]:
        return tuple(dict.fromkeys(point.tier for point in self.points))

    @property
    def fitted(self) -> int:
        """How many numbers were fitted to these points."""
        known = parameters()
        return sum(1 if known[name].all is not None else len(self.tiers) for name in self.fits)


def moved(name: str, tier: Tier, step: float) -> Parameter:
    """A parameter so many doublings away, for one tier or for all it holds for.

    A probability moves by its odds, a doubling being a factor of eight.
    """
    old = parameters()[name]
    value = old.of(tier)
    if 0.0 < value < 1.0 and name not in RATES:
        odds = value / (1.0 - value) * 8.0**step
        new = odds / (1.0 + odds)
    else:
        new = value if value in (0.0, 1.0) else value * 2.0**step
    key = "all" if old.all is not None else tier
    return old.model_copy(update={key: new})


RATES = frozenset(
    {"follow_decay", "negative_decay", "length_h", "handled_h", "position_a", "position_b"}
)
"""Numbers under 1 that are no probabilities."""

Spot = tuple[float, ...]


class Refit:
    """What points would be under other values of some parameters.

    Simulated at a few places, and between them by the polynomial through those.
    """

    def __init__(self, names: Sequence[str], points: Sequence[Point]) -> None:
        self.names, self.points = tuple(names), tuple(points)
        self.steps = STEPS[len(self.names)]
        self.known: dict[Spot, list[float]] = {}
        for spot in product(self.steps, repeat=len(self.names)):
            with using(self.values(spot)), EFFORT.of(SHARE):
                self.known[spot] = [point.measure(point.tier) for point in points]

    def values(self, spot: Spot) -> Mapping[str, Parameter]:
        tier = self.points[0].tier
        return {n: moved(n, tier, s) for n, s in zip(self.names, spot, strict=True)}

    def at(self, spot: Spot) -> list[float]:
        """What the points come out as at a place between those that were simulated."""
        shares = [self._shares(x) for x in spot]
        out = [0.0] * len(self.points)
        for places in product(range(len(self.steps)), repeat=len(spot)):
            weight = math.prod(row[i] for row, i in zip(shares, places, strict=True))
            for at, value in enumerate(self.known[tuple(self.steps[i] for i in places)]):
                out[at] += weight * value
        return out

    def best(self, published: Mapping[int, float]) -> Spot:
        """The place that comes nearest to these figures, by the number of their point."""
        span = [2.0 * i / (FINE - 1) - 1.0 for i in range(FINE)]

        def off(spot: Spot) -> float:
            found = self.at(spot)
            return sum((found[i] - wanted) ** 2 for i, wanted in published.items())

        return min(product(span, repeat=len(self.names)), key=off)

    def _shares(self, x: float) -> list[float]:
        """The weights of Lagrange's polynomial."""
        return [
            math.prod((x - other) / (one - other) for other in self.steps if other != one)
            for one in self.steps
        ]


def groups(row: Row, points: Sequence[Point]) -> list[list[Point]]:
    """The points that are fitted together: of a tier, or all where a parameter holds for all."""
    known = parameters()
    if all(known[name].all is not None for name in row.fits):
        return [list(points)]
    return [[point for point in points if point.tier == tier] for tier in row.tiers]


def best(row: Row) -> tuple[dict[str, float], list[float]]:
    """The values that would fit the row's own points best, and the errors that would be left."""
    values: dict[str, float] = {}
    errors: list[float] = []
    for mine in groups(row, row.points):
        refit = _refit(row.fits, tuple(mine))
        spot = refit.best({i: point.mean for i, point in enumerate(mine)})
        errors += [value - p.mean for value, p in zip(refit.at(spot), mine, strict=True)]
        for name, parameter in refit.values(spot).items():
            key = name if parameter.all is not None else f"{name}.{mine[0].tier}"
            values[key] = round(parameter.of(mine[0].tier), 4)
    return values, errors


@lru_cache(maxsize=4)
def _refit(names: tuple[str, ...], points: tuple[Point, ...]) -> Refit:
    return Refit(names, points)


def left_out(row: Row, others: Sequence[Row]) -> list[float]:
    """The errors on what was left out of the fit. `others` share the row's parameters."""
    theirs = [point for other in others for point in other.points]
    if row.hold == "row":
        pairs = zip(groups(row, row.points), groups(row, theirs), strict=True)
        return [
            error
            for mine, rest in pairs
            for error in (_from_others(row, mine, rest) if rest else _apart(row, mine))
        ]
    if row.hold in ("point", "model"):
        return [error for mine in groups(row, row.points) for error in _apart(row, mine)]
    return []


def _from_others(row: Row, mine: Sequence[Point], rest: Sequence[Point]) -> Iterator[float]:
    refit = _refit(row.fits, (*mine, *rest))
    spot = refit.best({len(mine) + i: point.mean for i, point in enumerate(rest)})
    yield from (value - p.mean for value, p in zip(refit.at(spot), mine, strict=False))


def _apart(row: Row, mine: Sequence[Point]) -> Iterator[float]:
    """Each point, or each model of a point, foretold from the rest."""
    everything = {i: point.mean for i, point in enumerate(mine)}
    folds: list[tuple[int, float, dict[int, float]]] = []
    for i, point in enumerate(mine):
        if row.hold == "model":
            for j, one in enumerate(point.published):
                rest = [*point.published[:j], *point.published[j + 1 :]]
                if rest:
                    folds.append((i, one, {**everything, i: fmean(rest)}))
        elif len(mine) > 1:
            folds.append((i, point.mean, {k: v for k, v in everything.items() if k != i}))
    if folds:
        refit = _refit(row.fits, tuple(mine))
        for i, wanted, rest_of in folds:
            yield refit.at(refit.best(rest_of))[i] - wanted
