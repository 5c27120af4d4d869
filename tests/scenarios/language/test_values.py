"""The palette: what is read from what people write, and when two values are the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.language import values
from scenarios.language.amounts import DecimalMark
from scenarios.language.dates import Order

cents = st.integers(min_value=-(10**13), max_value=10**13)
texts = st.text(max_size=30)


def written(amount: int, thousands: str, mark: str) -> str:
    """So many cents, with these separators: -123456 as "-1,234.56"."""
    plain = f"{abs(Decimal(amount).scaleb(-2)):,.2f}"
    swapped = plain.translate({ord(","): thousands, ord("."): mark})
    return ("-" if amount < 0 else "") + swapped


@pytest.mark.parametrize(
    ("thousands", "mark", "decimal"),
    [
        ("", ".", "point"), (",", ".", "point"), (" ", ".", "point"), ("'", ".", "point"),
        ("", ",", "comma"), (".", ",", "comma"), ("\u00a0", ",", "comma"), ("\u202f", ",", "comma"),
        (",", ".", "last"), (".", ",", "last"), ("\u2019", ".", "last"), ("", ",", "last"),
    ],
)  # fmt: skip
@given(cents)
def test_an_amount_written_by_a_convention_is_read_back_by_it(
    thousands: str, mark: str, decimal: DecimalMark, amount: int
) -> None:
    text = written(amount, thousands, mark)
    assert values.parse_money(text, decimal) == amount / 100
    assert values.parse_number(text, decimal) == pytest.approx(amount / 100, abs=1e-3)
    for shape in ("€{}", "EUR {}", "{} EUR", " {} ", "{}€"):
        assert values.parse_money(shape.format(text), decimal) == amount / 100
    if amount > 0:
        for shape in ("-{}", "{}-", "({})", "-$ {}", "$-{}", "(${})", "{} CHF-", "\u2212{}"):
            assert values.parse_money(shape.format(text), decimal) == -amount / 100


@pytest.mark.parametrize(
    ("text", "decimal", "amount"),
    [
        ("1.234,50", "point", 1.23),  # commas are passed over: 1.23450, in cents
        ("12,50", "point", 1250.0),
        ("12.5", "last", 125.0),
        ("1.234", "last", 1234.0),
        ("1.234.567", "last", 1234567.0),
        ("1.234.567", "point", None),
        ("1,234,567", "comma", None),
        ("12.-", "point", 12.0),
        ("1'200,--", "comma", 1200.0),
        (".5", "point", 0.5),
        ("0.005", "point", 0.01),
        ("-0", "point", 0.0),
        ("+3", "point", 3.0),
    ],
)
def test_each_convention_does_what_it_says(
    text: str, decimal: DecimalMark, amount: float | None
) -> None:
    assert values.parse_money(text, decimal) == amount


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "page 12", "12 34", "5 - 3", "--5", "-(5)", "-5-", "(5", "5)", "$", "1e5",
     "12%", "1.", "five", "12 12.50", "1" * 61, "9" * 16, "nan", "inf", "١٢"],
)  # fmt: skip
def test_what_is_no_amount_is_empty(text: str) -> None:
    assert values.parse_money(text, "last") is None
    assert values.parse_number(text, "last") is None


@given(texts, st.sampled_from(["point", "comma", "last"]))
def test_any_text_is_an_amount_in_cents_or_empty(text: str, decimal: DecimalMark) -> None:
    amount = values.parse_money(text, decimal)
    assert amount is None or amount == values.round_half_up(amount, 2)


def test_numbers_stay_lists_are_mapped_and_the_rest_is_empty() -> None:
    assert values.parse_money((1234.567, "2", None, ["3", True])) == (
        1234.567,
        2.0,
        None,
        (3.0, None),
    )
    assert values.parse_money(float("nan")) is None
    assert values.parse_number("1.2345") == 1.2345
    assert values.parse_number("€5") is None
    assert values.parse_date(["2024-03-05", "soon", 5]) == ("2024-03-05", None, None)
    assert values.round_half_up((1, 2.5, "x")) == (1, 3.0, None)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_written_in_an_order_is_read_back_by_it(day: date) -> None:
    iso = day.isoformat()
    y, m, d = iso.split("-")
    month = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
             "October", "November", "December"][int(m) - 1]  # fmt: skip
    for mark in "-/. ":
        assert values.parse_date(mark.join([d, m, y]), "dmy") == iso
        assert values.parse_date(mark.join([m, d, y]), "mdy") == iso
        assert values.parse_date(mark.join([y, m, d]), "dmy") == iso
    assert values.parse_date(y + m + d) == values.parse_date(d + m + y, "dmy") == iso
    for worded in (
        f"{int(d)} {month} {y}",
        f"{month[:3]}. {d}, {y}",
        f"Monday, {d}th of {month} {y}",
    ):
        assert values.parse_date(worded, "mdy") == iso


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("03/04/24", "dmy", "2024-04-03"),
        ("03/04/24", "mdy", "2024-03-04"),
        ("03/04/69", "mdy", "1969-03-04"),
        ("31/02/2024", "dmy", None),
        ("13/13/2024", "mdy", None),
        ("3-4/24", "dmy", None),
        ("1.2.024", "dmy", None),
        ("5 Brumaire 2024", "dmy", None),
        ("tomorrow", "dmy", None),
        ("2024-03-05 and more", "ymd", None),
        ("0000-01-01", "ymd", None),
    ],
)
def test_dates_that_depend_on_the_order_and_dates_that_are_none(
    text: str, order: Order, iso: str | None
) -> None:
    assert values.parse_date(text, order) == iso


@given(cents)
def test_money_rounds_half_away_from_zero(amount: int) -> None:
    assert values.round_half_up(amount / 100, 2) == amount / 100
    # Exactly half a cent more, as the shortest decimal says it.
    half = float(Decimal(abs(amount) % 10**9).scaleb(-2) + Decimal("0.005"))
    assert values.round_half_up(half, 2) == (abs(amount) % 10**9 + 1) / 100
    assert values.round_half_up(-half, 2) == -values.round_half_up(half, 2)


@given(st.lists(st.integers(min_value=-(10**8), max_value=10**8), max_size=30))
def test_cents_add_up_to_cents_in_any_order(amounts: list[int]) -> None:
    lines = tuple(amount / 100 for amount in amounts)
    assert values.total(lines) == values.total(lines[::-1]) == sum(amounts) / 100
    assert values.count(lines) == len(amounts)


def test_sums_and_counts_of_what_is_no_list() -> None:
    assert values.total(5) == 5
    assert values.total((1, 2)) == 3
    assert values.total("5") is values.total(None) is values.total((1, None)) is None
    assert values.total((True, 1)) is None
    assert values.count("one") == 1
    assert values.count(None) is None


@given(cents.filter(lambda amount: abs(amount) < 10**9), st.integers(min_value=0, max_value=1000))
def test_amounts_are_close_within_so_many_cents_exactly(amount: int, gap: int) -> None:
    assert values.close(amount / 100, (amount + gap) / 100, gap / 100) is True
    assert values.close(amount / 100, (amount - gap - 1) / 100, gap / 100) is False


def test_closeness_of_what_is_no_number() -> None:
    assert values.close("Corvin  PAPER", "corvin paper") is True
    assert values.close((1, 2), (1, 2.005), 0.01) is True
    assert values.close((1,), (1, 1)) is False
    assert values.close(True, True) is True
    assert values.close("5", 5) is values.close(None, 5) is values.close(None, None) is None
    assert values.close((1, None), (2, 1)) is False
    assert values.close((1, None), (1, 1)) is None


def test_tests_of_a_value_and_of_every_item() -> None:
    assert values.allowed(" Credit  Note", ("invoice", "credit note")) is True
    assert values.allowed("receipt", ("invoice",)) is False
    assert values.allowed(5.0, ("5",)) is True
    assert values.allowed(True, ("true",)) is True
    assert values.allowed(("invoice", "x"), ("invoice",)) is False
    assert values.allowed((), ("invoice",)) is True
    assert values.allowed(None, ("invoice",)) is values.allowed(" ", (" ",)) is None
    assert values.matches("INV-12", r"INV-\d+") is True
    assert values.matches("INV-12 ", r"INV-\d+") is False
    assert values.matches(12, r"\d+") is True
    assert values.matches(None, ".*") is values.matches("x" * 2001, ".*") is None
    assert values.occurs_in("net  30\u00a0DAYS", "Terms: Net 30 days.") is True
    assert values.occurs_in(("net 30", "net 60"), "Terms: Net 30 days.") is False
    assert values.occurs_in("", "anything") is None


def test_a_hostile_pattern_gives_up_and_a_bad_one_is_an_error() -> None:
    assert values.matches("a" * 200 + "b", r"(a|aa|a?)+$(?:x)?c*(a|aa)+d") is not True
    assert values.matches("a" * 60 + "!", r"(?:(a|a|b?)+)+$(?<!z)\b") in (None, False)
    with pytest.raises(ValueError, match="is not a pattern"):
        values.matches("x", "(")
    with pytest.raises(ValueError, match="is not a pattern"):
        values.check_pattern("[")
    with pytest.raises(ValueError, match=r"more than 10,000 times"):
        values.check_pattern("((a{9999}){9999}){9999}")
    values.check_pattern(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}")


@given(texts)
def test_case_spaces_and_encoding_make_no_difference(text: str) -> None:
    spaced = "  ".join(["", *text.split(), ""])
    assert values.canonical(spaced) == values.canonical(text) == values.canonical(text, "text")
    assert values.canonical(values.folded(text)) == values.canonical(text)


@given(cents)
def test_copies_of_an_amount_are_the_same_amount(amount: int) -> None:
    noise = 1e-7 if abs(amount) < 10**9 else 0
    copies = (amount / 100, f"{amount / 100:.2f}", amount / 100 + noise)
    same = {values.canonical(copy, "money") for copy in copies}
    assert same == {amount}


def test_kinds_of_values_compare_by_what_they_mean() -> None:
    assert values.canonical("Café", "text") == values.canonical("cafe\u0301", "text")
    assert values.canonical(5, "number") == values.canonical("5.0", "number") == 5
    assert values.canonical("5 March 2024", "date") == "2024-03-05"
    assert values.canonical("soon", "date") == "soon"
    assert values.canonical("Yes", "boolean") is True
    assert values.canonical(False, "boolean") is values.canonical(False) is False
    assert values.canonical(7, "record") == values.canonical("7", "record") == "7"
    assert values.canonical("1,234.50", "money") == "1,234.50"
    assert values.canonical(["A", None, ""], "choice") == ("a", None, None)
    assert values.canonical("  ", "text") is values.canonical(None, "money") is None
    assert values.canonical(2) == values.canonical(2.0)


def test_days_between_dates() -> None:
    assert values.days_between("2024-02-28", "2024-03-01") == 2
    assert values.days_between("2024-03-01", "2024-02-28") == -2
    assert values.days_between("2024-03-01", None) is None
    assert values.days_between("soon", "2024-03-01") is None


def test_a_record_repeats_the_first_earlier_one_within_the_window() -> None:
    keys = dict.fromkeys("abcd", ("corvin", 100)) | {"e": ("other", 100), "f": (None, 100)}
    dates = {"a": "2024-01-01", "b": "2024-01-09", "c": "2024-01-12", "d": None}
    order = "abcdef"
    assert values.first_same(order, keys) == {
        "a": None, "b": "a", "c": "a", "d": "a", "e": None, "f": None,
    }  # fmt: skip
    assert values.first_same(order, keys, dates, 8) == {
        "a": None, "b": "a", "c": "b", "d": None, "e": None, "f": None,
    }  # fmt: skip
    assert values.first_same("ff", {"f": (None,)}) == {"f": None}


@given(st.permutations("abcdefgh"), st.integers(min_value=0, max_value=3))
def test_unrelated_records_do_not_matter(order: list[str], days: int) -> None:
    keys = {name: (name in "abc", 1) if name in "abc" else (name,) for name in "abcdefgh"}
    dates = {name: f"2024-01-0{number + 1}" for number, name in enumerate("abcdefgh")}
    related = [name for name in order if name in "abc"]
    found = values.first_same(order, keys, dates, days)
    assert {name: found[name] for name in related} == values.first_same(related, keys, dates, days)
    assert not any(found[name] for name in "defgh")
