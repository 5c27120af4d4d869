"""What became of each cause: nothing is lost, nothing is counted twice, a name changes nothing."""

from __future__ import annotations

import math

import pytest

from simulator.coaching.change import with_steps
from simulator.debriefing.iteration import became
from simulator.scoring.evaluation import Evaluation, paired
from simulator.slip import SlipKey
from tests.office import ledger, plan, reference, session

TRIALS = 16


def told(_: Evaluation, key: SlipKey) -> tuple[str, str]:
    return key.cause, key.step


@pytest.fixture(scope="module")
def naive() -> Evaluation:
    return session(reference("naive")).evaluate(trials=TRIALS)


@pytest.fixture(scope="module")
def split() -> Evaluation:
    return session(reference("split")).evaluate(trials=TRIALS)


def test_the_causes_add_up_to_the_money_lost(naive: Evaluation, split: Evaluation) -> None:
    found = became(naive, split, told)
    for evaluation, field in ((naive, "loss_before"), (split, "loss_after")):
        loss = evaluation.mean("loss")
        assert loss is not None
        assert math.fsum(getattr(one, field) for one in found) == pytest.approx(loss.mean)
    whole = paired(naive, split, "loss")
    assert math.fsum(one.loss.mean for one in found) == pytest.approx(whole.mean)
    assert len({one.told for one in found}) == len(found)
    sizes = [abs(one.loss.mean) for one in found]
    assert sizes == sorted(sizes, reverse=True)


def test_every_difference_is_that_of_the_two(naive: Evaluation, split: Evaluation) -> None:
    for one in became(naive, split, told):
        assert one.loss.mean == pytest.approx(one.loss_after - one.loss_before, abs=1e-6)
        assert one.records.mean == pytest.approx(one.records_after - one.records_before, abs=1e-6)


def test_turned_around_it_is_the_same_with_the_other_sign(split: Evaluation) -> None:
    less = with_steps(split.plan, [
        step.model_copy(update={"instructions": ""}) for step in split.plan.steps
    ])  # fmt: skip
    other = session(less).evaluate(trials=TRIALS)
    there, back = became(split, other, told), became(other, split, told)
    assert {one.told: one.loss.mean for one in there} == {one.told: -one.loss.mean for one in back}


def test_a_step_by_another_name_brings_no_cause_and_removes_none() -> None:
    one = session(plan(ledger(instructions="Be quick."))).evaluate(trials=8)
    renamed = with_steps(one.plan, [one.plan.steps[0].model_copy(update={"id": "book"})])
    other = session(renamed).evaluate(trials=8)
    found = became(one, other, told)
    assert found
    assert all(row.loss.mean == row.records.mean == 0 for row in found)
    assert {row.told[1] for row in found} == {"book"}


def test_nothing_becomes_of_the_same_plan(split: Evaluation) -> None:
    assert all(one.loss.mean == one.records.mean == 0 for one in became(split, split, told))
