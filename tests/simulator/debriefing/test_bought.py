"""An answer that was bought is known again in a plan, and gone where nothing of it is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.plans.plan import Plan
from simulator.coaching import Change, changes
from simulator.coaching.change import edited
from simulator.debriefing.bought import bought, still_in
from simulator.storage.store import Store
from tests import office


def offered() -> list[Change]:
    plan = office.plan(office.ledger(instructions=office.ALL))
    attempt = office.session(plan).evaluate(trials=8)
    return list(changes(attempt, office.cast(), causes=len(attempt.blame)))


CHANGES = offered()
BEFORE = office.plan(office.ledger(instructions=office.ALL))
RULE = next(one for one in CHANGES if one.kind == "tell")
WORDS = RULE.plan.step["ledger"].instructions.removeprefix(office.ALL).strip()


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.kind)
def test_every_answer_is_known_in_the_plan_that_it_makes_and_not_before(change: Change) -> None:
    one = bought(change.answer, BEFORE, change.plan)
    assert still_in(change.plan, [one]) == [one]
    assert still_in(BEFORE, [one]) == []


def with_words(words: str) -> Plan:
    return edited(BEFORE, BEFORE.step["ledger"], instructions=f"{office.ALL}\n{words}")


@given(place=st.integers(0, 6))
@settings(max_examples=7, deadline=None)
def test_words_that_are_patched_up_are_still_the_words_that_were_bought(place: int) -> None:
    one = bought(RULE.answer, BEFORE, RULE.plan)
    words = WORDS.split()
    patched = [*words[:place], "please", *words[place:]]
    assert still_in(with_words(" ".join(patched)), [one])


def test_words_in_another_step_are_still_bought() -> None:
    one = bought(RULE.answer, BEFORE, RULE.plan)
    moved = office.plan(
        office.ledger(id="sums", instructions="Do it.", reads=["records", "look"]),
        office.ledger(id="look", produces={"note": "what it says"}, instructions=WORDS),
    )
    assert still_in(moved, [one])


def test_the_same_in_words_of_ones_own_lifts_it() -> None:
    one = bought(RULE.answer, BEFORE, RULE.plan)
    own = "Where only two figures come after the last dot or comma, those are the cents."
    assert still_in(with_words(own), [one]) == []


def test_what_was_told_is_kept_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept.sqlite3")
    one = bought(RULE.answer, BEFORE, RULE.plan)
    store.buy("invoices", one)
    store.buy("invoices", one)
    assert store.bought("invoices") == [one]
    assert store.bought("expenses") == []
