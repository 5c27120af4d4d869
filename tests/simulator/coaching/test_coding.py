"""Code that does not do what was meant is mended by the rule itself, in the learner's names."""

from __future__ import annotations

import yaml
from pydantic import TypeAdapter

from scenarios.language.operations import Operation, SetTo
from scenarios.plans.plan import Plan
from simulator.coaching import Change, changes
from simulator.coaching.change import edited, with_steps
from tests import office

RULE = "-total if kind == 'credit note' else total"


def forgetful() -> Plan:
    """The expert's plan, whose code pays everything that comes twice twice."""
    expert = office.reference("expert")
    sums = expert.step["sums"]
    rest = [one for one in sums.does if one.set != "pay"]
    return edited(expert, sums, does=(*rest, SetTo(set="pay", to=RULE)))


def test_a_rule_that_the_code_forgot_is_written_and_mends_it() -> None:
    plan = forgetful()
    attempt = office.session(plan).evaluate(trials=8)
    found = [one for one in changes(attempt, office.cast(), causes=1) if one.kind == "code"]
    assert found
    does = yaml.safe_load(found[0].answer.partition("does:")[2])
    written = TypeAdapter(tuple[Operation, ...]).validate_python(does)
    assert written == found[0].plan.step["sums"].does, "the answer can be pasted into a plan"
    mended = office.session(found[0].plan).evaluate(trials=8)
    expert = office.session(office.reference("expert")).evaluate(trials=8)
    assert mended.mean("loss") == expert.mean("loss") != attempt.mean("loss")


def blind(*, asked: bool) -> Plan:
    """Code that pays every total: what kind of paper it is does not arrive, or nobody asks."""
    plan = forgetful()
    sums = plan.step["sums"]
    reads = tuple(name for name in sums.reads if name != "kind")
    does = tuple(one for one in sums.does if one.set != "pay")
    plan = edited(plan, sums, reads=reads, does=(*does, SetTo(set="pay", to="total")))
    return plan if asked else with_steps(plan, (one for one in plan.steps if one.id != "kind"))


def mended(plan: Plan) -> tuple[list[Change], float]:
    """What is proposed for the code, and the share of the loss that the best of it leaves."""
    attempt = office.session(plan).evaluate(trials=8)
    assert next(iter(attempt.blame)).cause == "uncoded"
    found = [one for one in changes(attempt, office.cast(), causes=1) if one.kind == "code"]
    before = attempt.mean("loss")
    after = [office.session(one.plan).evaluate(trials=8).mean("loss") for one in found]
    assert before is not None
    return found, min(loss.mean for loss in after if loss is not None) / before.mean


def test_code_reads_the_step_that_knows_what_its_rule_needs() -> None:
    found, left = mended(blind(asked=True))
    assert any("kind" in one.plan.step["sums"].reads for one in found)
    assert left < 0.1


def test_where_nobody_knows_what_the_rule_needs_somebody_is_asked() -> None:
    plan = blind(asked=False)
    found, left = mended(plan)
    had = {name for step in plan.steps for name in step.produces}
    assert any(name not in had for one in found for s in one.plan.steps for name in s.produces)
    assert left < 0.5
