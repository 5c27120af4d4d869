"""What can be done to values: the palette of Tally's operations and of the authors' formulas.

Every function is pure. What cannot be computed is None (empty), never an error, so that a value
that nobody delivered stays empty all the way down. Conversions map over lists and leave numbers
as they are; a test of a list is true when it is true of every item.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import regex  # type: ignore[import-untyped]

from scenarios.language.amounts import LARGEST, DecimalMark, half_up, read_amount
from scenarios.language.dates import Order, read_date
from scenarios.model import Kind, Value

ALIKE = 1e-7
"""Numbers that are closer than this are the same number: amounts are seldom exact floats."""

_LONGEST_MATCHED = 2_000
_PATTERN_SECONDS = 0.1
_REPEATS = regex.compile(r"\{(\d*),?(\d*)\}")
_MOST_REPEATS = 10_000
_PLAIN_NUMBER = regex.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def is_number(value: Value) -> bool:
    """Whether it is a finite number that still tells cents apart; true and false are not."""
    return type(value) in (int, float) and abs(value) < LARGEST


def as_text(value: Value) -> str:
    """A value as it would be written down: 5.0 is "5", True is "true", empty is ""."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_number(value):
        return str(int(value)) if value == int(value) else repr(value)
    return "" if value is None else str(value)


def parse_money(value: Value, decimal: DecimalMark = "point") -> Value:
    """The amount of money, rounded to cents, that a text states by the convention `decimal`.

    None for what is no amount. `read_amount` says what is read how, and what goes wrong when the
    convention is not the one that the text was written in.
    """
    return _converted(value, lambda text: read_amount(text, decimal, money=True))


def parse_number(value: Value, decimal: DecimalMark = "point") -> Value:
    """The number that a text states: as `parse_money`, without currency and without rounding."""
    return _converted(value, lambda text: read_amount(text, decimal, money=False))


def parse_date(value: Value, order: Order = "ymd") -> Value:
    """The date that a text states, as ISO text ("2024-03-05"); None for what is no date."""
    if isinstance(value, tuple | list):
        return tuple(parse_date(item, order) for item in value)
    found = read_date(value, order) if isinstance(value, str) else None
    return found.isoformat() if found else None


def round_half_up(value: Value, places: int = 0) -> Value:
    """Numbers rounded to `places` decimals, ties away from zero; None for what is no number."""
    if isinstance(value, tuple | list):
        return tuple(round_half_up(item, places) for item in value)
    if not is_number(value):
        return None
    return value if isinstance(value, int) else half_up(value, places)


def total(value: Value) -> Value:
    """The sum of a list of numbers, to nine decimals, so that cents add up to cents.

    A single number is its own sum. None where an item is no number.
    """
    if not isinstance(value, tuple | list):
        return value if is_number(value) else None
    if not all(map(is_number, value)):
        return None
    return sum(value) if all(type(item) is int for item in value) else round(math.fsum(value), 9)


def count(value: Value) -> int | None:
    """How many items a list has, empty ones included; 1 for any other value, None for none."""
    if isinstance(value, tuple | list):
        return len(value)
    return None if value is None else 1


def close(a: Value, b: Value, within: float = 0.0) -> bool | None:
    """Whether two numbers differ by `within` at most, or two texts agree but for case and spaces.

    Lists are compared item by item and differ where their lengths do. None for what cannot be
    compared: a text with a number, anything with an empty value.
    """
    if isinstance(a, tuple | list) and isinstance(b, tuple | list):
        if len(a) != len(b):
            return False
        return _every(close(x, y, within) for x, y in zip(a, b, strict=True))
    if is_number(a) and is_number(b):
        return bool(abs(a - b) <= within + ALIKE)
    if type(a) is type(b) and isinstance(a, str | bool):
        return bool(canonical(a) == canonical(b))
    return None


def allowed(value: Value, values: Collection[str]) -> bool | None:
    """Whether it is one of `values`, but for case and spaces; None for an empty value."""
    known = {folded(item) for item in values}
    return _tested(value, lambda text: folded(text) in known)


def check_pattern(pattern: str) -> None:
    """Raise ValueError, with a plain message, where `pattern` is no regular expression to run."""
    counts = (max(int(n or 1) for n in found.groups()) for found in _REPEATS.finditer(pattern))
    if math.prod(max(n, 1) for n in counts) > _MOST_REPEATS:
        # Counted repeats are compiled by copying what they repeat: nested ones exhaust the memory.
        raise ValueError(f"is not a pattern: it repeats more than {_MOST_REPEATS:,} times")
    try:
        regex.compile(pattern)
    except (regex.error, RecursionError) as error:
        raise ValueError(f"is not a pattern: {error}") from None


def matches(value: Value, pattern: str) -> bool | None:
    """Whether the whole text matches the regular expression `pattern` (of the `regex` package).

    None for an empty value, for a text of more than 2,000 characters and where the pattern takes
    too long. Raises ValueError where `check_pattern` does.
    """
    return _tested(value, lambda text: _matches(text, pattern))


