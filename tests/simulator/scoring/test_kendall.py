"""Agreement of rankings: the laws of tau-b and of its interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.kendall import agreement, tau_b

FIGURES = st.lists(st.integers(0, 4), min_size=2, max_size=8)


@given(FIGURES)
def test_a_ranking_agrees_with_itself_and_disagrees_with_its_reverse(values: list[int]) -> None:
    expected = None if len(set(values)) == 1 else 1.0
    assert tau_b(values, values) == expected
    assert tau_b(values, [-v for v in values]) == (None if expected is None else -1.0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=8))
def test_it_is_symmetric_bounded_and_of_order_only(pairs: list[tuple[int, int]]) -> None:
    a, b = [x for x, _ in pairs], [y for _, y in pairs]
    found = tau_b(a, b)
    assert found == tau_b(b, a) == tau_b([x**3 + 7 for x in a], b)
    assert found is None or -1 <= found <= 1


def test_ties_are_allowed_for() -> None:
    # Five pairs of one order, none of the other, one tied on one side: 5 / sqrt(6 * 5).
    assert tau_b([1, 2, 3, 4], [1, 2, 2, 4]) == pytest.approx(5 / 30**0.5)


def test_all_ties_are_not_scored() -> None:
    flat = {plan: {"r1": (0, 1), "r2": (0, 1)} for plan in "abc"}
    steep = {plan: {"r1": (n, 2), "r2": (n, 2)} for n, plan in enumerate("abc")}
    assert agreement(flat, steep, ["r1", "r2"], seed=1) == (None, None, None)
    assert agreement(steep, steep, [], seed=1) == (None, None, None)
    assert agreement(steep, steep, ["r1"], seed=1) == (1, None, None)


def test_the_interval_holds_the_middle_and_is_seeded() -> None:
    names = [f"r{i}" for i in range(8)]
    ones, zeros = dict.fromkeys(names, (1, 1)), dict.fromkeys(names, (0, 1))
    one = {"a": {r: (i % 2, 1) for i, r in enumerate(names)}, "b": ones}
    other = {"a": ones, "b": {r: (int(i > 5), 1) for i, r in enumerate(names)}}
    sure = {"a": ones, "b": zeros}
    assert agreement(sure, sure, names, seed=1) == (1, 1, 1)
    found = agreement(one, other, names, seed=1)
    assert found == agreement(one, other, names, seed=1)
    assert found.tau == -1
