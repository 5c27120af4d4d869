"""Descriptions of results and words for choices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.reading import match

FIELDS = (
    ("the total exactly as printed", "amount copied character by character"),
    ("the amount as a number",),
    ("invoice or credit note", "does it ask for money or give it back"),
    ("the amounts above the total, in order",),
    ("the invoice that it repeats", "number of the earlier invoice if it is a duplicate"),
)


@pytest.mark.parametrize(
    ("description", "place"),
    [
        ("the total exactly as it is printed, nothing converted", 0),
        ("the amount as a plain number", 1),
        ("whether it asks for money or gives money back", 2),
        ("is it an invoice or a credit note", 2),
        ("each amount above the total, as printed, in order", 3),
        ("the earlier invoice that this one repeats, if any", 4),
    ],
)
def test_a_description_finds_its_field(description: str, place: int) -> None:
    found = match(description, FIELDS)
    assert max(range(len(FIELDS)), key=found.__getitem__) == place
    assert found[place] >= 0.5


@pytest.mark.parametrize(
    "description",
    ["", "?!", "the weather", "name of the supplier", "the supplier's name as printed", "x"],
)
def test_other_descriptions_find_none(description: str) -> None:
    assert max(match(description, FIELDS)) < 0.5


@pytest.mark.parametrize(
    ("word", "place"),
    [("credit note", 1), ("Credit memo", 1), ("credit_note", 1), ("bill", 0), ("invoices", 0)],
)
def test_a_word_finds_its_choice(word: str, place: int) -> None:
    found = match(word, (("invoice", "bill"), ("credit note", "credit memo")))
    assert found[place] >= 0.5 > found[1 - place]


@given(st.text(max_size=80))
def test_any_description_gives_probabilities(text: str) -> None:
    assert all(0.0 <= one <= 1.0 for one in match(text, (*FIELDS, ())))
