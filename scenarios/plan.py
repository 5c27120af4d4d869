"""What a learner writes: steps, who does each, from what, with which words and which controls."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field as Spec
from pydantic import StringConstraints, field_validator, model_validator

from scenarios.model import Format, Id, Model, Name, Share
from scenarios.operations import (
    OPERATIONS,
    Allowed,
    Compare,
    Count,
    DuplicateOf,
    LookUp,
    OccursInSource,
    Operation,
    ParseDate,
    ParseMoney,
    ParseNumber,
    ParseTime,
    Pattern,
    Round,
    SetTo,
    Sum,
    TotalOf,
    Window,
)

STEP_ID = r"^[a-z][a-z0-9_-]*$"
StepId = Annotated[str, StringConstraints(pattern=STEP_ID, max_length=40)]
Text = Annotated[str, StringConstraints(max_length=20_000)]
Expression = Annotated[str, StringConstraints(max_length=500)]
RECORDS = "records"
YOU = "you"
CODE = "tally"


class Result(Model):
    """What a step gives under a name: a deliverable field, or a result that the learner names."""

    means: Text | None = None
    choices: tuple[str, ...] = ()
    list: bool = False


class Takes(Model):
    """Which of the records that arrive are taken; at least one of the three is given."""

    where: Expression | None = None
    """True of those that are wanted."""
    most: Annotated[int, Spec(ge=1)] | None = None
    by: Expression | None = None
    """The largest come first; by default they come at random."""


class Retrieves(Model):
    """Passages of a collection, found for each record by what arrived under some names."""

    source: Id = Spec(alias="from")
    by: tuple[Name, ...] = Spec(min_length=1)
    chunk: Annotated[int, Spec(ge=20, le=2000)]
    """Tokens of a passage."""
    k: Annotated[int, Spec(ge=1, le=50)]
    """How many passages a record gets."""


class Review(Model):
    """Somebody else looks at results of the step; `blind`: they do the work again themselves."""

    by: Id
    of: tuple[Name, ...] = Spec(min_length=1)
    blind: bool = False
    instructions: Text | None = None
    """What the reviewer is told; the step's own instructions by default."""
    takes: Takes | None = None
    """Which records are looked at; all by default."""


class Check(Model):
    """An expression over the step's values that must be true of each record."""

    that: Expression
    redo: StepId | None = None


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
    takes: Takes | None = None
    """Which records are done; all by default. The others go on without this step's results."""
    may: tuple[Id, ...] = ()
    """The acts that it is allowed."""
    retrieves: Retrieves | None = None
    votes: Annotated[int, Spec(ge=1, le=9)] = 1
    """How often each record is done; the majority counts."""
    ask: bool = False
    """Whether it may stop and ask you."""
    on_news: Literal["go-on", "redo", "you"] = "go-on"
    """What happens to records that are done when news concerns them."""
    sees: tuple[Name, ...] = ()
    """The parts of a record that it is shown; all by default."""

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

    reliability: Share | None = None
    wrong: Mapping[Name, Share] = {}
    forecasts: Mapping[Id, Share] = {}
    """Answers to the questions that the scenario asks."""


class Specialist(Model):
    """Somebody trained on solved records to give one result, and then assigned by this id."""

    id: Id
    learns: Result
    examples: tuple[Id, ...] | Literal["all"]
    fee: Annotated[float, Spec(ge=0)] = 0.0

    @field_validator("learns", mode="before")
    @classmethod
    def _short_result(cls, value: Any) -> Any:
        return _result(value)


class Labels(Model):
    """Records that you label: to work with, to judge by, and to look into."""

    dev: tuple[Id, ...] = ()
    held: tuple[Id, ...] = ()
    odd: tuple[Id, ...] = ()


class Plan(Model):
    """A whole plan: its steps, in any order, and what its author expects of it."""

    format: Format = 1
    scenario: Id
    steps: tuple[Step, ...] = Spec(min_length=1, max_length=40)
    predict: Prediction | None = None
    specialists: tuple[Specialist, ...] = ()
    labels: Labels | None = None

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
    "CODE", "OPERATIONS", "RECORDS", "STEP_ID", "YOU", "Allowed", "Check", "Compare", "Count",
    "DuplicateOf", "Labels", "LookUp", "OccursInSource", "Operation", "ParseDate", "ParseMoney",
    "ParseNumber", "ParseTime", "Pattern", "Plan", "Prediction", "Result", "Retrieves", "Review",
    "Round", "SetTo", "Specialist", "Step", "StepId", "Sum", "Takes", "Text", "TotalOf", "Window",
]  # fmt: skip
