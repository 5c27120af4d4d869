"""Bins hold every value once; a picture of letters has every point on it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.outcomes.plots import bins, scatter

_VALUES = st.lists(
    st.one_of(st.just(0.0), st.floats(1e-6, 1e7), st.integers(0, 100).map(float)), max_size=30
)


@given(_VALUES)
def test_every_value_is_in_one_bin(values: list[float]) -> None:
    found = bins(values)
    assert all(one.high == other.low for one, other in pairwise(found))
    assert all(one.low < one.high for one in found)
    for value in values:
        assert sum(one.holds(value) for one in found) == 1
    assert len(found) <= 20


@given(_VALUES)
def test_edges_are_round(values: list[float]) -> None:
    edges = {edge for one in bins(values) for edge in one}
    assert all(float(f"{edge:.3g}") == edge or abs(edge / float(f"{edge:.3g}") - 1) < 1e-9
               for edge in edges if edge)  # fmt: skip


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1)), min_size=1))
def test_a_scatter_is_as_wide_and_as_high_as_was_asked(points: list[tuple[float, float]]) -> None:
    lines = scatter([(x, y, "#") for x, y in points], 40, 9)
    assert len(lines) == 11
    assert all(len(line) <= 48 for line in lines)
    assert 1 <= "".join(lines[:9]).count("#") <= len(points)


def test_the_corners_are_where_they_should_be() -> None:
    lines = scatter([(0, 0, "a"), (5, 1, "b")], 10, 5)
    assert lines[0].endswith("         b")
    assert lines[4].strip() == "0 % |a"
    assert lines[-1].split() == ["0", "5"]
