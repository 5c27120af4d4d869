"""Each skill is scored from what was decided and what came of it, and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.debriefing.blaming import Blamed
from simulator.debriefing.foresight import foresight
from simulator.debriefing.heard import Heard, heard
from simulator.debriefing.skills import (
    ANSWERS_FOR,
    NOT_PASSED_ON,
    SKILLS,
    Changed,
    SkillScore,
    skills,
)
from simulator.debriefing.spending import spent
from simulator.scoring.evaluation import Evaluation
from simulator.scoring.statistics import Estimate
from simulator.slip import Cause, SlipKey
from tests.office import invoices, ledger, plan
from tests.simulator.outcomes import evaluation, trial, wrongs

CAUSES = get_args(Cause)
NOBODYS = {"inherited", "unapproved", "unknown"}
"""What goes back to another cause, to no skill of instructing, or to nothing known."""
DAMAGE = st.dictionaries(st.sampled_from(CAUSES), st.integers(1, 5), max_size=6)


def because(cause: str, requirement: str | None = "a-rule") -> SlipKey:
    return SlipKey(cause, "ledger", "pay", "pay", requirement)


def run(damage: list[dict[str, int]]) -> Evaluation:
    return evaluation([
        trial(i, sum(causes.values()), blame={because(c): n for c, n in causes.items()})
        for i, causes in enumerate(damage)
    ])  # fmt: skip


def by_skill(found: tuple[SkillScore, ...]) -> dict[str, SkillScore]:
    assert [one.skill for one in found] == list(SKILLS)
    return {one.skill: one for one in found}


def test_every_cause_goes_back_to_one_skill_or_is_nobodys() -> None:
    owners = {
        cause: {skill for skill, causes in ANSWERS_FOR.items() if cause in causes}
        for cause in CAUSES
    }
    for cause, skills_ in owners.items():
        if cause in NOT_PASSED_ON:
            assert skills_ == {"discovery", "clarity"}
        else:
            assert len(skills_) == (cause not in NOBODYS), cause


@given(st.lists(DAMAGE, min_size=1, max_size=24))
def test_what_is_missing_is_shared_out_and_no_more(damage: list[dict[str, int]]) -> None:
    found = by_skill(skills(run(damage), told={"any"}))
    missing = sum(bool(causes) for causes in damage) / len(damage)
    lost = 0.0
    for skill in ANSWERS_FOR:
        one = found[skill]
        if one.score is not None:
            assert 0 <= one.score <= 1
            assert one.figures["missing"] == missing
            assert one.score == 1 - (one.figures["lost"] or 0.0)
            lost += one.figures["lost"] or 0.0
    assert lost <= missing + 1e-9
    if all(causes.keys().isdisjoint(NOBODYS) for causes in damage):
        assert lost == pytest.approx(missing)


def without(*causes: SlipKey, saves: float) -> Blamed:
    return Blamed(frozenset(causes), Estimate(saves, None, None), 0.0)


def test_a_cause_counts_by_what_is_saved_without_it_where_that_was_measured() -> None:
    """Half of what failed was first read wrongly; but all of that would have been slips, too."""
    vague, slip = because("vague"), because("beyond-skill", None)
    attempt = evaluation([trial(0, 1, blame={vague: 1}), trial(1, 1, blame={slip: 1})])
    first, again = (
        by_skill(skills(attempt, told={"any"}, blamed=blamed))
        for blamed in ((), (without(vague, saves=0.0), without(slip, saves=9.0)))
    )
    assert (first["clarity"].score, first["delegation"].score) == (0.5, 0.5)
    assert (again["clarity"].score, again["delegation"].score) == (1, 0)
    assert first["delegation"].figures["worst_saves"] is None
    assert again["delegation"].figures["worst_saves"] == 9.0


@given(
    st.lists(DAMAGE, min_size=1, max_size=24),
    st.dictionaries(st.sampled_from(CAUSES), st.floats(-50, 50), max_size=4),
)
def test_measured_or_not_no_more_is_shared_out_than_is_missing(
    damage: list[dict[str, int]], saved: dict[str, float]
) -> None:
    blamed = [without(because(cause), saves=saves) for cause, saves in saved.items()]
    found = by_skill(skills(run(damage), told={"any"}, blamed=blamed))
    missing = sum(bool(causes) for causes in damage) / len(damage)
    lost = [one.figures["lost"] or 0.0 for one in found.values() if "lost" in one.figures]
    assert all(share >= 0 for share in lost)
    assert sum(lost) <= missing + 1e-9


def test_causes_that_hide_one_another_wholly_count_by_what_came_first() -> None:
    vague = because("vague")
    attempt = evaluation([trial(0, 1, blame={vague: 1})])
    found = by_skill(skills(attempt, told={"any"}, blamed=[without(vague, saves=0.0)]))
    assert found["clarity"].score == 0


def test_a_rule_that_was_heard_and_not_passed_on_is_a_matter_of_clarity() -> None:
    person = invoices().stakeholders[0]
    fact = next(fact for fact in person.knows if fact.requirement)
    untold = trial(0, 2, blame={because("unstated", fact.requirement): 2})
    attempt = evaluation([untold, trial(1, 0)])
    unheard, known = (
        by_skill(skills(attempt, heard=heard(attempt, {person.id: ids}), told={"any"}))
        for ids in ((), (fact.id,))
    )
    assert (unheard["discovery"].score, unheard["clarity"].score) == (0.5, 1)
    assert (known["discovery"].score, known["clarity"].score) == (1, 0.5)
    assert known["discovery"].figures["heard"] == 1


def test_code_that_breaks_no_rule_is_not_what_was_meant() -> None:
    attempt = evaluation([trial(0, 1, blame={because("uncoded", None): 1})])
    found = by_skill(skills(attempt))
    assert (found["discovery"].score, found["clarity"].score) == (1, 0)


def test_papers_that_tell_nothing_are_counted() -> None:
    papers = {paper.id: paper.noise for paper in invoices().documents}
    attempt = evaluation([trial(0, 0)])
    told = plan(ledger(reads=["records", *papers]))
    found = by_skill(skills(replace(attempt, plan=told)))["context"]
    assert found.score == 1
    assert found.figures["papers"] == len(papers)
    assert found.figures["noise"] == sum(papers.values()) > 0


def test_what_gave_no_occasion_is_not_scored() -> None:
    found = by_skill(skills(wrongs([1, 0])))
    for skill in ("clarity", "context", "foresight", "iteration", "economics"):
        assert found[skill].score is None
        assert found[skill].why_not
    clean = by_skill(skills(wrongs([0, 0])))
    assert clean["verification"].score is None
    nothing = skills(wrongs([]), heard=Heard((), (), None))
    assert all(one.score is None and one.why_not for one in nothing)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_verification_rises_with_what_is_caught_and_falls_with_what_is_not(
    caught: int, alarms: int, through: int
) -> None:
    def score(caught: int, alarms: int, through: int) -> float | None:
        one = trial(0, through, caught=caught, alarms=alarms)
        return by_skill(skills(evaluation([one])))["verification"].score

    here = score(caught, alarms, through)
    if caught + alarms + through == 0:
        assert here is None
        return
    assert here is not None
    assert 0 <= here <= 1
    assert (here == 1) == (alarms == through == 0)
    assert (score(caught + 1, alarms, through) or 0) >= here
    assert (score(caught, alarms + 1, through) or 0) <= here
    assert (score(caught, alarms, through + 1) or 0) <= here


@pytest.mark.parametrize(("less", "changes", "score"), [
    (Estimate(-2, -3, -1), 1, 1.0), (Estimate(-2, -3, -1), 4, 0.5),
    (Estimate(-1, -3, 1), 1, 0.5), (Estimate(2, 1, 3), 1, 0.0),
    (Estimate(-1, None, None), 1, None), (Estimate(0, 0, 0), 0, None),
])  # fmt: skip
def test_iteration_is_one_thing_changed_that_made_it_better(
    less: Estimate, changes: int, score: float | None
) -> None:
    changed = Changed(changes, 3.0, less)
    assert by_skill(skills(wrongs([1, 0]), changed=changed))["iteration"].score == score


def test_foresight_and_economics_are_what_their_modules_say() -> None:
    attempt = wrongs([0] * 12 + [1] * 4, {"reliability": 0.7, "wrong": {"pay": 0.05}})
    said, paid = foresight(attempt), spent(attempt)
    assert said is not None
    assert paid is not None
    found = by_skill(skills(attempt, foretold=said, spent=paid))
    assert found["foresight"].score == said.score
    assert found["economics"].score == paid.score
