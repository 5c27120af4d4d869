"""How many rules a text puts on whoever reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.reading import count_rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("", 0),
        ("Hello! Thank you so much. Be careful, this is important.", 0),
        ("What is a credit note?", 0),
        ("Extract the total.", 1),
        ("Copy the total exactly as printed. Copy the total exactly as it is printed!", 1),
        ("- Credit notes: minus\n- Duplicates: pay once\n- Subtotals are not totals", 3),
        ("If it is a credit note, enter it as minus, and report duplicates.", 2),
        ("Titles have at most 40 characters; brand names stay in English.", 2),
        ("1.234,50 means one thousand two hundred and thirty-four and a half.", 1),
    ],
)
def test_distinct_rules_count(text: str, rules: int) -> None:
    assert count_rules(text) == rules


def test_courtesy_is_no_load() -> None:
    text = "Copy the total. Leave out subtotals."
    assert count_rules(text + " Please be very careful, I trust you.") == count_rules(text) == 2


@given(st.text(max_size=200))
def test_any_text_has_a_load(text: str) -> None:
    assert count_rules(text) >= 0
    assert count_rules(f"{text}\n\n{text}") == count_rules(text)
