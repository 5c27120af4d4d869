"""What follows by a rule is left to code, with somebody to read the facts that it takes."""

from __future__ import annotations

from scenarios.language.operations import OPERATIONS
from simulator.coaching import Change, changes
from simulator.scoring.evaluation import Evaluation
from tests import office


def naive() -> Evaluation:
    return office.session(office.reference("naive")).evaluate(trials=8)


def computed(evaluation: Evaluation) -> list[Change]:
    found = changes(evaluation, office.cast(), causes=4)
    return [one for one in found if one.kind == "compute"]


def lost(change: Change) -> float:
    loss = office.session(change.plan).evaluate(trials=8).mean("loss")
    assert loss is not None
    return loss.mean


def test_a_result_worked_out_in_the_head_is_left_to_code_that_reads_the_facts() -> None:
    attempt = naive()
    before = attempt.mean("loss")
    assert before is not None
    for one in computed(attempt):
        reader, code = one.plan.steps
        assert "pay" not in reader.produces
        assert code.is_code
        assert list(code.produces) == ["pay"]
        assert reader.id in code.reads
        assert lost(one) < before.mean / 10


def test_where_a_sum_and_its_parts_can_be_had_code_sees_whether_they_add_up() -> None:
    plain, checked = sorted(computed(naive()), key=lambda one: len(one.plan.steps[1].checks))
    assert not plain.plan.steps[1].checks
    (check,) = checked.plan.steps[1].checks
    assert "sum(" in check.that
    assert check.redo == checked.plan.steps[0].id
    assert lost(checked) < lost(plain)


def test_no_hidden_name_is_told_by_a_result_that_it_asks_for() -> None:
    """Of those that are no words of the language or of plans, such as total and duplicate_of."""
    hidden = {one.name for one in office.invoices().fields if one.hidden and "_" in one.name}
    hidden -= OPERATIONS.keys()
    for one in computed(naive()):
        told = one.answer + one.says + one.pointer + " ".join(one.plan.steps[0].produces)
        assert not any(name in told for name in hidden)


def test_a_step_whose_checks_know_its_results_is_left_whole() -> None:
    plan = office.plan(office.ledger(checks=[{"that": "pay > 0"}], instructions=office.ALL))
    attempt = office.session(plan).evaluate(trials=8)
    assert not computed(attempt)
