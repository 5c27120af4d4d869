"""Questions to a stakeholder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.scenario import Stakeholder
from simulator.reading import read_question


@pytest.mark.parametrize(
    "question",
    [
        "What do you do when goods are returned?",
        "How are returned goods handled here?",
        "Tell me what happens when goods go back to the supplier.",
    ],
)
def test_an_open_question_asks_for_its_fact(clerk: Stakeholder, question: str) -> None:
    found = read_question(question, clerk)
    assert found.facts[0] >= 0.5 > found.facts[1]
    assert found.open > 0.5 > found.leading
    assert found.understood


@pytest.mark.parametrize(
    "question",
    [
        "Credit notes are negative, right?",
        "Isn't it true that returned goods get a credit note?",
        "You subtract credit notes, don't you?",
        "Surely you just deduct them?",
        "We can pay returned goods, can't we?",
        "You were paid twice, weren't you?",
    ],
)
def test_a_leading_question(clerk: Stakeholder, question: str) -> None:
    found = read_question(question, clerk)
    assert found.leading > 0.5 > found.open


@pytest.mark.parametrize(
    "question",
    [
        "Can you give me an example of a payment that went wrong?",
        "Tell me about the last time you paid something twice.",
        "Walk me through a case where it went wrong.",
        "Do you remember a payment that surprised you?",
        "What was the strangest payment you have seen?",
    ],
)
def test_asking_for_an_example(clerk: Stakeholder, question: str) -> None:
    found = read_question(question, clerk)
    assert found.example > 0.5 > found.leading


def test_a_closed_question_is_neither_open_nor_leading(clerk: Stakeholder) -> None:
    found = read_question("Do you pay returned goods?", clerk)
    assert max(found.open, found.leading, found.example) < 0.5


def test_empathy_names_the_situation(clerk: Stakeholder) -> None:
    shown = read_question(
        "Putting wrong payments right by hand every month end must cost you evenings. "
        "What causes most of them?",
        clerk,
    )
    assert shown.empathy > 0.5
    for words in ("I am so sorry, that must be hard. How are you?", "I understand you completely."):
        assert read_question(words, clerk).empathy < 0.2


@pytest.mark.parametrize("question", ["", "asdf qwer", "???", "What is the weather like?"])
def test_what_is_not_understood(clerk: Stakeholder, question: str) -> None:
    found = read_question(question, clerk)
    assert not found.understood
    assert max(found.facts) < 0.5


@pytest.mark.parametrize(
    "words", ["Let us begin.", "What should I know?", "goods credit payment supplier minus twice"]
)
def test_general_words_and_heaps_ask_for_no_fact(clerk: Stakeholder, words: str) -> None:
    found = read_question(words, clerk)
    assert not any(found.facts)
    assert not found.understood


def test_a_relative_clause_opens_no_question(clerk: Stakeholder) -> None:
    assert read_question("I like the one who pays when goods are sent.", clerk).open < 0.5


@given(st.text(max_size=120))
def test_any_question_gives_probabilities(text: str) -> None:
    who = Stakeholder(id="a", name="A", role="clerk", greeting="Hi")
    found = read_question(text, who)
    assert found.facts == ()
    assert all(0 <= one <= 1 for one in (found.open, found.leading, found.example, found.empathy))
