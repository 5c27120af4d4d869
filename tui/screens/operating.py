"""Asking what an operation of code is to do: which one, on what, and with which conventions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import App

from scenarios.language import expressions
from scenarios.language.values import check_pattern
from scenarios.model import NAME
from tui.widgets.form import Entry, Form, Judge
from tui.widgets.picker import Choice, ManyPicker, Picker

OPERATIONS = [
    Choice("to", "work it out", "as in total * 2, or a if b == 'x' else c"),
    Choice("parse_money", "read an amount", "text like 1.234,50 becomes a number"),
    Choice("parse_number", "read a number", "text becomes a number"),
    Choice("parse_date", "read a date", "text becomes a date"),
    Choice("round", "round", "to so many places"),
    Choice("sum", "add up", "the numbers of a list"),
    Choice("count", "count", "the items of a list"),
    Choice("compare", "compare two", "whether they are the same, within a tolerance"),
    Choice("duplicate_of", "find repeats", "the earlier record that agrees on some values"),
    Choice("look_up", "look up", "in the table of a document"),
    Choice("allowed", "test for allowed values", "whether it is one of those that you list"),
    Choice("pattern", "test for a pattern", "whether it has a form, such as [0-9]+"),
    Choice("occurs_in_source", "test whether it stands there", "in the text of the record"),
]
DECIMALS = [
    Choice("point", "point", "1,234.50 (what is taken where you say nothing)"),
    Choice("comma", "comma", "1.234,50"),
    Choice("last", "last", "the last sign before two digits: both of the above"),
]
DATES = [
    Choice("ymd", "year month day", "2025-07-23 (what is taken where you say nothing)"),
    Choice("dmy", "day month year", "23.7.2025"),
    Choice("mdy", "month day year", "7/23/2025"),
]
_OPTIONS: Mapping[str, tuple[str, list[Choice[str]]]] = {
    "parse_money": ("decimal", DECIMALS),
    "parse_number": ("decimal", DECIMALS),
    "parse_date": ("order", DATES),
}


@dataclass(frozen=True)
class Given:
    """What there is to work with: names with where each is from, and tables of documents."""

    names: Mapping[str, str]
    tables: Mapping[str, Sequence[str]]
    """The columns of each document that is read and is a table."""
    wanted: Sequence[str] = ()
    """Results of the step that no operation sets yet."""


async def ask_operation(
    app: App[Any], given: Given, before: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """An operation as a plan file has it, or None where the learner leaves it."""
    old = dict(before or {})
    kind = next((one.value for one in OPERATIONS if one.value in old), None)
    if kind is None:
        kind = await app.push_screen_wait(Picker("What is to be done?", OPERATIONS))
    if kind is None:
        return None
    asked = await _on_what(app, kind, given, old)
    if asked is None:
        return None
    if kind in _OPTIONS:
        option, choices = _OPTIONS[kind]
        value = await app.push_screen_wait(
            Picker("How is it written?", choices, old.get(option, choices[0].value))
        )
        if value is None:
            return None
        if value != choices[0].value:
            asked[option] = value
    return await _finish(app, kind, given, old, asked)


async def _on_what(
    app: App[Any], kind: str, given: Given, old: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The values that an operation works on."""
    choices = [Choice(name, name, f"from {source}") for name, source in given.names.items()]
    if kind == "to":
        return {}
    if kind == "duplicate_of":
        keys = await app.push_screen_wait(
            ManyPicker("Records are the same when they agree on:", choices, old.get(kind, ()))
        )
        return {kind: keys} if keys else None
    if kind == "compare":
        both = list(old.get(kind) or (None, None))
        first = await app.push_screen_wait(Picker("Compare what?", choices, both[0]))
        second = await app.push_screen_wait(Picker("With what?", choices, both[-1]))
        return {kind: [first, second]} if first is not None and second is not None else None
    value = await app.push_screen_wait(Picker("Of which value?", choices, old.get(kind)))
    if value is None:
        return None
    if kind != "look_up":
        return {kind: value}
    table = await app.push_screen_wait(
        Picker("In which table? (Read a document with one.)",
               [Choice(name, name, ", ".join(columns)) for name, columns in given.tables.items()],
               old.get("document"))
    )  # fmt: skip
    if table is None:
        return None
    columns = [Choice(name, name) for name in given.tables[table]]
    match = await app.push_screen_wait(
        Picker("Which column holds the value?", columns, old.get("match"))
    )
    give = await app.push_screen_wait(Picker("Which column is wanted?", columns, old.get("give")))
    if match is None or give is None:
        return None
    return {kind: value, "document": table, "match": match, "give": give}