def occurs_in(value: Value, source: str) -> bool | None:
    """Whether the text stands in `source`, but for case and spaces; None for an empty value."""
    return _tested(value, lambda text: folded(text) in folded(source))


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """`text` without differences of case, of spaces and of how accents are encoded."""
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def canonical(value: Value, kind: Kind | None = None) -> Value:
    """The form in which two people's copies of a value are equal where they mean the same.

    Money is whole cents, a number has nine decimals, a date is ISO text, a boolean also reads
    yes and no, anything else is folded text; lists go item by item, and blank text is empty
    (None). Money and numbers are also read from text, if it is plain digits with a point: other
    ways of writing them are not the value that was asked for. Without a `kind` the value's own
    type decides. What does not fit its kind is compared as text.
    """
    if isinstance(value, tuple | list):
        return tuple(canonical(item, kind) for item in value)
    if value is None or (kind is None and isinstance(value, bool)):
        return value
    if kind is None and is_number(value):
        return round(value, 9)
    text = folded(as_text(value))
    if kind == "boolean":
        return _TRUTH.get(text, text or None)
    if kind in ("money", "number"):
        if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(text):
            value = float(text)
        if is_number(value):
            return round(half_up(value, 2) * 100) if kind == "money" else round(value, 9)
    if kind == "date":
        return parse_date(text, "ymd") or text or None
    return text or None


def days_between(a: Value, b: Value) -> int | None:
    """The days from date `a` to date `b`, negative where `b` is earlier; None without two dates."""
    if not (isinstance(a, str) and isinstance(b, str)):
        return None
    start, end = read_date(a, "ymd"), read_date(b, "ymd")
    return (end - start).days if start and end else None


def first_same(
    order: Sequence[str],
    keys: Mapping[str, tuple[Value, ...]],
    dates: Mapping[str, Value] | None = None,
    within_days: int | None = None,
) -> dict[str, str | None]:
    """For each record the first earlier one that it repeats, or None.

    `order` are the records' ids; `keys` their key values in canonical form, all of which must be
    equal (an empty one equals nothing). With `within_days`, the records' `dates` must also lie at
    most so many days apart, and a record without a date repeats nothing.
    """
    out: dict[str, str | None] = {}
    seen: dict[tuple[Value, ...], list[str]] = {}
    for record in order:
        key = keys[record]
        earlier = [] if None in key else seen.setdefault(key, [])
        if within_days is None:
            out[record] = earlier[0] if earlier else None
        else:
            dates = dates or {}
            days = ((other, days_between(dates.get(other), dates.get(record))) for other in earlier)
            out[record] = next(
                (other for other, gap in days if gap is not None and abs(gap) <= within_days), None
            )
        earlier.append(record)
    return out


def group_members(
    keys: Mapping[str, tuple[Value, ...]],
    dates: Mapping[str, Value] | None = None,
    within_days: int | None = None,
) -> dict[str, tuple[str, ...] | None]:
    """For each record the ids of those that agree with it, itself included, in their order.

    `keys` are by id and in canonical form; all of them must be equal. With `within_days`, the
    others' `dates` must also lie at most so many days from its own. None for a record with an
    empty key, or without the date that is needed: nobody can say whom it belongs to.
    """
    alike: dict[tuple[Value, ...], list[str]] = {}
    for record, key in keys.items():
        alike.setdefault(key, []).append(record)

    def near(a: str, b: str) -> bool:
        assert dates is not None
        gap = days_between(dates.get(a), dates.get(b))
        return gap is not None and abs(gap) <= (within_days or 0)

    out: dict[str, tuple[str, ...] | None] = {}
    for record, key in keys.items():
        mine = alike[key]
        if within_days is not None and dates is not None:
            mine = [other for other in mine if near(record, other)]
        out[record] = tuple(mine) if None not in key and record in mine else None
    return out


def group_totals(
    keys: Mapping[str, tuple[Value, ...]],
    dates: Mapping[str, Value] | None = None,
    within_days: int | None = None,
    amounts: Mapping[str, Value] | None = None,
) -> dict[str, Value]:
    """For each record the sum of the `amounts` of those that agree with it; or how many they are.

    Who agrees is what `group_members` says; a record's own window is about its own date. None
    where it says None, and where an amount is no number.
    """
    out: dict[str, Value] = {}
    for record, members in group_members(keys, dates, within_days).items():
        if members is None or amounts is None:
            out[record] = members and len(members)
        else:
            out[record] = total(tuple(amounts.get(member) for member in members))
    return out


def _converted(value: Value, read: Callable[[str], float | None]) -> Value:
    if isinstance(value, tuple | list):
        return tuple(_converted(item, read) for item in value)
    if isinstance(value, str):
        return read(value)
    return value if is_number(value) else None


def _tested(value: Value, test: Callable[[str], bool | None]) -> bool | None:
    if isinstance(value, tuple | list):
        return _every(_tested(item, test) for item in value)
    text = as_text(value)
    return test(text) if text.strip() else None


def _every(verdicts: Iterable[bool | None]) -> bool | None:
    """False if any is, else None if any could not be computed, else true."""
    known = set(verdicts)
    return False if False in known else None if None in known else True


@lru_cache(maxsize=8192)
def _matches(text: str, pattern: str) -> bool | None:
    check_pattern(pattern)
    if len(text) > _LONGEST_MATCHED:
        return None
    try:
        found = regex.fullmatch(pattern, text, timeout=_PATTERN_SECONDS)
    except TimeoutError:
        return None
    return found is not None
