"""What an author says of judging is checked: every mistake is one error, with its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.errors import InputError
from scenarios.loading import load_scenario
from tests.scenarios import tiny

LIMIT = "{metric: wrong_records, at_most: 0}"


def load(folder: Path, limit: str) -> None:
    load_scenario(tiny.write(folder, tiny.SCENARIO.replace(LIMIT, "{" + limit + "}")))


@pytest.mark.parametrize(
    "limit",
    [
        "metric: share, of: got == true, among: pay > 0, weight: weight, at_least: 0.9, says: paid",
        "metric: count, of: got.pay > pay and qorigin == 'abroad', at_most: 1, says: paid too much",
        "metric: wrong_fields, field: pay, at_most: 1",
        "metric: minutes, at_most: 10, says: how long it takes",
    ],
)
def test_expressions_know_what_was_delivered_the_truth_and_the_columns(
    limit: str, tmp_path: Path
) -> None:
    load(tmp_path, limit)


@pytest.mark.parametrize(
    ("limit", "field", "words"),
    [
        ("metric: share, at_least: 1, says: x", "accept.1", "`share` needs `of`"),
        ("metric: count, of: got > 1, at_most: 1", "accept.1", "`count` needs `says`"),
        ("metric: count, of: got > 1, says: ' ', at_most: 1", "accept.1", "`count` needs `says`"),
        ("metric: loss, at_most: 1, says: ' '", "accept.1.says", "is empty"),
        ("metric: loss, of: got > 1, at_most: 1", "accept.1.of", "is not for `loss`"),
        ("metric: count, of: got > 1, weight: pay, says: x, at_most: 1", "accept.1.weight",
         "is not for `count`"),
        ("metric: count, of: got > cost, says: x, at_most: 1", "accept.1.of",
         "did you mean 'qcost'"),
        ("metric: wrong_fields, field: qcost, at_most: 1", "accept.1.field", "is no field of"),
        ("metric: recall, at_least: 1", "accept.1.metric", "facts of a collection, and there are"),
        ("metric: rows_found, at_least: 1", "accept.1.metric", "counts rows, and there are none"),
        ("metric: breaches, at_most: 0", "accept.1.metric", "counts acts, and there are none"),
        ("metric: loss, at_most: 1, says: Qorigin is right", "accept.1.says",
         "names 'qorigin', a hidden field"),
    ],
)  # fmt: skip
def test_a_limit_that_means_nothing(limit: str, field: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, limit)
    assert caught.value.field == field
    assert words in str(caught.value)


def test_no_column_takes_the_names_of_what_is_judged(tmp_path: Path) -> None:
    records = tiny.records().replace("weight: 1.50", "got: 1.50")
    with pytest.raises(InputError, match="'got' is what was delivered"):
        load_scenario(tiny.write(tmp_path, records_text=records))


def test_a_blank_needs_no_excuse_where_it_may_be_right(tmp_path: Path) -> None:
    blank = tiny.records().replace('qprinted: "32,50"', "qprinted: ~", 1)
    field = "- {name: qprinted, type: text, hidden: true}"
    with pytest.raises(InputError, match="list the field in 'absent'"):
        load_scenario(tiny.write(tmp_path, records_text=blank))
    text = tiny.SCENARIO.replace(field, field.replace("hidden", "may_be_blank: true, hidden"))
    found = load_scenario(tiny.write(tmp_path, text, records_text=blank))
    assert found.lots["preview"][2].truth["qprinted"] is None
