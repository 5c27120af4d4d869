"""Reliability is paid for no more dearly than reference plans pay, or it costs points."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.debriefing.spending import cheapest, frontier, spent
from tests.office import invoices
from tests.simulator.outcomes import evaluation, trial, wrongs


def test_a_frontier_has_no_plan_that_another_beats() -> None:
    scenario = invoices()
    for lot in ("practice", "sealed"):
        points = frontier(scenario, lot)
        assert points == sorted(points)
        assert [share for _, share in points] == sorted(share for _, share in points)
        plans = [lots[lot].reliability for lots in scenario.usual.values()]
        assert points[-1][0] == max(plans)
    assert frontier(scenario, "archive") == []


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_reliability_never_costs_less(one: float, other: float) -> None:
    points = [(0.0, 0.1), (0.5, 0.2), (0.9, 0.8)]
    low, high = sorted((one, other))
    assert 0.1 <= cheapest(points, low) <= cheapest(points, high) <= 0.8
    for reliability, share in points:
        assert cheapest(points, reliability) == share


@given(st.floats(0, 8), st.floats(0, 8))
def test_the_same_for_less_is_never_worth_less(one: float, other: float) -> None:
    less, more = (
        spent(evaluation([trial(0, 0, cost=cost), trial(1, 1, cost=cost)]))
        for cost in sorted((one, other))
    )
    assert less is not None
    assert more is not None
    assert 0 <= more.score <= less.score <= 1


def test_nothing_bought_and_nothing_known_are_not_scored() -> None:
    assert spent(wrongs([1, 2])) is None
    assert spent(wrongs([])) is None
    assert spent(evaluation([trial(0, 0)], usual=False)) is None
