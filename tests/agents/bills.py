"""A job of bills with one amount each, and a colleague at a scripted endpoint to do it."""

from __future__ import annotations

from typing import Any

from agents.colleague import Answered, Call
from agents.models.real import RealColleague, hire
from scenarios.persona import Persona
from scenarios.scenario import Scenario
from simulator.behaviour.belief import Aside
from simulator.draws import Draws
from simulator.order import Asked, Head, Item, WorkOrder
from tests.agents.endpoint import (
    Behaviour,
    Endpoint,
    Request,
)

KEY = "sk-proj-very-secret-0123456789"
NINA = Persona(id="nina", name="Nina", tier="mid", cv="Careful.", price=0.02, seconds=10)
PAY = Asked("pay", "the amount to pay")
GOOD = '[{"record": "r1", "pay": 5}]'


def scenario(**keys: Any) -> Scenario:
    """Bills with one amount each, 5 being right everywhere."""
    bills = [
        {
            "id": f"r{n}",
            "lot": "practice",
            "stratum": "plain",
            "text": "Pay 5.",
            "truth": {"pay": 5},
        }
        for n in range(1, 5)
    ]
    return Scenario.model_validate(
        {
            "id": "bills", "title": "Bills", "track": "office", "level": 1,
            "teaches": ["clarity"], "minutes": 5, "summary": "s", "boss": "b", "brief": "b",
            "records": {"sample": {"plain": 2}, "name": "bill"},
            "fields": [{"name": "pay", "type": "money", "description": "the amount to pay"}],
            "loss": {"each": "abs(got.pay - true.pay)", "missing": "abs(true.pay)"},
            "accept": [{"metric": "wrong_records", "at_most": 0}],
            "budget": {"money": 1, "minutes": 10},
            "lots": {"practice": bills},
            **keys,
        }
    )  # fmt: skip


def call(*records: str, **head: Any) -> Call:
    """A work order for some bills."""
    asked = head.pop("asked", (PAY,))
    role = head.pop("role", "work")
    order = WorkOrder(
        NINA,
        Head(role, "bill", "What is to be paid?", asked, **head),
        tuple(Item(record, f"Bill {record}: pay 5.") for record in records or ("r1",)),
    )
    return Call(order, Aside(scenario(), Draws(1, 0, 0)))


class Desk:
    """A colleague at an endpoint, and the seconds that they waited between retries."""

    def __init__(self, endpoint: Endpoint | str, **keys: Any) -> None:
        self.waited: list[float] = []
        url = endpoint if isinstance(endpoint, str) else endpoint.url
        keys = {"base_url": url, "api_key": KEY, "sleep": self.waited.append, **keys}
        self.colleague: RealColleague = hire(NINA, "some-model", **keys)

    def ask(self, **head: Any) -> Answered:
        (answered,) = self.colleague.answer([call(**head)])
        return answered


def asked(*script: Behaviour, **head: Any) -> tuple[Answered, list[Request], list[float]]:
    """One call of an endpoint that follows the script: answer, requests and waits."""
    with Endpoint(*script) as endpoint:
        desk = Desk(endpoint)
        answered = desk.ask(**head)
    assert KEY not in repr(answered)
    return answered, endpoint.requests, desk.waited
