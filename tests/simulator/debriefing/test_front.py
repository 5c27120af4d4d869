"""The front: nothing on it is dominated, and everything off it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.debriefing.front import front

_SMALL = st.integers(0, 6).map(float)


def dominates(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one != other and one[0] <= other[0] and one[1] >= other[1]


@given(st.lists(st.tuples(_SMALL, _SMALL)))
def test_the_front_is_what_nothing_dominates(points: list[tuple[float, float]]) -> None:
    wanted = {
        place for place, one in enumerate(points)
        if not any(dominates(other, one) for other in points)
    }  # fmt: skip
    found = front(points)
    assert set(found) == wanted
    assert len(found) == len(wanted)
    costs = [points[place][0] for place in found]
    assert costs == sorted(costs)
