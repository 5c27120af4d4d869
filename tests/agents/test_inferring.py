"""Why a real model was wrong, inferred: held against what known mistakes would give."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agents.session import Session
from scenarios.model import Value
from scenarios.persona import Persona
from scenarios.plans.plan import Plan
from simulator.blueprint import Blueprint
from simulator.inferring import inferred
from simulator.order import Item, WorkOrder
from simulator.slip import Slip
from tests import office
from tests.agents import test_specialists
from tests.agents.bills import NINA, scenario
from tests.agents.endpoint import Endpoint, does

BILL = {"lot": "practice", "stratum": "plain", "text": "Pay 5."}
TRAP = {"field": "pay", "wrong": 7, "needs": "no-tax", "luck": 0.5}
INJECTION = {"field": "pay", "wrong": 99}
BILLS: Any = {
    "lots": {
        "practice": [
            {**BILL, "id": "r1", "truth": {"pay": 5}, "traps": [TRAP]},
            {**BILL, "id": "r2", "truth": {"pay": 6}, "injections": [INJECTION]},
        ]
    },
    "requirements": [
        {
            "id": "no-tax",
            "governs": "pay",
            "statement": "Tax is not paid to suppliers.",
            "said": ["Mind you, tax is not paid to suppliers."],
            "hints": ["Look at the tax.", "Who gets the tax?", "Not the supplier."],
        }
    ],
}


def slips(*rows: dict[str, Value], says: str = "") -> list[Slip]:
    job = scenario(**BILLS)
    step = {"id": "read", "assignee": "nina", "produces": {"pay": None}, "instructions": says}
    plan = Plan.model_validate({"scenario": "bills", "steps": [step]})
    blueprint = Blueprint(job, plan, plan.steps[0], NINA, None)
    items = tuple(Item(name, "Pay 5.") for name in ("r1", "r2"))
    order = WorkOrder(NINA, blueprint.head, items)
    return inferred(blueprint, order, ("r1", "r2"), {str(row["record"]): row for row in rows})


RIGHT: dict[str, Value] = {"record": "r2", "pay": 6}


def test_what_is_right_has_no_cause() -> None:
    assert slips({"record": "r1", "pay": 5}, RIGHT) == []


@pytest.mark.parametrize(
    ("pay", "cause", "requirement"),
    [
        (7, "unstated", "no-tax"),
        (None, "skipped", None),
        (6, "distracted", None),
        (4, "beyond-skill", None),
    ],
    ids=["a trap's value", "blank", "a neighbour's value", "like nothing that is known"],
)
def test_a_wrong_value_tells_its_cause(pay: Value, cause: str, requirement: str | None) -> None:
    (slip,) = slips({"record": "r1", "pay": pay}, RIGHT)
    assert (slip.cause, slip.requirement) == (cause, requirement)
    assert (slip.record, slip.step, slip.got, slip.wanted) == ("r1", "read", pay, 5)


def test_a_rule_that_was_told_was_not_unstated() -> None:
    row: dict[str, Value] = {"record": "r1", "pay": 7}
    (told,) = slips(row, RIGHT, says="Tax is not paid to suppliers.")
    assert told.requirement == "no-tax"
    assert told.cause in ("beyond-skill", "overloaded", "vague")
    assert told.words


def test_an_order_in_the_record_that_was_obeyed() -> None:
    (slip,) = slips({"record": "r1", "pay": 5}, {"record": "r2", "pay": 99})
    assert (slip.record, slip.cause) == ("r2", "injected")


def test_a_record_that_is_not_in_the_reply() -> None:
    (slip,) = slips({"record": "r1", "pay": 5})
    assert (slip.record, slip.cause) == ("r2", "skipped")


@pytest.mark.parametrize(
    ("taught", "wrongly", "cause", "requirement"),
    [
        (["archive-0", "archive-1"], [], "unstated", "calm"),
        (["archive-2", "archive-5"], [], "beyond-skill", "calm"),
        (["archive-2", "archive-5"], ["archive-2", "archive-5"], "contradicted", "calm"),
    ],
    ids=["never shown", "shown", "shown wrong"],
)
def test_a_specialists_causes_are_in_what_it_was_shown(
    taught: list[str], wrongly: list[str], cause: str, requirement: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    job = test_specialists.desk(dict.fromkeys(wrongly, "normal"))
    plan = test_specialists.plan(taught)
    with Endpoint(otherwise=does(sort="normal")) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        found = Session(job, plan, office.cast(), "openai:m").evaluate(trials=8)
    assert (cause, requirement) in {(key.cause, key.requirement) for key in found.slips}
    rest = {key.cause for key in found.slips if key.requirement is None}
    assert rest <= {"beyond-skill", "injected"}


def test_causes_of_a_real_model_are_marked_as_inferred(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.outcomes import figures, report

    plan = Plan.model_validate(
        {
            "scenario": "bills",
            "steps": [{"id": "read", "assignee": "nina", "produces": {"pay": None}}],
        }
    )
    people: dict[str, Persona] = {"nina": NINA}
    with Endpoint(otherwise=does(pay=4)) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        found = Session(scenario(), plan, people, "openai:m").evaluate(trials=8)
    assert {key.cause for key in found.slips} == {"beyond-skill"}
    shown = figures.evaluation_object(found, "p.yaml", "openai:m")
    assert shown["inferred"] is True
    assert "inferred" in report.summary(found, "p.yaml", "openai:m")
    simulated = Session(scenario(), plan, people).evaluate(trials=8)
    assert (
        json.loads(json.dumps(figures.evaluation_object(simulated, "p.yaml", "sim")))["inferred"]
        is False
    )
    assert "inferred" not in report.summary(simulated, "p.yaml", "sim")
