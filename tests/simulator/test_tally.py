"""Tally: every operation, on what arrived, and nothing that depends on what was run before."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.language.operations import OPERATIONS
from scenarios.plans.plan import Step
from scenarios.unbuilt import COMES_WITH
from simulator import tally

TABLE = (
    {"supplier": "Corvin Paper", "iban": "007"},
    {"supplier": "corvin  paper", "iban": "008"},
    {"supplier": "Blank", "iban": ""},
    {"supplier": "12", "iban": "009"},
)


def step(*does: dict[str, Any]) -> Step:
    last = dict.fromkeys(operation["set"] for operation in does)
    return Step.model_validate({"id": "sums", "assignee": "tally", "produces": last, "does": does})


def one(row: dict[str, Any], *does: dict[str, Any], source: str = "") -> dict[str, Any]:
    made = tally.run(step(*does), {"r": row}, ["r"], {"suppliers": TABLE}, {"r": source})
    return made["r"]


@pytest.mark.parametrize(
    ("operation", "value", "result"),
    [
        ({"to": "x + 1"}, 2, 3),
        ({"to": "x + 1"}, None, None),
        ({"to": "x / 0"}, 2, None),
        ({"parse_money": "x", "decimal": "last"}, "EUR 1.234,50", 1234.5),
        ({"parse_money": "x"}, "1.234,50", 1.23),
        ({"parse_money": "x"}, ("1.00", "2.00"), (1.0, 2.0)),
        ({"parse_money": "x"}, ["1.00", "no"], (1.0, None)),
        ({"parse_money": "x"}, 12.345, 12.345),
        ({"parse_number": "x", "decimal": "comma"}, "0,125", 0.125),
        ({"parse_date": "x", "order": "mdy"}, "03/04/24", "2024-03-04"),
        ({"parse_date": "x"}, "soon", None),
        ({"round": "x"}, 1.005, 1.01),
        ({"round": "x", "places": 0}, 2.5, 3.0),
        ({"sum": "x"}, (0.1, 0.2), 0.3),
        ({"sum": "x"}, (0.1, None), None),
        ({"count": "x"}, (0.1, None), 2),
        ({"count": "x"}, None, None),
        ({"compare": ["x", "y"], "within": 0.01}, 10.01, True),
        ({"compare": ["x", "y"]}, 10.01, False),
        ({"compare": ["x", "none"]}, 10.01, None),
        ({"look_up": "x", "document": "suppliers", "match": "supplier", "give": "iban"},
         "CORVIN PAPER", "007"),
        ({"look_up": "x", "document": "suppliers", "match": "supplier", "give": "iban"},
         ("12", "nobody"), ("009", None)),
        ({"look_up": "x", "document": "suppliers", "match": "supplier", "give": "iban"}, 12, "009"),
        ({"look_up": "x", "document": "suppliers", "match": "supplier", "give": "iban"},
         "blank", None),
        ({"look_up": "x", "document": "suppliers", "match": "supplier", "give": "iban"}, "", None),
        ({"look_up": "x", "document": "nothing", "match": "supplier", "give": "iban"}, "12", None),
        ({"look_up": "x", "document": "suppliers", "match": "nothing", "give": "iban"}, "12", None),
        ({"allowed": "x", "values": ["invoice", "credit note"]}, "Credit note", True),
        ({"allowed": "x", "values": [5]}, 5.0, True),
        ({"allowed": "x", "values": ["invoice"]}, None, None),
        ({"pattern": "x", "like": r"INV-\d{4}"}, "INV-0412", True),
        ({"pattern": "x", "like": r"INV-\d{4}"}, ("INV-0412", "412"), False),
        ({"occurs_in_source": "x"}, "net 30 days", True),
        ({"occurs_in_source": "x"}, ("Net 30", "Net 60"), False),
        ({"occurs_in_source": "x"}, None, None),
        ({"duplicate_of": ["x"]}, "a", None),
    ],
)  # fmt: skip
def test_an_operation(operation: dict[str, Any], value: object, result: object) -> None:
    given_ = {"x": value, "y": 10.0}
    made = one(given_, {"set": "z", **operation}, source="Terms: Net 30\nDays, no discount.")
    assert made == {"z": result}
    assert type(made["z"]) is type(result)


def test_every_operation_of_a_plan_is_one_that_runs() -> None:
    handled = set(tally._OF_ONE_VALUE) | {
        OPERATIONS[key]
        for key in ("to", "compare", "duplicate_of", "total_of", "look_up", "occurs_in_source")
    }
    waiting = {OPERATIONS[place[-1]] for place in COMES_WITH if place[:3] == ("steps", "*", "does")}
    assert handled | waiting == set(OPERATIONS.values())
    assert not handled & waiting


def test_operations_see_what_earlier_ones_set() -> None:
    row = {"raw_total": "1.234,50", "raw_lines": ("1.000,00", "234,50"), "kind": "credit note"}
    made = one(
        row,
        {"set": "total", "parse_money": "raw_total", "decimal": "last"},
        {"set": "lines", "parse_money": "raw_lines", "decimal": "last"},
        {"set": "sum", "sum": "lines"},
        {"set": "same", "compare": ["sum", "total"]},
        {"set": "total", "to": "-total if kind == 'credit note' else total"},
        {"set": "pay", "to": "total if same else None"},
    )
    assert made == {"total": -1234.5, "lines": (1000.0, 234.5), "sum": 1234.5, "same": True,
                    "pay": -1234.5}  # fmt: skip
    assert row["raw_total"] == "1.234,50"


ROWS: dict[str, dict[str, Any]] = {
    "a": {"sender": "Corvin Paper", "total": 100.0, "received": "2024-01-01"},
    "b": {"sender": "corvin  paper", "total": 100, "received": "2024-01-09"},
    "c": {"sender": "Corvin Paper", "total": 100.0, "received": "2024-01-18"},
    "d": {"sender": None, "total": 100.0, "received": "2024-01-01"},
    "e": {"sender": None, "total": 100.0, "received": "2024-01-01"},
    "f": {"sender": "Corvin Paper", "total": 100.0, "received": None},
}
EARLIER = {"set": "earlier", "duplicate_of": ["sender", "total"]}
WITHIN = {**EARLIER, "within": {"days": 10, "of": "received"}}


def duplicates(operation: dict[str, Any], order: str) -> dict[str, Any]:
    made = tally.run(step(operation), ROWS, list(order), {}, {})
    return {record: values["earlier"] for record, values in made.items()}


def test_a_duplicate_is_of_the_first_earlier_record_that_agrees() -> None:
    nobody = {"a": None, "d": None, "e": None}
    assert duplicates(EARLIER, "abcdef") == {**nobody, "b": "a", "c": "a", "f": "a"}
    assert duplicates(WITHIN, "abcdef") == {**nobody, "b": "a", "c": "b", "f": None}
    assert duplicates(EARLIER, "fcb") == {"f": None, "c": "f", "b": "f"}


def test_a_total_is_over_the_records_that_agree_within_each_ones_own_window() -> None:
    rows: dict[str, dict[str, Any]] = {
        "a": {"who": "Ada", "paid": 10.1, "on": "2024-01-01"},
        "b": {"who": "ADA ", "paid": 0.2, "on": "2024-01-02"},
        "c": {"who": "Ada", "paid": 5.0, "on": "2024-01-03"},
        "d": {"who": "Bo", "paid": None, "on": "2024-01-01"},
        "e": {"who": None, "paid": 1.0, "on": "2024-01-01"},
    }

    def totals(**operation: Any) -> list[Any]:
        made = tally.run(step({"set": "sum", **operation}), rows, list(rows), {}, {})
        return [made[record]["sum"] for record in rows]

    assert totals(total_of="paid", same=["who"]) == [15.3, 15.3, 15.3, None, None]
    within = {"days": 1, "of": "on"}
    assert totals(total_of="paid", same=["who"], within=within) == [10.3, 15.3, 5.2, None, None]
    assert totals(total_of=None, same=["who"], within=within) == [2, 3, 2, 1, None]
    assert totals(total_of=None) == [5] * 5


def test_duplicates_are_found_among_values_that_were_just_computed() -> None:
    raw = {"a": {"raw": "€ 5,00", "day": "1 May 2024"}, "b": {"raw": "5", "day": "03/05/2024"}}
    does = (
        {"set": "total", "parse_money": "raw", "decimal": "last"},
        {"set": "on", "parse_date": "day", "order": "dmy"},
        {"set": "earlier", "duplicate_of": ["total"], "within": {"days": 2, "of": "on"}},
        {"set": "pay", "to": "0 if earlier else total"},
        {"set": "again", "duplicate_of": ["pay"]},
    )
    made = tally.run(step(*does), raw, ["a", "b"], {}, {})
    assert made["a"] == {"total": 5, "on": "2024-05-01", "earlier": None, "pay": 5, "again": None}
    assert made["b"] == {"total": 5, "on": "2024-05-03", "earlier": "a", "pay": 0, "again": None}


@given(st.permutations("abcdef"), st.booleans())
def test_unrelated_records_and_their_order_do_not_matter(order: list[str], window: bool) -> None:
    operation = WITHIN if window else EARLIER
    related = "".join(name for name in order if name in "abc")
    found = duplicates(operation, "".join(order))
    if not window:
        related = "".join(name for name in order if name in "abcf")
    assert {name: found[name] for name in related} == duplicates(operation, related)
    assert found["d"] is found["e"] is None


cells = st.sampled_from(
    [None, "", "1,50", "1.50", "x", 1, 1.0, True, 0, -0.0, (1, 2.0), ("3", None)]
)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=6))
def test_a_record_comes_out_the_same_alone_and_among_others(pairs: list[tuple[Any, Any]]) -> None:
    does = step(
        {"set": "m", "parse_money": "x", "decimal": "last"},
        {"set": "s", "sum": "m"},
        {"set": "z", "to": "[x, y, s] if s else [y, x]"},
        {"set": "ok", "allowed": "y", "values": ["x", "1"]},
    )
    rows = {str(number): {"x": x, "y": y} for number, (x, y) in enumerate(pairs)}
    together = tally.run(does, rows, list(rows), {}, {})
    for record, row in rows.items():
        alone = tally.run(does, {record: row}, [record], {}, {})[record]
        assert repr(together[record]) == repr(alone)


def test_results_belong_to_the_caller() -> None:
    doubled = {"set": "y", "to": "x * 2"}
    one({"x": 2}, doubled)["y"] = 99
    assert one({"x": 2}, doubled) == {"y": 4}


def test_the_same_step_with_another_table_looks_up_there() -> None:
    look = step({"set": "y", "look_up": "x", "document": "d", "match": "m", "give": "g"})
    for give in ("1", "2"):
        table = ({"m": "a", "g": give},)
        assert tally.run(look, {"r": {"x": "A"}}, ["r"], {"d": table}, {}) == {"r": {"y": give}}


def test_records_without_anything_come_out_empty() -> None:
    made = tally.run(step({"set": "y", "to": "x + 1"}, EARLIER), {}, ["a", "b"], {}, {})
    assert made == {name: {"y": None, "earlier": None} for name in "ab"}


def test_a_check_fails_where_it_is_false_or_cannot_be_computed() -> None:
    check = "abs(total - sum(lines)) < 0.005"
    assert not tally.failed(check, {"total": 3.3, "lines": (1.1, 2.2)})
    assert tally.failed(check, {"total": 3.3, "lines": (1.1, 2.1)})
    assert tally.failed(check, {"total": None, "lines": (1.1, 2.2)})
    assert tally.failed(check, {})
    assert tally.failed("note", {"note": ""})
