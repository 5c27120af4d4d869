"""What Tally can be told to do: one operation a line, each of which sets a value."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, StringConstraints, Tag
from pydantic import Field as Spec

from scenarios.model import Id, Model, Name

ZONE = r"^([+-][0-9]{2}:[0-9]{2}|epoch)$"


class SetTo(Model):
    """The value of an expression."""

    set: Name
    to: str


class ParseMoney(Model):
    """An amount of money, read from a text."""

    set: Name
    parse_money: Name
    decimal: Literal["point", "comma", "last"] = "point"
    """Which sign sets off the cents; `last`: the last one there is."""


class ParseNumber(Model):
    """A number, read from a text."""

    set: Name
    parse_number: Name
    decimal: Literal["point", "comma", "last"] = "point"
    """Which sign sets off the fraction; `last`: the last one there is."""


class ParseDate(Model):
    """A date, read from a text."""

    set: Name
    parse_date: Name
    order: Literal["ymd", "dmy", "mdy"] = "ymd"
    """In which order year, month and day stand."""


class ParseTime(Model):
    """A time as UTC, read from a clock of a `zone` ("+02:00", or epoch) that is so far off."""

    set: Name
    parse_time: Name
    zone: Annotated[str, StringConstraints(pattern=ZONE)] = "+00:00"
    shift_seconds: float = 0.0


class Round(Model):
    """A number with fewer decimals."""

    set: Name
    round: Name
    places: Annotated[int, Spec(ge=0, le=9)] = 2


class Sum(Model):
    """The sum of a list."""

    set: Name
    sum: Name


class Count(Model):
    """The length of a list."""

    set: Name
    count: Name


class Compare(Model):
    """Whether two values agree."""

    set: Name
    compare: tuple[Name, Name]
    within: Annotated[float, Spec(ge=0)] = 0.0


class Window(Model):
    """At most so many days apart, by a date."""

    days: Annotated[int, Spec(ge=0)]
    of: Name


class DuplicateOf(Model):
    """The id of the first earlier record that agrees on the keys, within the window; else empty."""

    set: Name
    duplicate_of: tuple[Name, ...] = Spec(min_length=1)
    within: Window | None = None


class TotalOf(Model):
    """The sum of `total_of` over the records that agree on `same`, within the window; or a count.

    Without `same`, over all records. A record's window is about its own date.
    """

    set: Name
    total_of: Name | None
    same: tuple[Name, ...] = ()
    within: Window | None = None


class LookUp(Model):
    """The `give` column of the row of a document's table whose `match` column has the value."""

    set: Name
    look_up: Name
    document: Id
    match: str
    give: str


class Allowed(Model):
    """Whether a value is one of those that are allowed."""

    set: Name
    allowed: Name
    values: tuple[str, ...] = Spec(min_length=1)


class Pattern(Model):
    """Whether a text has a form (a regular expression)."""

    set: Name
    pattern: Name
    like: Annotated[str, StringConstraints(max_length=200)]


class OccursInSource(Model):
    """Whether a text stands in the record word for word."""

    set: Name
    occurs_in_source: Name


OPERATIONS: dict[str, type[Model]] = {
    "to": SetTo, "parse_money": ParseMoney, "parse_number": ParseNumber, "parse_date": ParseDate,
    "round": Round, "sum": Sum, "count": Count, "compare": Compare, "duplicate_of": DuplicateOf,
    "look_up": LookUp, "allowed": Allowed, "pattern": Pattern, "occurs_in_source": OccursInSource,
    "total_of": TotalOf, "parse_time": ParseTime,
}  # fmt: skip


def _operation(value: Any) -> str | None:
    keys = value.keys() if isinstance(value, dict) else getattr(type(value), "model_fields", {})
    return next((name for name in OPERATIONS if name in keys), None)


Operation = Annotated[
    Annotated[SetTo, Tag("to")]
    | Annotated[ParseMoney, Tag("parse_money")]
    | Annotated[ParseNumber, Tag("parse_number")]
    | Annotated[ParseDate, Tag("parse_date")]
    | Annotated[Round, Tag("round")]
    | Annotated[Sum, Tag("sum")]
    | Annotated[Count, Tag("count")]
    | Annotated[Compare, Tag("compare")]
    | Annotated[DuplicateOf, Tag("duplicate_of")]
    | Annotated[LookUp, Tag("look_up")]
    | Annotated[Allowed, Tag("allowed")]
    | Annotated[Pattern, Tag("pattern")]
    | Annotated[OccursInSource, Tag("occurs_in_source")]
    | Annotated[TotalOf, Tag("total_of")]
    | Annotated[ParseTime, Tag("parse_time")],
    Discriminator(_operation, custom_error_type="operation",
                  custom_error_message="is not one of Tally's operations"),
]  # fmt: skip
