"""Pictures of letters, and what pictures of any kind rest on: bins with round edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.printing import number, percent

_BINS = 8
_TICKS = 6
_FAR = 20.0
"""From so many times between the least and the most, bins are not of one width."""


class Bin(NamedTuple):
    """Values from `low` up to `high`, which is not in it."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value < self.high

    @property
    def label(self) -> str:
        return f"{number(self.low)} to {number(self.high)}"


def bins(values: Sequence[float]) -> list[Bin]:
    """Bins side by side with round edges that hold all values, of which none is below 0.

    Of one width; where the values are too far apart for that, each some times as wide as the one
    before it, and the first from 0 up.
    """
    top = max(values, default=0.0)
    above = [value for value in values if value > 0]
    if not above:
        return [Bin(0.0, 1.0)]
    if top / min(above) <= _FAR:
        step = _round_step(top / _BINS)
        edges = [step * place for place in range(math.floor(top / step) + 2)]
    else:
        edges = next(
            found for times in ((1, 2, 5), (1, 3), (1,))
            if len(found := _growing(min(above), top, times)) <= _BINS + 2 or times == (1,)
        )  # fmt: skip
        edges = edges[1:] if min(values) >= edges[1] else edges
    return [Bin(low, high) for low, high in pairwise(edges)]


def _growing(least: float, top: float, times: Sequence[int]) -> list[float]:
    """0, and then the edges from the last below the least value to the first above the top."""
    first, last = math.floor(math.log10(least)), math.floor(math.log10(top))
    edges = [by * 10.0**power for power in range(first, last + 2) for by in times]
    low = max(edge for edge in edges if edge <= least * (1 + 1e-12))
    high = min(edge for edge in edges if edge > top)
    return [0.0, *(edge for edge in edges if low <= edge <= high)]


def ticks(most: float) -> list[float]:
    """Round figures from 0 to the first that is no less than `most`, which is above 0."""
    step = _round_step(most / _TICKS)
    return [step * place for place in range(math.ceil(most / step - 1e-9) + 1)]


def _round_step(least: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is no less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least * (1 - 1e-9))


def scatter(points: Sequence[tuple[float, float, str]], width: int, height: int) -> list[str]:
    """Points (x from 0 up, y from 0 to 1, mark) on a grid of letters; later ones lie on top."""
    most = max((x for x, _, _ in points), default=0.0) or 1.0
    grid = [[" "] * width for _ in range(height)]
    for x, y, mark in points:
        grid[round((1 - y) * (height - 1))][round(x / most * (width - 1))] = mark
    names = {0: 1.0, (height - 1) // 2: 1 - (height - 1) // 2 / (height - 1), height - 1: 0.0}
    lines = [
        f"{percent(names[place]) if place in names else '':>6} |{''.join(row)}".rstrip()
        for place, row in enumerate(grid)
    ]
    right = number(most)
    return [*lines, f"       +{'-' * width}", f"        0{right:>{width - 1}}"]
