"""What a row of the evidence is: published points, the work orders that answer them, a refit."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
STEPS = {1: (-1.0, -0.5, 0.0, 0.5, 1.0), 2: (-1.0, 0.0, 1.0)}
"""Where a refit looks, for one parameter and for two: doublings, or as often eightfold odds."""
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


@lru_cache(maxsize=16)
def _refit(names: tuple[str, ...], points: tuple[Point, ...]) -> Refit:
    return Refit(names, points)


@dataclass
class Fit:
    """What a refit of a row found."""

    values: dict[str, float] = field(default_factory=dict)
    """The values that would fit the row's own points best."""
    errors: list[float] = field(default_factory=list)
    """The errors that these would leave."""
    held: list[float] = field(default_factory=list)
    """The errors on what was left out of a fit to the rest."""


def fit(row: Row, rows: Sequence[Row]) -> Fit:
    """Refit the parameters of a row. Those of `rows` that share them all are other sources."""
    found = Fit()
    kin = [point for one in rows if one.fits == row.fits for point in one.points]
    for points in _groups(row, kin):
        mine = {i: p.mean for i, p in enumerate(points) if any(p is own for own in row.points)}
        if not mine:
            continue
        refit = _refit(row.fits, tuple(points))
        spot = refit.best(mine)
        found.errors += [refit.at(spot)[i] - wanted for i, wanted in mine.items()]
        for name, parameter in refit.values(spot).items():
            key = name if parameter.all is not None else f"{name}.{points[0].tier}"
            found.values[key] = round(parameter.of(points[0].tier), 4)
        found.held += _held(row, refit, mine)
    return found


def _groups(row: Row, points: Sequence[Point]) -> list[list[Point]]:
    """The points that are fitted together: of a tier, or all where a parameter holds for all."""
    known = parameters()
    if all(known[name].all is not None for name in row.fits):
        return [list(points)]
    return [[point for point in points if point.tier == tier] for tier in row.tiers]


def _held(row: Row, refit: Refit, mine: Mapping[int, float]) -> Iterator[float]:
    """The errors on what is left out, by how the row says."""
    others = {i: p.mean for i, p in enumerate(refit.points) if i not in mine}
    if row.hold == "row" and others:
        found = refit.at(refit.best(others))
        yield from (found[i] - wanted for i, wanted in mine.items())
    elif row.hold == "model":
        for i in mine:
            published = refit.points[i].published
            for j, one in enumerate(published if len(published) > 1 else ()):
                rest = fmean([*published[:j], *published[j + 1 :]])
                yield refit.at(refit.best({**mine, i: rest}))[i] - one
    elif row.hold in ("point", "row") and len(mine) > 1:
        for i, wanted in mine.items():
            rest_of = {k: v for k, v in mine.items() if k != i}
            yield refit.at(refit.best(rest_of))[i] - wanted
