"""A heap of the right words says nothing, and is vague at best; a plain sentence loses nothing."""

from __future__ import annotations

import random
from statistics import mean

import pytest

from scenarios.scenario import Requirement
from simulator.reading import read
from simulator.reading.sense import says_nothing
from tests.office import invoices


@pytest.fixture(scope="module")
def rules() -> dict[str, Requirement]:
    return dict(invoices().requirement)


def _words(rule: Requirement) -> list[str]:
    groups = (word for one in rule.concepts for group in one for word in group)
    return list(dict.fromkeys((*rule.object, *rule.value, *groups)))


def test_all_words_of_a_rule_in_a_heap_do_not_tell_it(rules: dict[str, Requirement]) -> None:
    taken = []
    for rule in rules.values():
        words = _words(rule)
        for seed in range(3):
            random.Random(seed).shuffle(words)
            taken.append(read(" ".join(words), rule).clear)
    # Phrases of several words may happen to stand as in a sentence.
    assert max(taken) < 0.6
    assert mean(taken) < 0.25


def test_right_and_wrong_answers_in_one_list_tell_nothing(rules: dict[str, Requirement]) -> None:
    for rule in rules.values():
        if rule.value and rule.rivals and rule.object:
            text = f"{rule.object[0]}: {' or '.join((*rule.value[:2], *rule.rivals[:2]))}."
            assert read(text, rule).clear < 0.1, text


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("Currency: euros or dollars.", True),
        ("Currency, money.", True),
        ("Currency and money", True),
        ("Currency: euros.", False),
        ("In euros, be it a bill or a receipt.", False),
        ("Pay in euros or it goes back to them.", False),
        ("euros", False),
        ("", False),
    ],
)
def test_names_alone_say_nothing(text: str, nothing: bool) -> None:
    rule = Requirement.model_validate(
        {
            "id": "euros", "statement": "Amounts are in euros.", "governs": "pay",
            "object": ["currency", "money"], "value": ["euros"], "rivals": ["dollars"],
            "said": ["Write amounts in euros.", "Use euros.", "Give euros."],
            "contradicted": ["Write amounts in dollars."], "vague": ["Mind the currency."],
            "hints": ["Which money?", "What do they pay in?", "Amounts are in euros."],
        }
    )  # fmt: skip
    assert says_nothing(text, rule) is nothing


@pytest.mark.parametrize(
    "text", ["Credit notes: enter them with a minus.", "credit notes get a minus", "CN = minus!"]
)
def test_a_terse_sentence_is_no_heap(rules: dict[str, Requirement], text: str) -> None:
    reading = read(text, rules["credit-notes"])
    assert reading.clear > reading.vague
