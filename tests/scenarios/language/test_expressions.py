"""The sandbox: right answers, plain refusals, and nothing that runs or hangs."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.language.expressions import Uncomputable, check, evaluate, names_in
from scenarios.language.syntax import MAX_LENGTH

SOON = 5.0
"""Seconds that tell an expression that hangs from a machine that is busy."""

ROW: dict[str, Any] = {
    "total": 12.5,
    "lines": (10.0, 2.0, 0.5),
    "kind": "credit note",
    "printed": "1.234,50",
    "day": "2024-03-01",
    "due": "2024-03-31",
    "none": None,
    "n": 3,
    "got": {"pay": 10.0},
    "true": {"pay": 12.5},
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-total if kind == 'credit note' else total", -12.5),
        ("abs(total - sum(lines)) < 0.005", True),
        ("0 if none else total", 12.5),
        ("none == None and none is None and not none", True),
        ("none != None", False),
        ("total is not None", True),
        ("kind in ['invoice', 'credit note']", True),
        ("'note' in kind and kind not in ('invoice',)", True),
        ("0.1 + 0.2", 0.3),
        ("0.1 + 0.2 == 0.3 and 0.3 - 0.29 <= 0.01 and not 0.3 - 0.29 > 0.01", True),
        ("0.3 in [0.1 + 0.2] and [0.1 + 0.2] == [0.3]", True),
        ("1 < 2 <= 2 < 3", True),
        ("lines + [1]", (10.0, 2.0, 0.5, 1)),
        ("sum(lines) / len(lines)", 4.166666667),
        ("min(lines) + max(1, 2, n)", 3.5),
        ("count(lines) + count(total)", 4),
        ("len(kind)", 11),
        ("round(2.5) + round(0.125, 2)", 3.13),
        ("parse_money(printed, 'last') + parse_number('1,5', decimal='comma')", 1236.0),
        ("parse_money('nothing') or 0", 0),
        ("days(day, due) > 14 and day < due", True),
        ("parse_date('03/04/24', order='dmy')", "2024-04-03"),
        ("lower('AbC') + 'd'", "abcd"),
        ("7 // 2 + 7 % 4 + 2 ** 10 - +1", 1029),
        ("got.pay - true.pay", -2.5),
        ("(total\n  + 1)  # a note\n", 13.5),
        ("(total > 1) + (n > 5) == 1", True),
    ],
)
def test_it_computes(text: str, value: object) -> None:
    check(text, [*ROW, "got.pay", "true.pay"])
    result = evaluate(text, ROW)
    assert result == value
    assert type(result) is type(value)


def test_names_come_in_order_of_first_use_without_functions() -> None:
    assert names_in("-total if kind == 'x' else sum(lines) + total") == ("total", "kind", "lines")
    assert names_in("abs(got.pay - true.pay)") == ("got.pay", "true.pay")
    assert names_in("a\n+ b") == ("a", "b")
    assert names_in("1 + 1") == ()


def test_a_name_may_be_that_of_a_function() -> None:
    assert evaluate("count + sum([round])", {"count": 1, "round": 2}) == 3
    with pytest.raises(ValueError, match="unknown name 'abs'"):
        check("abs", ["total"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("total +", "is not an expression"),
        ("total = 5", "compare with =="),
        ("1) + (2", "is not an expression"),
        ("total; n", "is not an expression"),
        ("class", "is not an expression"),
        ("total\x00", "is not an expression"),
        ("tota + 1", "unknown name 'tota'; did you mean 'total'"),
        ("got.wages", "unknown name 'got.wages'"),
        ("summ(lines)", "unknown function 'summ'; did you mean 'sum'"),
        ("abs()", "does not call abs"),
        ("abs(1, 2)", "does not call abs"),
        ("parse_money(printed, mark='last')", "does not call parse_money"),
        ("parse_money(printed, 'middle')", "decimal of parse_money.. is one of 'point', 'comma'"),
        ("parse_date(printed, order=kind)", "order of parse_date"),
        ("total is n", "compare with =="),
        ("9" * 20, "too large"),
        ("-" * 80 + "1", "nested"),
        ("x" * (MAX_LENGTH + 1), "is longer than 1,000 characters"),
        ("lines[0]", "not available"),
        ("total.real.imag", "not available"),
        ("kind.upper()", "not available"),
        ("(lambda: 1)()", "not available"),
        ("[x for x in lines]", "not available"),
        ("{1: 2}", "not available"),
        ("{1}", "not available"),
        ("f'{total}'", "not available"),
        ("b'x'", "not available"),
        ("1j", "not available"),
        ("...", "not available"),
        ("(x := 1)", "not available"),
        ("abs(*lines)", "not available"),
        ("abs(**lines)", "does not call abs"),
        ("n << 9", "not available"),
        ("~n", "not available"),
        ("n | 1", "not available"),
        ("await n", "not available"),
    ],
)
def test_what_could_never_run_is_refused_in_plain_words(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check(text, [*ROW, "got.pay"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("total + none", "'none' is empty"),
        ("total + missing", "'missing' is empty"),
        ("got.missing + 1", "'got.missing' is empty"),
        ("none < 1", "'none' is empty"),
        ("none in none", "'none' is empty"),
        ("min(none, 1)", "'none' is empty"),
        ("sum(none)", "'none' is empty"),
        ("count(none)", "'none' is empty"),
        ("days(day, none)", "'none' is empty"),
        ("total + kind", "wrong type"),
        ("kind < 1", "wrong type"),
        ("sum(['a'])", "wrong type"),
        ("kind * 3", "wrong type"),
        ("kind % n", "wrong type"),
        ("lower(total)", "wrong type"),
        ("-kind", "wrong type"),
        ("round(total, 99)", "wrong type"),
        ("(-1) ** 0.5", "wrong type"),
        ("min([])", "wrong type"),
        ("total / 0", "divides by zero"),
        ("total % 0", "divides by zero"),
        ("10 ** 60", "too large"),
        ("9 ** 9 ** 9", "too large"),
        ("2 ** -1000", "too large"),
        ("99999999999999 * 99", "too large"),
        ("got", "no number, text"),
    ],
)
def test_what_has_no_result_says_why(text: str, reason: str) -> None:
    for _ in range(2):  # computed, then cached
        with pytest.raises(Uncomputable, match=reason):
            evaluate(text, ROW)


def test_values_from_outside_are_held_to_the_same_limits() -> None:
    for number in (float("nan"), float("inf"), 10**400, 1e300):
        with pytest.raises(Uncomputable):
            evaluate("a", {"a": number})
        with pytest.raises(Uncomputable):
            evaluate("a + 1", {"a": number})
    with pytest.raises(Uncomputable, match="too large"):
        evaluate("a + a", {"a": "x" * 60_000})
    for value in (len, object(), {1: 2}, {1}, b"x", 1j):
        with pytest.raises(Uncomputable):
            evaluate("a", {"a": value})
    assert evaluate("a", {"a": [1, [2, 3]]}) == (1, (2, 3))


def test_what_was_computed_before_does_not_matter() -> None:
    for value in (1, True, 1.0, (1, 0), (True, False), (1.0, 0.0)):
        assert repr(evaluate("a", {"a": value})) == repr(value)
        assert repr(evaluate("[a]", {"a": value})) == repr((value,))
    assert repr(evaluate("a", {"a": 0.0})) == repr(evaluate("a", {"a": -0.0})) == "0.0"


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
plain = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=5)
names = st.sampled_from(["a", "b", "c"])
atoms = names | st.sampled_from(["0", "1", "2.5", "'x'", "None", "True", "[]", "9e9", "10 ** 14"])
operators = st.sampled_from(
    ["+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", ">=", "in", "not in", "and", "or"]
)
functions = st.sampled_from(
    ["abs", "sum", "min", "max", "round", "len", "count", "lower", "parse_money", "parse_date"]
)
expressions = st.recursive(
    atoms,
    lambda inner: (
        st.tuples(inner, operators, inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})")
        | st.tuples(functions, inner).map(lambda p: f"{p[0]}({p[1]})")
        | st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})")
        | st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | inner.map(lambda item: f"(-{item})")
    ),
    max_leaves=15,
)


def is_plain(value: object) -> bool:
    if isinstance(value, tuple):
        return all(map(is_plain, value))
    return value is None or type(value) in (int, float, str, bool)


@given(expressions, st.fixed_dictionaries({"a": plain, "b": plain, "c": scalars}))
def test_any_expression_over_any_values_gives_a_plain_value_or_none_at_all(
    text: str, row: dict[str, Any]
) -> None:
    started = time.perf_counter()
    try:
        check(text, row)
        assert set(names_in(text)) <= set(row)
        result = evaluate(text, row)
    except (ValueError, Uncomputable):
        pass
    else:
        assert is_plain(result)
        assert repr(evaluate(text, row)) == repr(result)
    assert time.perf_counter() - started < SOON


HOSTILE = [
    "__import__('os').system('true')", "().__class__.__bases__[0].__subclasses__()",
    "a.__class__", "a.__class__.__mro__", "abs.__globals__", "abs.__self__", "'{}'.format(a)",
    "'%999999999d' % 1", "'x' * 10 ** 9", "[0] * 10 ** 9", "9 ** 9 ** 9 ** 9", "open('x')",
    "eval('1')", "exec('1')", "getattr(a, 'b')", "type(a)", "globals()", "[i for i in a]",
    "max(a, key=len)", "sum(a, a)", "lower(a.b.c)", "abs(abs)", "len.__call__(a)", "(yield)",
    "f'{a!r:>999999}'", "'a' 'b' if a else __builtins__", "1 if (a := 2) else a", "a.b()",
    "a @ a", "not " * 200 + "a", "(" * 100 + "a" + ")" * 100, "[" * 300, "- " * 500 + "1",
    "a" + "+a" * 490, "'" + "x" * 990 + "'", "0x" + "f" * 900, "1e999", "1_000", "\\", "\x1b[2J",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("value", [1, "x" * 1000, (1, 2) * 500])
def test_hostile_expressions_end_at_once_with_nothing(text: str, value: Any) -> None:
    started = time.perf_counter()
    try:
        result = evaluate(text, {"a": value})
    except (ValueError, Uncomputable):
        pass
    else:
        assert is_plain(result)
    assert time.perf_counter() - started < SOON


@given(st.text(max_size=60) | st.lists(st.sampled_from(HOSTILE), min_size=2).map(" ".join))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        check(text, ["a"])
        evaluate(text, {"a": 1})
    except (ValueError, Uncomputable):
        pass
