"""Code that does not do what was meant is mended by the rule itself, in the learner's names."""

from __future__ import annotations

import yaml
from pydantic import TypeAdapter

from scenarios.operations import Operation, SetTo
from scenarios.plan import Plan
from simulator.coaching import changes
from simulator.coaching.change import edited
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


def test_where_something_that_the_rule_needs_does_not_arrive_there_is_no_such_change() -> None:
    plan = forgetful()
    sums = plan.step["sums"]
    reads = tuple(name for name in sums.reads if name != "kind")
    does = tuple(one for one in sums.does if one.set != "pay")
    alone = edited(plan, sums, reads=reads, does=(*does, SetTo(set="pay", to="total")))
    attempt = office.session(alone).evaluate(trials=8)
    assert next(iter(attempt.blame)).cause == "uncoded"
    assert not [one for one in changes(attempt, office.cast(), causes=1) if one.kind == "code"]
