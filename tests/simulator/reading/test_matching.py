"""Descriptions of results and words for choices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.reading import match
from simulator.reading.matching import Matching

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
    assert sum(match(text, FIELDS)) <= 1.0


@pytest.mark.parametrize("place", range(len(FIELDS)))
def test_an_exemplar_means_its_field(place: int) -> None:
    for exemplar in FIELDS[place]:
        assert match(exemplar.upper() + ".", FIELDS)[place] >= 0.9


@given(st.sampled_from([way for known in FIELDS for way in known]), st.permutations(FIELDS))
def test_the_order_of_candidates_does_not_matter(
    text: str, shuffled: list[tuple[str, ...]]
) -> None:
    said = f"{text}, please"
    assert dict(zip(shuffled, match(said, shuffled), strict=True)) == dict(
        zip(FIELDS, match(said, FIELDS), strict=True)
    )


def test_what_fits_two_alike_is_neither() -> None:
    assert max(match("the total as a number", (("the total as a number",),) * 2)) <= 0.5


@pytest.mark.parametrize(
    "description", ["same as above", "see the previous step", "the total and the earlier invoice"]
)
def test_what_names_no_single_result_means_none(description: str) -> None:
    assert max(match(description, FIELDS)) < 0.5


def test_weights_come_from_these_texts() -> None:
    from simulator.reading.train_matching import fingerprint

    stale = "matching.json is stale: run python -m simulator.reading.train_matching"
    assert Matching.load().trained_on == fingerprint(), stale


def test_fitting_learns_to_tell_fields_apart() -> None:
    pytest.importorskip("scipy")
    from simulator.reading.matching import chances
    from simulator.reading.train_matching import cases, fit

    known = [case for case in cases() if case.domain == case.source and case.weight == 1.0]
    weights = fit([case for case in known if case.domain in {"minutes", "contracts"}])
    held = [case for case in known if case.domain == "incident" and case.label >= 0]
    read = [chances(case.rows, weights) for case in held]
    right = sum(p[case.label] >= 0.5 for case, p in zip(held, read, strict=True))
    assert right / len(held) > 0.6
