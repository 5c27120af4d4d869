"""What was left unasked is measured by the loss behind it, and by nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

import pytest

from scenarios.scenario import Fact
from simulator.debriefing.heard import NOT_TOLD, heard
from simulator.interview import answer
from simulator.scoring.evaluation import Evaluation
from tests.office import invoices, reference, session

FACTS = [fact for one in invoices().stakeholders for fact in one.knows]


@cache
def naive() -> Evaluation:
    return session(reference("naive")).evaluate(seed=1, trials=16)


def behind(requirement: str | None) -> float:
    return sum(
        loss for key, (loss, _) in naive().blame.items()
        if key.requirement == requirement and key.cause in NOT_TOLD
    )  # fmt: skip


@pytest.mark.parametrize("known", [(), ("minus",), ("minus", "paid-twice", "last-quarter")])
def test_the_question_missed_most_is_that_with_most_loss_behind_it(known: Collection[str]) -> None:
    found = heard(naive(), {"bea": known})
    assert {fact.id for _, fact in found.found} == set(known)
    assert len(found.found) + len(found.missed) == len(FACTS)
    missed = [fact for _, fact in found.missed if fact.requirement]
    assert found.unasked is not None
    assert found.unasked.fact.id not in known
    assert found.unasked.loss == max(behind(fact.requirement) for fact in missed) > 0
    whole = sum(loss for loss, _ in naive().blame.values())
    assert found.unasked.share == found.unasked.loss / whole


def test_what_was_missed_and_cost_nothing_is_not_named() -> None:
    told: Mapping[str, Collection[str]] = {
        "bea": [fact.id for fact in FACTS if fact.requirement is not None]
    }
    found = heard(naive(), told)
    assert found.missed
    assert found.unasked is None


def test_nobody_else_can_have_told_it() -> None:
    assert heard(naive(), {"somebody": ["minus"]}).found == ()


@pytest.mark.parametrize("known", FACTS, ids=lambda fact: fact.id)
def test_asking_as_the_debrief_points_gets_the_fact(known: Fact) -> None:
    (bea,) = invoices().stakeholders
    said = "It is month-end, and you are blamed for a mess that others made in a hurry."
    ask = "Can you give me an example of" if known.unlock == "example" else "What can you say about"
    assert answer(bea, f"{said} {ask} {known.about}?", []).fact_ids == (known.id,)