async def _finish(
    app: App[Any], kind: str, given: Given, old: Mapping[str, Any], asked: dict[str, Any]
) -> dict[str, Any] | None:
    """What is typed: the name of the result, and what else the operation takes."""
    entries = []
    if kind == "to":
        entries.append(
            Entry("to", "Expression", str(old.get("to", "")), judge=expression("to", given.names))
        )
    entries += _entries(kind, old)
    name = str(old.get("set") or (given.wanted[0] if given.wanted else ""))
    entries.append(Entry("set", "Name of the result", name, "total", judge=_name))
    about = f"Names: {', '.join(given.names) or 'none yet'}." if kind == "to" else ""
    if kind == "to":
        about += " Also abs, sum, min, max, round, count, days, lower; and, or, not, in, if else."
    title = next(one.name for one in OPERATIONS if one.value == kind)
    filled = await app.push_screen_wait(Form(title.capitalize(), entries, about))
    if filled is None:
        return None
    made: dict[str, Any] = {"set": filled["set"], **asked}
    if kind == "to":
        made["to"] = filled["to"]
    elif kind == "round":
        made["places"] = int(filled["places"])
    elif kind == "compare" and float(filled["within"]):
        made["within"] = float(filled["within"])
    elif kind == "allowed":
        made["values"] = items(filled["values"])
    elif kind == "pattern":
        made["like"] = filled["like"]
    elif kind == "duplicate_of" and filled["days"]:
        date = (old.get("within") or {}).get("of")
        choices = [Choice(one, one, f"from {source}") for one, source in given.names.items()]
        of = await app.push_screen_wait(Picker("Days between which dates?", choices, date))
        if of is None:
            return None
        made["within"] = {"days": int(filled["days"]), "of": of}
    return made


def _entries(kind: str, old: Mapping[str, Any]) -> list[Entry]:
    if kind == "round":
        return [Entry("places", "Places", str(old.get("places", 2)), judge=whole("places", 9))]
    if kind == "compare":
        return [Entry("within", "Tolerance", str(old.get("within", 0)), judge=_number("within"))]
    if kind == "allowed":
        values = "; ".join(map(str, old.get("values", ())))
        return [Entry("values", "Allowed values, with ; between them", values,
                      judge=_some("values"))]  # fmt: skip
    if kind == "pattern":
        return [Entry("like", "Pattern (a regular expression)", str(old.get("like", "")),
                      judge=_pattern)]  # fmt: skip
    if kind == "duplicate_of":
        days = str((old.get("within") or {}).get("days", ""))
        return [Entry("days", "At most so many days apart (empty: however many)", days,
                      judge=whole("days", 100_000, empty=True))]  # fmt: skip
    return []


def items(text: str) -> list[str]:
    """The items of a list as it is typed: with ';' between them, or commas where there is none."""
    between = ";" if ";" in text else ","
    return [item.strip() for item in text.split(between) if item.strip()]


# What is wrong with what is typed


def expression(key: str, names: Mapping[str, Any], *, empty: bool = False) -> Judge:
    """Judges an expression over some names."""

    def judge(filled: Mapping[str, str]) -> str | None:
        if not filled[key]:
            return None if empty else "Write an expression."
        try:
            expressions.check(filled[key], names)
        except ValueError as error:
            return f"It {error}"
        return None

    return judge


def _name(filled: Mapping[str, str]) -> str | None:

    if re.fullmatch(NAME, filled["set"]):
        return None
    return "A name has small letters, digits and _, and begins with a letter."


def whole(key: str, most: int, *, least: int = 0, empty: bool = False) -> Judge:
    """Judges a whole number from `least` to `most`."""

    def judge(filled: Mapping[str, str]) -> str | None:
        text = filled[key]
        if empty and not text:
            return None
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return None
        from_ = f"from {least} to {most}" if least else f"at most {most}"
        return f"Write a whole number, {from_}."

    return judge


def _number(key: str) -> Judge:
    def judge(filled: Mapping[str, str]) -> str | None:
        return None if _is_amount(filled[key]) else "Write a number, such as 0.01."

    return judge


def _is_amount(text: str) -> bool:
    try:
        return 0 <= float(text) < 1e12
    except ValueError:
        return False


def _some(key: str) -> Judge:
    return lambda filled: None if items(filled[key]) else "Write at least one."


def _pattern(filled: Mapping[str, str]) -> str | None:
    if not filled["like"]:
        return "Write a pattern."
    try:
        check_pattern(filled["like"])
    except ValueError as error:
        return f"It {error}"
    return None
