"""Changes are measured on the attempt's own draws, and put in the order that the ranking says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from scenarios.plans.plan import Plan
from simulator.coaching import Advice, Change, idle, measuring, rounds, saved, suggest, trials_of
from simulator.coaching.measuring import ROUNDS, rank
from simulator.coaching.parts import parts
from simulator.scoring.evaluation import Scored
from simulator.scoring.statistics import Estimate
from simulator.slip import SlipKey
from simulator.trial import TrialKey
from tests import office

SURE, NONE = Estimate(0.3, 0.1, 0.5), Estimate(0.0, 0.0, 0.0)


def simulate(plan: Plan, keys: Sequence[TrialKey]) -> Sequence[Scored]:
    return office.session(plan).score(keys)


def advice(**keys: Estimate | float) -> Advice:
    key = SlipKey("unstated", "ledger", "pay", None, None)
    change = Change(key, "", "", office.plan(office.ledger()))
    one = Advice(change, Estimate(-5.0, -9.0, -1.0), SURE, NONE, NONE, NONE, 0.2, 0.5, 1.0)
    return replace(one, **keys)  # type: ignore[arg-type]


def test_reliability_per_money_comes_first_and_loss_breaks_ties() -> None:
    dear = advice(reliability=Estimate(0.4, 0.2, 0.6), cost=Estimate(1.0, 0.9, 1.1))
    cheap, lossy = advice(), advice(loss=Estimate(-4.0, -9.0, -1.0))
    unsure = advice(reliability=Estimate(0.9, -0.1, 1.0), loss=Estimate(-99.0, -199.0, 1.0))
    by_loss = advice(reliability=NONE, loss=Estimate(-6.0, -9.0, -1.0))
    assert sorted([unsure, dear, by_loss, lossy, cheap], key=rank) == [
        cheap, lossy, dear, by_loss, unsure,
    ]  # fmt: skip


def test_what_could_be_luck_is_noise_and_comes_last() -> None:
    lost = advice(reliability=NONE, loss=Estimate(-6.0, -9.0, -1.0))
    luck = advice(reliability=NONE, loss=Estimate(-50.0, -99.0, 1.0))
    unknown = advice(reliability=NONE, loss=Estimate(-60.0, None, None))
    assert [one.noise for one in (advice(), lost, luck, unknown)] == [False, False, True, True]
    assert sorted([unknown, luck, lost, advice()], key=rank)[:2] == [advice(), lost]


def test_the_same_attempt_gets_the_same_advice_and_no_trial_is_run_twice() -> None:
    plan = office.plan(office.ledger(instructions=office.ALL))
    attempt = office.session(plan).evaluate(trials=32)
    ran: dict[str, list[TrialKey]] = {}

    def counted(plan: Plan, keys: Sequence[TrialKey]) -> Sequence[Scored]:
        ran.setdefault(plan.model_dump_json(), []).extend(keys)
        return simulate(plan, keys)

    found = suggest(attempt, office.cast(), counted)
    assert found
    assert all(len(set(keys)) == len(keys) for keys in ran.values())
    assert sum(len(keys) == 32 for keys in ran.values()) <= ROUNDS[-1][1] < len(ran)
    assert [one.change.answer for one in found] == [
        one.change.answer for one in suggest(attempt, office.cast(), simulate)
    ]
    assert all(one.loss.mean < 0 for one in found)


def test_the_first_that_surely_helps_is_told_while_others_wait() -> None:
    """Being told changes nothing of what is found in the end."""
    plan = office.plan(office.ledger(instructions=office.ALL))
    attempt = office.session(plan).evaluate(trials=64)
    tried: set[str] = set()
    told: list[tuple[int, Sequence[Advice]]] = []

    def counted(plan: Plan, keys: Sequence[TrialKey]) -> Sequence[Scored]:
        tried.add(plan.model_dump_json())
        return simulate(plan, keys)

    found = suggest(
        attempt, office.cast(), counted, tell=lambda some: told.append((len(tried), some))
    )
    first, so_far = told[0]
    assert first < len(tried)
    assert [one.noise for one in so_far] == [False]
    assert told[-1][1] == found == suggest(attempt, office.cast(), simulate)


def test_what_is_told_at_once_gives_no_more_away_than_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def hushed(_: object, plan: Plan, change: Change) -> Change:
        return replace(change, says="Hush.", pointer="")

    monkeypatch.setattr(measuring, "discreet", hushed)
    plan = office.plan(office.ledger(instructions=office.ALL))
    attempt = office.session(plan).evaluate(trials=16)
    told: list[Advice] = []
    told += suggest(attempt, office.cast(), simulate, causes=1, tell=told.extend)
    assert len(told) > 1
    assert {(one.change.says, one.change.pointer) for one in told} == {("Hush.", "")}


def test_rounds_share_out_the_trials_of_an_attempt() -> None:
    attempt = office.session(office.plan(office.ledger())).evaluate(trials=20)
    trials = [key for keys in rounds(attempt) for key in keys]
    assert sorted(trials) == sorted(trials_of(attempt))
    assert {key.draws.sample for key in rounds(attempt)[0]} == {0, 1, 2}


def test_a_polite_sentence_is_idle_and_costs_wages() -> None:
    words = "Thank you so much, you are wonderful."
    attempt = office.session(office.plan(office.ledger(instructions=words))).evaluate(trials=16)
    found = idle(attempt, simulate, rounds(attempt))
    assert [(one.part.step, one.part.part) for one in found] == [("ledger", f'"{words}"')]
    assert found[0].cost.mean < 0
    assert found[0].loss.mean == 0


def test_what_a_control_saves_is_what_is_lost_without_it() -> None:
    attempt = office.session(office.reference("expert")).evaluate(trials=16)
    found = saved(attempt, simulate, trials_of(attempt))
    assert found
    for one in found:
        without = office.session(one.part.plan).evaluate(trials=16)
        with_it, gone = attempt.mean("loss"), without.mean("loss")
        assert with_it is not None
        assert gone is not None
        assert one.loss.mean == pytest.approx(gone.mean - with_it.mean)


def test_every_part_taken_out_leaves_a_plan_with_the_rest() -> None:
    expert = office.reference("expert")
    found = list(parts(expert))
    assert {"review", "redo", "document two-page-note"} <= {one.part for one in found}
    assert all(one.plan != expert for one in found)
    assert {one.part.split()[0] for one in found if one.control} == {"review", "check"}
