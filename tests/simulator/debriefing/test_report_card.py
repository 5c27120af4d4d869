"""A card is outcome 50, judgement 30 and craft 20, and says what of that could not be scored."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.scenario import Skill
from simulator.debriefing.foresight import foresight
from simulator.debriefing.report_card import BREACHED, JUDGEMENT, WEIGHTS, Card, card
from simulator.debriefing.skills import SKILLS, Changed, SkillScore, skills
from simulator.debriefing.spending import spent
from simulator.scoring.statistics import Estimate
from tests.simulator.outcomes import evaluation, trial, wrongs

SCORES = st.lists(st.none() | st.floats(0, 1), min_size=len(SKILLS), max_size=len(SKILLS))
COUNTS = st.lists(st.integers(0, 3), min_size=1, max_size=24)


def scored(scores: Sequence[float | None]) -> list[SkillScore]:
    return [SkillScore(skill, score) for skill, score in zip(SKILLS, scores, strict=True)]


def outcome(made: Card) -> float:
    return made.parts[0].points


def test_a_perfect_attempt_comes_to_a_hundred() -> None:
    trials = [trial(i, 0, cost=2.0, your_minutes=1.0, caught=2) for i in range(16)]
    attempt = evaluation(trials, {"reliability": 1, "wrong": {"pay": 0}})
    better = Changed(1, 2.0, Estimate(-2, -3, -1))
    found = skills(
        attempt, told={"any"}, foretold=foresight(attempt), spent=spent(attempt), changed=better
    )
    assert all(one.score in (1, None) for one in found)
    assert {one.skill for one in found if one.score is None} == {"context"}
    assert card(attempt, found).total == pytest.approx(100)


@given(COUNTS, COUNTS, SCORES)
def test_a_worse_outcome_never_raises_the_outcome_part(
    counts: list[int], more: list[int], scores: list[float | None]
) -> None:
    worse = [wrong + extra for wrong, extra in zip_longest(counts, more, fillvalue=0)]
    worse = worse[: len(counts)]
    before, after = (card(wrongs(one), scored(scores)) for one in (counts, worse))
    assert outcome(after) <= outcome(before)
    assert outcome(before) == pytest.approx(50 * sum(n == 0 for n in counts) / len(counts))


@given(COUNTS, SCORES)
def test_what_is_not_scored_is_left_out_of_the_weights(
    counts: list[int], scores: list[float | None]
) -> None:
    made = card(wrongs(counts), scored(scores))
    for part in made.parts:
        assert (part.weight == 0) == (part.score is None)
        assert 0 <= part.points <= part.weight
    judged = sum(one.score is not None for one in made.skills if one.skill in JUDGEMENT)
    craft = any(one.score is not None for one in made.skills if one.skill not in JUDGEMENT)
    assert made.possible == pytest.approx(50 + 10 * judged + 20 * craft)
    assert made.total == pytest.approx(100 * made.points / made.possible)
    if None not in scores:
        assert made.possible == pytest.approx(sum(WEIGHTS.values()))


@given(COUNTS, SCORES, st.sampled_from(SKILLS), st.floats(0, 1))
def test_a_better_skill_never_lowers_the_total(
    counts: list[int], scores: list[float | None], skill: Skill, more: float
) -> None:
    place = SKILLS.index(skill)
    was = scores[place]
    if was is None:
        return
    better = [*scores]
    better[place] = max(was, more)
    before, after = (card(wrongs(counts), scored(one)).total for one in (scores, better))
    assert before is not None
    assert after is not None
    assert after >= before - 1e-9


@given(st.integers(1, 16), SCORES)
def test_a_breach_caps_the_card(breaches: int, scores: list[float | None]) -> None:
    trials = [trial(i, 0, breaches=i < breaches) for i in range(16)]
    made = card(evaluation(trials), scored(scores))
    clean = card(wrongs([0 if i >= breaches else 1 for i in range(16)]), scored(scores))
    assert made.breaches == pytest.approx(breaches / 16)
    assert made.total is not None
    assert clean.total is not None
    assert made.total == pytest.approx(min(BREACHED, clean.total))


def test_nothing_is_scored_where_no_trial_was() -> None:
    made = card(wrongs([]), skills(wrongs([])))
    assert made.total is None
    assert made.possible == 0
