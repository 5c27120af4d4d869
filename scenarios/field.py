"""What is decided about each record: its type, its kind of work and what it follows from."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field as Spec
from pydantic import field_validator, model_validator

from scenarios.model import Id, Kind, Model, Name

Work = Literal["read", "classify", "compute", "compare", "judge", "write", "search", "review"]


Concepts = tuple[tuple[str, ...], ...] | tuple[tuple[tuple[str, ...], ...], ...]
"""As written: one alternative of synonym groups, or a list of alternatives."""


class Choice(Model):
    """One allowed value of a choice, and ways in which a learner may word it."""

    value: str
    """What is delivered."""
    known_as: tuple[str, ...] = ()
    """Ways in which a learner may word it."""


class SameAs(Model):
    """Key equality: a record follows an earlier one with the same `keys` within some days."""

    keys: tuple[Name, ...] = Spec(min_length=1)
    """Fields or columns that agree."""
    within_days: int | None = Spec(default=None, ge=0)
    """How many days the two may be apart."""
    on: Name | None = None
    """The date, a column or a field, that the window is about."""
    or_keys: tuple[tuple[Name, ...], ...] = ()
    """Other keys that do as well: agreeing on all of any one of them is enough."""


class Group(Model):
    """A number about the records that agree with this one on the `keys`, within some days of it.

    The sum of their `total_of`, a field or column that is a number; without one, how many.
    """

    keys: tuple[Name, ...] = Spec(min_length=1)
    """Fields or columns that agree."""
    within_days: int | None = Spec(default=None, ge=0)
    """How many days they may be apart."""
    on: Name | None = None
    """The date, a column or a field, that the window is about."""
    total_of: Name | None = None
    """What is added up; without it they are counted."""


class Wording(Model):
    """How a thing may be put: what the reader knows of it."""

    said: tuple[str, ...] = Spec(min_length=1)
    """Ways to say it clearly (exemplars)."""
    vague: tuple[str, ...] = ()
    """Near misses: on the topic, without the rule."""
    contradicted: tuple[str, ...] = ()
    """Ways to say the opposite, or another value."""
    concepts: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """Alternatives; each a list of synonym groups that must meet in one clause."""
    rivals: tuple[str, ...] = ()
    """Wrong values that people will write."""
    value: tuple[str, ...] = ()
    """Words for the right value, where the rule has one."""
    object: tuple[str, ...] = ()
    """Words for what the rule applies to."""

    @field_validator("concepts", mode="before", json_schema_input_type=Concepts)
    @classmethod
    def _one_alternative(cls, value: Any) -> Any:
        # A list of groups is one alternative; a list of lists of groups is several.
        groups = value if isinstance(value, list) else []
        words = [word for group in groups if isinstance(group, list) for word in group]
        return [value] if words and not any(isinstance(word, list) for word in words) else value


class Field(Model):
    """One thing that is decided about each record."""

    name: Name
    """Its name in expressions."""
    type: Kind
    """What kind of value it has."""
    list: bool = False
    """Whether it is a list of such values."""
    description: str = ""
    """For a deliverable field: what the brief calls it, in words that state no hidden rule."""
    work: Work = "read"
    """What kind of work it is to decide it."""
    hidden: bool = False
    """True for an intermediate result that a good plan makes explicit under a name of its own."""
    choices: tuple[Choice, ...] = ()
    """The allowed values of a choice: bare, or with other words for them."""
    known_as: tuple[str, ...] = ()
    """For a hidden field: ways in which a learner may describe it."""
    follows: tuple[Name, ...] = ()
    """The fields that it is worked out from; those named in `formula` and `same_as` are implied."""
    formula: str | None = None
    """Expression of other fields and columns that gives it exactly."""
    same_as: SameAs | None = None
    """It is the first earlier record that agrees on some keys."""
    group: Group | None = None
    """It is a number about the records that agree on some keys."""
    points: tuple[Name, ...] = ()
    """For prose: the boolean fields that say what must be, or must not be, said in it."""
    wording: Wording | None = None
    """For a boolean that is a point of prose: how it may be put. Such a field is hidden."""
    may_be_blank: bool = False
    """The right answer may be empty; then it is delivered, and not missing."""
    look_in: tuple[Id, ...] = ()
    """Documents, in any of which the fact stands that decides it: it is not in the record."""
    within: float = Spec(default=0.0, ge=0)
    """How far off is still right: seconds for a time, its own unit for a number."""
    any_order: bool = False
    """A list that is right in any order."""
    about: Literal["record", "job"] = "record"
    """Whether it is decided about each record, or once about the job."""
    in_part: Name | None = None
    """The part of a record in which the fact stands."""
    all_records: bool = False
    """Whether it takes all records in one call (duplicates, totals)."""
    on_wrong_input: Literal["copy", "absent", "trap"] = "absent"
    """What comes of a wrong input where no formula says it."""

    @model_validator(mode="before")
    @classmethod
    def _hidden_point(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.get("wording") is not None:
            return {"hidden": True, **value}
        return value

    @field_validator("choices", mode="before", json_schema_input_type=tuple[str | Choice, ...])
    @classmethod
    def _plain_choices(cls, value: Any) -> Any:
        if isinstance(value, list):
            return [item if isinstance(item, dict) else {"value": item} for item in value]
        return value
