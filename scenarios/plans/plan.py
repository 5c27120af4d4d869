"""What a learner writes: steps, who does each, from what, with which words and which controls."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field as Spec
from pydantic import StringConstraints, field_validator, model_validator

from scenarios.language.operations import Operation, Window
from scenarios.model import Format, Id, Model, Name, Share

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
    """What it is, in your words: whoever does the step reads it."""
    choices: tuple[str, ...] = ()
    """The only values that it may have."""
    list: bool = False
    """Whether it is a list."""


class Takes(Model):
    """Which of the records that arrive are taken; at least one of the three is given."""

    where: Expression | None = None
    """True of those that are wanted."""
    most: Annotated[int, Spec(ge=1)] | None = None
    by: Expression | None = None
    """The largest come first; by default they come at random."""


class Retrieves(Model):
    """Passages of a collection, found for each record by what arrived under some names.

    Every document is cut into passages, one after the other. Those that have most of the words that
    are looked for, and the rarest of them, come first (BM25). They are material: no orders are
    taken from them.
    """

    source: Id = Spec(alias="from")
    """The collection."""
    by: tuple[Name, ...] = Spec(min_length=1)
    """Results of steps that are read, or columns of the records: their words are looked for."""
    chunk: Annotated[int, Spec(ge=20, le=2000)]
    """Tokens of a passage, at most."""
    k: Annotated[int, Spec(ge=1, le=50)]
    """How many passages a record gets."""


class Review(Model):
    """Somebody else looks at results of the step; `blind`: they do the work again themselves."""

    by: Id
    """Who looks: a colleague, or you."""
    of: tuple[Name, ...] = Spec(min_length=1)
    """Which results of this step."""
    blind: bool = False
    """They do the work again without seeing it, and the two are compared."""
    instructions: Text | None = None
    """What the reviewer is told; the step's own instructions by default."""
    takes: Takes | None = None
    """Which records are looked at; all by default."""


class Check(Model):
    """An expression over the step's values that must be true of each record."""

    that: Expression
    """Expression: true where all is well."""
    redo: StepId | None = None
    """The step to do again where it is false; this one by default."""


class Step(Model):
    """One piece of the work."""

    id: StepId
    """Its name, by which later steps read it."""
    assignee: Id
    """Who does it: a colleague, tally (code) or you."""
    reads: tuple[Id, ...] = (RECORDS,)
    """What it gets: records, documents, and steps before it."""
    produces: Mapping[Name, Result] = Spec(min_length=1)
    """Its results by name: a deliverable field (`pay: ~`), or a name of your own."""
    instructions: Text = ""
    """What they are told."""
    examples: tuple[Id, ...] = ()
    """Solved records of the archive that they are shown."""
    batch: Annotated[int, Spec(ge=1, le=1000)] | Literal["all"] = "all"
    """How many records go into one call."""
    enforce_schema: bool = Spec(default=False, alias="schema")
    """Whether the form of the answers is enforced."""
    review: Review | None = None
    """A second look at what was done."""
    does: tuple[Operation, ...] = ()
    """For tally: what the code does, a line each."""
    checks: tuple[Check, ...] = ()
    """Expressions that must be true of each record."""
    redo: Annotated[int, Spec(ge=0, le=5)] = 0
    """How often a record that fails a check is done again."""
    otherwise: Literal["you", "keep", "drop"] = Spec(default="keep", alias="else")
    """What becomes of a record that fails all the same."""
    takes: Takes | None = None
    """Which records are done; all by default. The others go on without this step's results."""
    may: tuple[Id, ...] = ()
    """The acts that it is allowed."""
    retrieves: Retrieves | None = None
    """Passages to find in a collection."""
    votes: Annotated[int, Spec(ge=1, le=9)] = 1
    """How often each record is done, and paid. Of each result the most frequent value counts; of
    equally frequent ones the one that was given first."""
    ask: bool = False
    """Whether it may ask you one question before it begins."""
    answers: Mapping[Name, Text] = {}
    """What it is told if it asks about a result and you are not there: result -> your answer."""
    on_news: Literal["go-on", "redo", "you"] = "go-on"
    """What happens to records that are done when news concerns them."""
    sees: tuple[Name, ...] = ()
    """The parts of a record that it is shown; all by default."""

    @field_validator(
        "produces", mode="before", json_schema_input_type=Mapping[Name, Result | str | None]
    )
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
    """The share of trials that will be accepted."""
    wrong: Mapping[Name, Share] = {}
    """By deliverable field: the share of records that will be wrong."""
    forecasts: Mapping[Id, Share] = {}
    """Answers to the questions that the scenario asks."""


class Specialist(Model):
    """Somebody trained on solved records, and then given a step by this id.

    They learn the one result of that step, one of several words, from what the archive says of it.
    Training has a fee, more for more records; it is in the wages of every trial, as each trial is
    the whole job done once.
    """

    id: Id
    """What steps are assigned to them by."""
    examples: tuple[Id, ...] | Literal["all"]
    """The solved records of the archive that they are trained on."""

    @field_validator("examples")
    @classmethod
    def _some(cls, value: tuple[str, ...] | str) -> tuple[str, ...] | str:
        if not value:
            raise ValueError("must hold at least 1, not 0")
        return value


class Labels(Model):
    """Records that you label: to work with, to judge by, and to look into."""

    dev: tuple[Id, ...] = ()
    held: tuple[Id, ...] = ()
    odd: tuple[Id, ...] = ()


class Plan(Model):
    """A whole plan: its steps, in any order, and what its author expects of it."""

    format: Format = 1
    """The version of the format: 1."""
    scenario: Id
    """The scenario that it is for."""
    steps: tuple[Step, ...] = Spec(min_length=1, max_length=40)
    """The work, piece by piece."""
    predict: Prediction | None = None
    """What you expect, before you run it."""
    specialists: tuple[Specialist, ...] = ()
    """Those who are trained for it."""
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
    "CODE", "RECORDS", "STEP_ID", "YOU", "Check", "Labels", "Plan", "Prediction", "Result",
    "Retrieves", "Review", "Specialist", "Step", "StepId", "Takes", "Text", "Window",
]  # fmt: skip
