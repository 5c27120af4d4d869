"""Dates as people write them, read by a stated order of day, month and year."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Order = Literal["ymd", "dmy", "mdy"]

_LONGEST = 40
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_WORDED = (
    re.compile(rf"{_WEEKDAY}{_DAY}[ -](?:of )?{_MONTH},?[ -]{_YEAR}"),
    re.compile(rf"{_WEEKDAY}{_MONTH} {_DAY},? {_YEAR}"),
)
_NUMBERS = re.compile(r"([0-9]{1,4})([-/. ])\s?([0-9]{1,2})\2\s?([0-9]{1,4})")
_COMPACT = re.compile(r"[0-9]{8}")


@lru_cache(maxsize=8192)
def read_date(text: str, order: Order) -> date | None:
    """The date that `text` states, or None where it is not one date and nothing else.

    `order` decides between days, months and years written as numbers ("03/04/24", "03042024").
    A four-digit number in front is the year whatever the order (then month, day), and so is a
    month spelled out in English. Two-digit years are of 1969 to 2068, as POSIX has them.
    """
    text = " ".join(text.split()).lower()
    if len(text) > _LONGEST:
        return None
    for pattern in _WORDED:
        if found := pattern.fullmatch(text):
            return _date(found["year"], _month(found["month"]), found["day"])
    if _COMPACT.fullmatch(text):
        ends = (0, 4, 6, 8) if order == "ymd" else (0, 2, 4, 8)
        parts = [text[start:end] for start, end in pairwise(ends)]
    elif found := _NUMBERS.fullmatch(text):
        parts = [found[1], found[3], found[4]]
    else:
        return None
    by_letter = dict(zip("ymd" if len(parts[0]) == 4 else order, parts, strict=True))
    if len(by_letter["d"]) > 2 or len(by_letter["m"]) > 2:
        return None
    return _date(by_letter["y"], int(by_letter["m"]), by_letter["d"])


def _month(word: str) -> int:
    """The number of a month's English name, of its first three letters or of "sept"; else 0."""
    for number, name in enumerate(_MONTHS, start=1):
        if word in (name, name[:3]) or (word == "sept" and number == 9):
            return number
    return 0


def _date(year: str, month: int, day: str) -> date | None:
    if len(year) not in (2, 4):
        return None
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 69 else 1900
    try:
        return date(number, month, int(day))
    except ValueError:
        return None
