"""What a learner writes: steps, who does each, from what, with which words and which controls."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Discriminator, StringConstraints, Tag, field_validator, model_validator
from pydantic import Field as Spec

from scenarios.model import Id, Model, Name, Value

STEP_ID = r"^[a-z][a-z0-9_-]*$"
StepId = Annotated[str, StringConstraints(pattern=STEP_ID, max_length=40)]
Text = Annotated[str, StringConstraints(max_length=20_000)]
RECORDS = "records"
YOU = "you"
CODE = "tally"


class Result(Model):
    """What a step gives under a name: a deliverable field, or a result that the learner names."""

    means: Text | None = None
    choices: tuple[str, ...] = ()
    list: bool = False


class Review(Model):
    """Somebody else looks at results of the step; `blind`: they do the work again themselves."""

    by: Id
    of: tuple[Name, ...] = Spec(min_length=1)
    blind: bool = False
    instructions: Text | None = None
    """What the reviewer is told; the step's own instructions by default."""


class Check(Model):
    """An expression over the step's values that must be true of each record."""

    that: Annotated[str, StringConstraints(max_length=500)]
    redo: StepId | None = None


class SetTo(Model):
    set: Name
    to: str


class ParseMoney(Model):
    set: Name
    parse_money: Name
    decimal: Literal["point", "comma", "last"] = "point"


class ParseNumber(Model):
    set: Name
    parse_number: Name
    decimal: Literal["point", "comma", "last"] = "point"


class ParseDate(Model):
    set: Name
    parse_date: Name
    order: Literal["ymd", "dmy", "mdy"] = "ymd"


class Round(Model):
    set: Name
    round: Name
    places: Annotated[int, Spec(ge=0, le=9)] = 2


class Sum(Model):
    set: Name
    sum: Name


class Count(Model):
    set: Name
    count: Name


class Compare(Model):
    set: Name
    compare: tuple[Name, Name]
    within: Annotated[float, Spec(ge=0)] = 0.0


class Window(Model):
    days: Annotated[int, Spec(ge=0)]
    of: Name


class DuplicateOf(Model):
    """The id of the first earlier record that agrees on the keys, within the window; else empty."""

    set: Name
    duplicate_of: tuple[Name, ...] = Spec(min_length=1)
    within: Window | None = None


class LookUp(Model):
    """The `give` column of the row of a document's table whose `match` column has the value."""

    set: Name
    look_up: Name
    document: Id
    match: str
    give: str


class Allowed(Model):
    set: Name
    allowed: Name
    values: tuple[str, ...] = Spec(min_length=1)


class Pattern(Model):
    set: Name
    pattern: Name
    like: Annotated[str, StringConstraints(max_length=200)]


class OccursInSource(Model):
    set: Name
    occurs_in_source: Name


OPERATIONS: dict[str, type[Model]] = {
    "to": SetTo, "parse_money": ParseMoney, "parse_number": ParseNumber, "parse_date": ParseDate,
    "round": Round, "sum": Sum, "count": Count, "compare": Compare, "duplicate_of": DuplicateOf,
    "look_up": LookUp, "allowed": Allowed, "pattern": Pattern, "occurs_in_source": OccursInSource,
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
    | Annotated[OccursInSource, Tag("occurs_in_source")],
    Discriminator(_operation, custom_error_type="operation",
                  custom_error_message="is not one of Tally's operations"),
]  # fmt: skip


class Step(Model):
    id: StepId
    assignee: Id
    reads: tuple[Id, ...] = (RECORDS,)
    produces: Mapping[Name, Result] = Spec(min_length=1)
    instructions: Text = ""
    examples: tuple[Id, ...] = ()
    batch: Annotated[int, Spec(ge=1, le=1000)] | Literal["all"] = "all"
    enforce_schema: bool = Spec(default=False, alias="schema")
    review: Review | None = None
    does: tuple[Operation, ...] = ()
    checks: tuple[Check, ...] = ()
    redo: Annotated[int, Spec(ge=0, le=5)] = 0
    otherwise: Literal["you", "keep", "drop"] = Spec(default="keep", alias="else")

    @field_validator("produces", mode="before")
    @classmethod
    def _short_results(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: _result(given) for name, given in value.items()}
        return value

    @property
    def is_code(self) -> bool:
        return self.assignee == CODE

    @property
    def is_you(self) -> bool:
        return self.assignee == YOU


def _result(given: Any) -> Any:
    if given is None:
        return {}
    if isinstance(given, str):
        return {"means": given}
    return given


class Prediction(Model):
    """What the learner expects: reliability, and for each field the share of wrong records."""

    reliability: Annotated[float, Spec(ge=0, le=1)] | None = None
    wrong: Mapping[Name, Annotated[float, Spec(ge=0, le=1)]] = {}


class Plan(Model):
    scenario: Id
    steps: tuple[Step, ...] = Spec(min_length=1, max_length=40)
    predict: Prediction | None = None

    @model_validator(mode="before")
    @classmethod
    def _nothing_to_predict(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.get("predict", 0) is None:
            return {key: item for key, item in value.items() if key != "predict"}
        return value

    @cached_property
    def step(self) -> Mapping[str, Step]:
        return {step.id: step for step in self.steps}


__all__ = [
    "CODE", "OPERATIONS", "RECORDS", "YOU", "Check", "Operation", "Plan", "Prediction", "Result",
    "Review", "Step", "Value",
]  # fmt: skip
