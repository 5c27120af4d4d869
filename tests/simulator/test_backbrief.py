"""A backbrief shows what was taken from what the learner wrote, and nothing that they left out."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from simulator.backbrief import QUESTION, SAYS, StepBrief, backbrief
from simulator.parameters import span
from tests.office import cast, invoices, ledger, plan, reference

CLEAR = "A credit note goes in with a minus."
VAGUE = "Mind the number formats."


def briefs(*steps: dict[str, Any]) -> list[StepBrief]:
    return backbrief(invoices(), plan(*steps), cast())


def sureness(text: str) -> dict[str, str]:
    (brief,) = briefs(ledger(instructions=text))
    return {sentence.words: sentence.sure for sentence in brief.sentences}


def test_sentences_come_back_verbatim_with_how_sure_the_intern_is() -> None:
    found = sureness(f"{CLEAR}\n{VAGUE}\nPlease and thank you!")
    assert list(found) == [CLEAR, VAGUE, "Please and thank you!"]
    assert found[CLEAR] == "clear"
    assert found[VAGUE] == "unsure"
    assert found["Please and thank you!"] == "noted"
    assert SAYS["unsure"] == QUESTION


def test_the_opposite_is_as_clear_as_the_rule() -> None:
    wrong = "Enter credit notes as positive amounts."
    assert sureness(wrong) == {wrong: "clear"}


def test_nothing_said_is_nothing_taken() -> None:
    (brief,) = briefs(ledger())
    assert brief.sentences == ()
    assert brief.load == 0


def test_nothing_in_it_was_not_written_by_the_learner() -> None:
    (brief,) = briefs(ledger(instructions=f"{VAGUE} {CLEAR}"))
    told = json.dumps(asdict(brief), default=lambda value: value.model_dump())
    for requirement in invoices().requirements:
        assert requirement.id not in told
        assert requirement.statement not in told
    for field in invoices().fields:
        assert not field.hidden or f'"{field.name}"' not in told


def test_results_are_known_or_not() -> None:
    produces = {
        "raw": "the total exactly as it is printed",
        "mood": "the mood of the person who typed it",
        "kind": {"means": "what type of document it is", "choices": ["invoice", "aubergine"]},
        "pay": None,
    }
    (brief,) = briefs(ledger(produces=produces))
    known = {result.name: (result.known, result.unpaired) for result in brief.results}
    assert known == {
        "raw": (True, ()),
        "mood": (False, ()),
        "kind": (True, ("aubergine",)),
        "pay": (True, ()),
    }


def test_the_load_is_held_against_the_span_of_whoever_carries_it() -> None:
    text = f"{CLEAR} Copy the last total. Leave out the tax. Write no words. Never round amounts."
    for who, tier in (("pip", "small"), ("mira", "mid"), ("oswin", "frontier")):
        (brief,) = briefs(ledger(assignee=who, instructions=text))
        assert brief.span == span(tier)
        assert brief.load == 5


@pytest.mark.parametrize(("tier", "rules"), [("small", 3), ("mid", 9), ("frontier", 19)])
def test_a_span_is_computed_from_how_rules_are_followed(tier: Any, rules: int) -> None:
    assert span(tier) == rules


def test_a_reviewer_says_what_they_took_too() -> None:
    step = ledger(
        instructions=CLEAR,
        review={"by": "oswin", "of": ["pay"], "blind": True, "instructions": VAGUE},
    )
    work, review = briefs(step)
    assert [(one.role, one.who.id) for one in (work, review)] == [
        ("work", "mira"),
        ("review", "oswin"),
    ]
    assert [sentence.words for sentence in review.sentences] == [VAGUE]
    assert [result.name for result in review.results] == ["pay"]


def test_code_shows_what_it_gives_on_the_preview_records() -> None:
    preview = invoices().lots["preview"]
    code = backbrief(invoices(), reference("expert"), cast())[-1]
    assert code.who.id == "tally"
    gives = {operation.name: dict(operation.gives) for operation in code.operations}
    assert gives["pay"] == {record.id: record.truth["pay"] for record in preview}


def test_code_shows_a_convention_that_was_left_out() -> None:
    copy = {
        "id": "copy", "assignee": "mira",
        "produces": {"raw": "the total exactly as it is printed"},
    }  # fmt: skip
    sums = {
        "id": "sums", "assignee": "tally", "reads": ["copy"], "produces": {"pay": None},
        "does": [{"set": "pay", "parse_money": "raw"}],
    }  # fmt: skip
    (operation,) = briefs(copy, sums)[-1].operations
    by_record = dict(operation.gives)
    comma = [r for r in invoices().lots["preview"] if r.stratum == "decimal_comma"]
    assert comma
    assert all(by_record[record.id] != record.truth["total"] for record in comma)
