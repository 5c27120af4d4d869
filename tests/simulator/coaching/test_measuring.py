"""Changes are measured on the attempt's own draws, and put in the order that the ranking says."""

from __future__ import annotations

from dataclasses import replace

from scenarios.plan import Plan
from simulator.coaching import Advice, Change, idle, suggest
from simulator.coaching.idle import parts
from simulator.coaching.measuring import FINALISTS, SCREEN, rank
from simulator.evaluation import Evaluation
from simulator.slip import SlipKey
from simulator.statistics import Estimate
from tests import office

SURE, NONE = Estimate(0.3, 0.1, 0.5), Estimate(0.0, 0.0, 0.0)


def simulate(plan: Plan, trials: int) -> Evaluation:
    return office.session(plan).evaluate(trials=trials)


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


def test_the_same_attempt_gets_the_same_advice_and_only_finalists_get_all_trials() -> None:
    plan = office.plan(office.ledger(instructions=office.ALL))
    attempt = simulate(plan, 32)
    runs: list[int] = []

    def counted(plan: Plan, trials: int) -> Evaluation:
        runs.append(trials)
        return simulate(plan, trials)

    found = suggest(attempt, office.cast(), counted, causes=1)
    assert found
    assert 0 < runs.count(32) <= FINALISTS <= runs.count(SCREEN)
    assert [one.change.answer for one in found] == [
        one.change.answer for one in suggest(attempt, office.cast(), simulate, causes=1)
    ]
    assert all(one.loss.mean < 0 for one in found)


def test_a_polite_sentence_is_idle_and_costs_wages() -> None:
    words = "Thank you so much, you are wonderful."
    attempt = simulate(office.plan(office.ledger(instructions=words)), 16)
    found = idle(attempt, simulate, trials=16)
    assert [(one.step, one.part) for one in found] == [("ledger", f'"{words}"')]
    assert found[0].cost.mean < 0
    assert found[0].loss.mean == 0


def test_every_part_taken_out_leaves_a_plan_with_the_rest() -> None:
    expert = office.reference("expert")
    found = list(parts(expert))
    assert {"review", "redo", "document two-page-note"} <= {part for _, part, _ in found}
    assert all(plan != expert for _, _, plan in found)
