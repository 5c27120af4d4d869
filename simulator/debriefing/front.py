"""What cannot be bettered in one thing without being worse in another (the Pareto front)."""

from __future__ import annotations

from collections.abc import Sequence


def front(points: Sequence[tuple[float, float]]) -> list[int]:
    """The places of the points (cost, gain) that none dominates, the cheapest first.

    A point dominates another that costs no less and gains no more, unless the two are the same.
    """
    order = sorted(range(len(points)), key=lambda place: (points[place][0], -points[place][1]))
    found: list[int] = []
    for place in order:
        if (
            not found
            or points[place][1] > points[found[-1]][1]
            or points[place] == points[found[-1]]
        ):
            found.append(place)
    return found
