"""The held-out domain, and a stakeholder to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.scenario import Fact, Requirement, Stakeholder
from simulator.reading.corpus import Domain, domain

HELD_OUT = Path(__file__).parents[2] / "benchmarks" / "reading" / "invoices.yaml"


@pytest.fixture(scope="session")
def invoices() -> Domain:
    return domain(HELD_OUT)


@pytest.fixture(scope="session")
def rules(invoices: Domain) -> dict[str, Requirement]:
    return {one.id: one for one in invoices.requirements}


@pytest.fixture(scope="session")
def clerk() -> Stakeholder:
    return Stakeholder(
        id="dana",
        name="Dana",
        role="accounts clerk",
        greeting="Hello.",
        situation=("You have to put every wrong payment right by hand at month end.",),
        situation_concepts=(
            ("wrong payment", "overpaid", "mistake in a payment"),
            ("by hand", "yourself", "month end", "evening"),
        ),
        knows=(
            Fact(
                id="returns",
                says="They send us a credit note then.",
                asked_by=("What happens when goods go back?", "How do you treat returned goods?"),
                concepts=(("return", "goods go back", "credit note", "returned"),),
            ),
            Fact(
                id="twice",
                says="Once we paid the same invoice twice.",
                asked_by=("Tell me about a payment that went wrong.", "Have you ever paid twice?"),
            ),
        ),
    )
