"""A question is one about a fact by its meaning, and more so than about any other."""

from __future__ import annotations

import pytest

from scenarios.scenario import Stakeholder
from simulator.reading import read_question
from simulator.reading.asked import Asking, beside
from simulator.reading.train_asked import fingerprint
from tests.office import invoices


@pytest.fixture(scope="module")
def bea() -> Stakeholder:
    (person,) = invoices().stakeholders
    return person


def test_weights_come_from_these_questions() -> None:
    stale = "asked.json is stale: run python -m simulator.reading.train_asked"
    assert Asking.load().trained_on == fingerprint(), stale


def test_what_was_learnt_without_a_person_is_kept_apart() -> None:
    assert Asking.load("ilse") != Asking.load()
    with pytest.raises(KeyError):
        Asking.load("nobody")


def test_every_question_of_the_author_asks_for_its_fact_most(bea: Stakeholder) -> None:
    for place, fact in enumerate(bea.knows):
        for question in fact.asked_by:
            facts = read_question(question, bea).facts
            assert max(range(len(facts)), key=facts.__getitem__) == place, question
            assert facts[place] > 0.5, question


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Are there papers that are credit notes and have another title?", "other-names"),
        ("What do I do with double invoices?", "paid-twice"),
        ("How are hotel bills handled?", "tax-in-the-price"),
    ],
)
def test_other_words_ask_for_it_too(bea: Stakeholder, question: str, fact: str) -> None:
    names = [one.id for one in bea.knows]
    assert read_question(question, bea).facts[names.index(fact)] > 0.5


@pytest.mark.parametrize("question", ["How is the weather?", "What did you do at the weekend?"])
def test_what_is_about_nothing_known_asks_for_no_fact(bea: Stakeholder, question: str) -> None:
    assert max(read_question(question, bea).facts) < 0.5


def test_a_fact_alone_leads_by_all_that_it_has(bea: Stakeholder) -> None:
    one = bea.knows[0]
    (row,) = beside(one.asked_by[0], [(one.asked_by, one.concepts)])
    assert (row[-2], row[-1]) == (row[0], row[3])
