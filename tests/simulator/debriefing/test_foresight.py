"""Foresight is scored against what happened, trial by trial, and against what is usual."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.debriefing.foresight import Foresight, Foretold, Usual, foresight, usual_shares
from tests.office import invoices
from tests.simulator.outcomes import SHEETS, evaluation, trial, wrongs

SHARES = st.floats(0, 1)
COUNTS = st.lists(st.integers(0, SHEETS), min_size=1, max_size=40)


@given(COUNTS, SHARES, SHARES)
def test_a_brier_score_is_the_mean_over_the_outcomes(
    counts: list[int], reliability: float, pay: float
) -> None:
    found = foresight(wrongs(counts, {"reliability": reliability, "wrong": {"pay": pay}}))
    assert found is not None
    outcomes = {
        None: [(reliability, float(wrong == 0)) for wrong in counts],
        "pay": [(pay, float(i < wrong)) for wrong in counts for i in range(SHEETS)],
    }
    for one in found.said:
        squares = [(said - came) ** 2 for said, came in outcomes[one.field]]
        assert one.count == len(squares)
        assert math.isclose(one.brier, sum(squares) / len(squares), abs_tol=1e-8)
        assert one.brier == one.yours + one.chance
    assert found.brier == pytest.approx(sum(one.brier for one in found.said) / 2)


@given(COUNTS, SHARES, SHARES)
def test_the_greatest_surprise_comes_first(
    counts: list[int], reliability: float, pay: float
) -> None:
    found = foresight(wrongs(counts, {"reliability": reliability, "wrong": {"pay": pay}}))
    assert found is not None
    gaps = [abs(one.said - one.came) for one in found.said]
    assert gaps == sorted(gaps, reverse=True)


@given(SHARES, SHARES, SHARES)
def test_skill_is_nought_for_what_is_usual_and_at_most_one(
    said: float, came: float, usual: float
) -> None:
    base = Usual(usual, 0.1)
    one = Foresight((Foretold(None, said, came, 80, base),))
    same = Foresight((Foretold(None, usual, came, 80, base),))
    if same.skill is not None:
        assert same.skill == 0
        assert one.skill is not None
        assert one.skill <= 1
        assert (one.skill > 0) <= (abs(said - came) < abs(usual - came))


@given(SHARES, SHARES, st.floats(0.001, 0.25))
def test_who_is_exactly_right_has_the_whole_score_however_uncertain_it_was(
    came: float, said: float, spread: float
) -> None:
    base = Usual(0.5, spread)

    def score(said: float) -> float:
        found = Foresight((Foretold(None, said, came, 80, base),)).score
        assert found is not None
        return found

    assert score(came) == 1
    assert 0 <= score(said) <= 1
    nearer = (said + came) / 2
    assert score(nearer) >= score(said)


def test_what_nobody_said_and_what_nobody_ran_are_not_scored() -> None:
    assert foresight(wrongs([0, 1])) is None
    assert foresight(wrongs([0, 1], {})) is None
    assert foresight(wrongs([], {"reliability": 0.5})) is None


def test_without_reference_plans_there_is_a_brier_score_and_no_skill() -> None:
    run = evaluation([trial(0, 0), trial(1, 2)], {"reliability": 0.9}, usual=False)
    found = foresight(run)
    assert found is not None
    assert found.brier == pytest.approx(0.4**2 + 0.25)
    assert (found.skill, found.score) == (None, None)


def test_a_certain_outcome_that_everybody_foretells_leaves_no_skill_to_show() -> None:
    found = Foresight((Foretold(None, 0.0, 0.0, 80, Usual(0.0, 0.0)),))
    assert found.brier == 0
    assert (found.skill, found.score) == (None, None)


def test_what_is_usual_is_the_mean_of_the_reference_plans() -> None:
    scenario = invoices()
    plans = [lots["practice"] for lots in scenario.usual.values()]
    assert len(plans) > 2
    assert "expert-terse" not in scenario.usual
    found = usual_shares(scenario, "practice")
    rates = [plan.reliability for plan in plans]
    assert found[None].share == pytest.approx(sum(rates) / len(rates))
    assert found["pay"].share == pytest.approx(sum(p.wrong["pay"] for p in plans) / len(plans))
    assert usual_shares(scenario, "archive") == {}
