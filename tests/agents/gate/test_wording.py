"""What the check of wording promises: whoever words a rule in a way of their own is heard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from agents.gate.finding import Finding
from agents.gate.subject import Subject
from agents.gate.wording import in_other_words
from tests.office import cast, folder, invoices

RULE = "last-page-total"


def found(**keys: Any) -> list[Finding]:
    """What is found of one rule of the invoices that is written otherwise."""
    scenario = invoices()
    rules = tuple(one.model_copy(update=keys) for one in scenario.requirements if one.id == RULE)
    one_rule = scenario.model_copy(update={"requirements": rules})
    return list(in_other_words(replace(Subject(folder(), scenario, {}, cast()), scenario=one_rule)))


LIKE = (
    "The total stands on the last page.",
    "Take the total from the last page.",
    "Use the total that stands on the last page.",
)
UNLIKE = "Whatever comes at the very end is what counts."


def test_sentences_that_help_each_other_are_fine() -> None:
    assert not found(said=LIKE, contradicted=(), concepts=())


def test_one_that_is_unlike_all_others_is_listed_and_fails_nothing() -> None:
    (listed,) = found(said=(*LIKE, UNLIKE), contradicted=(), concepts=())
    assert UNLIKE in listed.says
    assert "Of 4 ways to say the rule 1 would not" in listed.says
    assert not any(one in listed.says for one in LIKE)
    assert (listed.check, listed.field) == ("in other words", f"requirements.{RULE}")
    assert not listed.fails


def test_the_opposite_that_is_taken_for_the_rule_is_listed() -> None:
    against = ("Prices are in euros.", LIKE[0])
    listed = found(said=LIKE[1:], contradicted=against, concepts=())
    assert any("the opposite 1 would be taken for the rule" in one.says for one in listed)


def test_a_single_sentence_has_no_others() -> None:
    assert not found(said=(UNLIKE,), contradicted=(), concepts=())
