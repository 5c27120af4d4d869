"""What the coach's help is worth, rung by rung, to somebody who does nothing but take it."""

from __future__ import annotations

import pytest

from simulator.debriefing.bought import still_in
from tests.benchmarks.bots import Bots

TRIALS = 16
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def bots() -> Bots:
    return Bots("invoices", TRIALS)


def lost(bots: Bots, name: str) -> float:
    loss = bots.evaluate(bots.plan(name)).mean("loss")
    assert loss is not None
    return loss.mean


def test_every_answer_that_is_taken_saves_money_and_is_known_in_the_plan(bots: Bots) -> None:
    learnt = bots.taker(2)
    losses = [loss.mean for one in learnt.rounds if (loss := one.mean("loss")) is not None]
    assert len(losses) == 3
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0]
    assert still_in(learnt.plan, learnt.answers)


def test_nudges_and_pointers_heaped_up_get_nowhere(bots: Bots) -> None:
    """Not a tenth of the way from the naive plan to the expert's."""
    learnt = bots.listener(1)
    loss = learnt.rounds[-1].mean("loss")
    assert loss is not None
    naive, expert = lost(bots, "naive"), lost(bots, "expert")
    assert loss.mean > naive - 0.1 * (naive - expert)
    assert bots.medal(learnt) is None


def test_what_debriefs_showed_of_practice_records_earns_no_medal_on_sealed_ones(
    bots: Bots,
) -> None:
    learnt = bots.memoriser(range(1, 4))
    assert "inv-" in learnt.plan.steps[0].instructions
    assert bots.medal(learnt) is None
