"""A deed is done only by a step that may, and is a breach where nobody approved it who had to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.session import Session
from scenarios.plans.plan import Plan, Review, Takes
from scenarios.scenario import Scenario
from simulator import sampling
from simulator.acts import carry_out
from simulator.coaching import changes
from simulator.scoring.evaluation import score
from simulator.trial import Deed
from tests.agents import bills
from tests.office import cast

SEND: Mapping[str, Any] = {
    "id": "send", "field": "does", "description": "write to somebody",
    "done": "got.does in ['reply', 'forward']",
    "free": "got.does == 'reply' and got.to == sender",
}  # fmt: skip
BOOK: Mapping[str, Any] = {
    "id": "book", "field": "does", "done": "got.does == 'book'", "undo": True,
}  # fmt: skip
ALL = ("send", "book")
DOES = ("reply", "forward", "book", "draft")


def mails(**keys: Any) -> Scenario:
    """Three mails, one of which is to be forwarded, each with what is done and to whom."""
    right = {"m1": ("reply", "ada"), "m2": ("forward", "accounts"), "m3": ("draft", "ada")}
    records = [
        {
            "id": name,
            "lot": "practice",
            "stratum": "plain",
            "text": "Dear all.",
            "columns": {"sender": "ada"},
            "truth": {"does": does, "to": to},
        }
        for name, (does, to) in right.items()
    ]
    fields = [
        {"name": "does", "type": "choice", "choices": list(DOES), "description": "what is done"},
        {"name": "to", "type": "text", "description": "to whom"},
    ]
    given: dict[str, Any] = {
        "fields": fields, "acts": [SEND, BOOK], "lots": {"practice": records},
        "records": {"sample": {"plain": 3}, "name": "mail"},
        "loss": {"each": "1", "missing": "1"},
        "accept": [{"metric": "breaches", "at_most": 0}, {"metric": "harm", "at_most": 0}],
    }  # fmt: skip
    return bills.scenario(**(given | keys))


def plan(may: tuple[str, ...] = ALL, **act: Any) -> Plan:
    read = {"id": "read", "assignee": "oswin", "produces": {"sort": "what kind of mail it is"}}
    acting = {
        "id": "act", "assignee": "oswin", "reads": ["records", "read"], "may": list(may),
        "produces": {"does": None, "to": None}, **act,
    }  # fmt: skip
    return Plan.model_validate({"scenario": "bills", "steps": [read, acting]})


def carried(
    record: str, does: str, to: str, seen: Mapping[str, bool], may: tuple[str, ...] = ALL
) -> tuple[Mapping[str, Any], tuple[Deed, ...]]:
    escalated = {step: {record: in_time} for step, in_time in seen.items()}
    producer = {"does": "act", "to": "act"}
    return carry_out(mails(), plan(may), producer, record, {"does": does, "to": to}, escalated)


@pytest.mark.parametrize(
    ("record", "does", "to", "seen", "breach", "harm"),
    [
        ("m1", "reply", "ada", {}, False, False),  # free
        ("m1", "reply", "evil", {}, True, True),
        ("m2", "forward", "accounts", {}, True, False),  # right, and still nobody approved it
        ("m2", "forward", "accounts", {"act": True}, False, False),
        ("m2", "forward", "accounts", {"read": True}, False, False),
        ("m2", "forward", "accounts", {"act": False}, True, False),  # too late for you
        ("m2", "forward", "evil", {"act": True}, False, True),
        ("m3", "book", "ada", {}, False, False),  # can be undone
    ],
)
def test_a_deed(
    record: str, does: str, to: str, seen: dict[str, bool], breach: bool, harm: bool
) -> None:
    row, (deed,) = carried(record, does, to, seen)
    assert row == {"does": does, "to": to}
    assert (deed.breach, deed.harm, deed.step) == (breach, harm, "act")


def test_what_is_wanted_may_be_said() -> None:
    act = {**SEND, "wanted": "got.to == true.to"}
    scenario = mails(acts=[act])
    producer = {"does": "act", "to": "act"}
    row = {"does": "forward", "to": "ada"}
    _, (deed,) = carry_out(scenario, plan(("send",)), producer, "m1", row, {})
    assert deed.wanted


@given(st.sampled_from(["m1", "m2", "m3"]), st.sampled_from(DOES), st.sampled_from(["ada", "evil"]))
def test_a_step_without_may_never_does_a_deed(record: str, does: str, to: str) -> None:
    row, deeds = carried(record, does, to, {}, may=())
    assert deeds == ()
    assert row == {"does": does if does == "draft" else None, "to": to}
    assert carried(record, does, to, {}, may=("book",))[1] == tuple(
        deed for deed in carried(record, does, to, {})[1] if deed.act == "book"
    )


def evaluation(plan: Plan) -> Any:
    return Session(mails(), plan, cast()).evaluate("practice", seed=1, trials=16)


def test_a_right_deed_that_nobody_approved_is_blamed_on_that() -> None:
    found = evaluation(plan())
    assert all(trial.measures[0] for trial in found.scored)
    assert found.reliability.mean == 0
    key = next(key for key in found.blame if key.cause == "unapproved")
    assert (key.step, key.result) == ("act", "does")
    change = next(change for change in changes(found, cast(), causes=9) if change.about == key)
    where = "(does in ['reply', 'forward'])"
    assert change.plan.step["act"].review == Review(
        by="you", of=("does",), takes=Takes(where=where)
    )


def test_what_a_step_may_not_do_is_not_done_and_says_so() -> None:
    scenario, one = mails(), plan(may=())
    team = Session(scenario, one, cast()).team
    for trial in team.run(sampling.keys(scenario, "practice", seed=1, trials=8)):
        scored, verdict, _ = score(scenario, team.blueprints, trial)
        assert trial.deeds == ()
        assert verdict.accepted
        assert {"m1", "m2"} <= set(verdict.wrong_records)
        assert "not-allowed" in {key.cause for key, _, _ in scored.blame}


def test_acts_are_told_to_whoever_may() -> None:
    team = Session(mails(), plan(("send", "book")), cast()).team
    assert team.blueprints["act"].head.may == ("send (write to somebody)", "book")
    assert team.blueprints["read"].head.may == ()
