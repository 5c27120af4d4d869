"""An answer that was bought is known again in a plan, and gone where nothing of it is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.plans.plan import Plan
from simulator.coaching import Change, changes
from simulator.coaching.change import edited, with_steps
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


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.kind)
def test_a_step_by_another_name_has_still_what_was_bought(change: Change) -> None:
    one = bought(change.answer, BEFORE, change.plan)
    assert still_in(renamed(change.plan), [one]) == [one]
    assert still_in(renamed(BEFORE), [one]) == []


def test_a_setting_is_not_bought_where_another_step_has_always_had_it() -> None:
    before = office.plan(
        office.ledger(id="look", produces={"note": "what it says"}, batch="all"),
        office.ledger(batch=6, reads=["records", "look"]),
    )
    after = edited(before, before.step["ledger"], batch="all")
    one = bought("batch: all", before, after)
    assert still_in(renamed(after), [one]) == [one]
    assert still_in(before, [one]) == []
    assert still_in(renamed(before), [one]) == []


def test_a_step_whose_results_are_renamed_too_is_known_by_their_descriptions() -> None:
    before = office.plan(
        office.ledger(id="look", produces={"note": "the total as it is printed"}),
        office.ledger(reads=["records", "look"]),
    )
    one = bought("votes: 3", before, edited(before, before.step["look"], votes=3))
    other = office.plan(
        office.ledger(id="see", produces={"sum": "the total as it is printed there"}, votes=3),
        office.ledger(reads=["records", "see"]),
    )
    assert still_in(other, [one]) == [one]


def test_results_that_advice_kept_apart_are_known_by_being_apart() -> None:
    both = {"pay": None, "note": "what it says"}
    before = office.plan(office.ledger(produces=both))
    apart = [
        office.ledger(id="pays", produces={"pay": None}),
        office.ledger(id="notes", produces={"note": "what it says"}, reads=["records", "pays"]),
    ]
    one = bought("split", before, office.plan(*apart))
    assert still_in(renamed(office.plan(*apart)), [one]) == [one]
    assert still_in(before, [one]) == []


def test_what_another_step_with_the_same_results_has_is_still_bought_for_this_one() -> None:
    """Double entry: two read the same, one of them with more votes."""
    twice = [
        office.ledger(id="one", produces={"note": "what it says"}),
        office.ledger(id="other", produces={"note_2": "what it says"}, votes=3),
        office.ledger(reads=["records", "one", "other"]),
    ]
    before = office.plan(*twice)
    after = edited(before, before.step["one"], votes=3)
    one = bought("votes: 3", before, after)
    assert still_in(after, [one]) == [one]
    assert still_in(before, [one]) == []


def test_what_was_said_before_in_words_of_ones_own_is_not_bought() -> None:
    own = WORDS.replace(" ", " please ", 1)
    before = with_words(own)
    after = edited(before, before.step["ledger"], instructions=f"{office.ALL}\n{own}\n{WORDS}")
    assert still_in(before, [bought(RULE.answer, before, after)]) == []


def renamed(plan: Plan) -> Plan:
    """The plan with every step by another name."""
    names = {step.id: f"{step.id}-too" for step in plan.steps}
    return with_steps(plan, (
        step.model_copy(update={
            "id": names[step.id], "reads": tuple(names.get(one, one) for one in step.reads),
        })
        for step in plan.steps
    ))  # fmt: skip


def test_what_was_told_is_kept_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept.sqlite3")
    one = bought(RULE.answer, BEFORE, RULE.plan)
    store.buy("invoices", one)
    store.buy("invoices", one)
    assert store.bought("invoices") == [one]
    assert store.bought("expenses") == []
