"""What is decided about each record: its type, its kind of work and what it follows from."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field as Spec
from pydantic import field_validator, model_validator

from scenarios.model import Id, Kind, Model, Name

Work = Literal["read", "classify", "compute", "compare", "judge", "write", "search", "review"]


class Choice(Model):
    """One allowed value of a choice, and ways in which a learner may word it."""

    value: str
    known_as: tuple[str, ...] = ()


class SameAs(Model):
    """Key equality: a record follows an earlier one with the same `keys` within some days."""

    keys: tuple[Name, ...] = Spec(min_length=1)
    within_days: int | None = Spec(default=None, ge=0)
    on: Name | None = None
    """The date, a column or a field, that the window is about."""
    or_keys: tuple[tuple[Name, ...], ...] = ()
    """Other keys that do as well: agreeing on all of any one of them is enough."""


class Group(Model):
    """A number about the records that agree with this one on the `keys`, within some days of it.

    The sum of their `total_of`, a field or column that is a number; without one, how many.
    """

    keys: tuple[Name, ...] = Spec(min_length=1)
    within_days: int | None = Spec(default=None, ge=0)
    on: Name | None = None
    """The date, a column or a field, that the window is about."""
    total_of: Name | None = None


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

    @field_validator("concepts", mode="before")
    @classmethod
    def _one_alternative(cls, value: Any) -> Any:
        # A list of groups is one alternative; a list of lists of groups is several.
        groups = value if isinstance(value, list) else []
        words = [word for group in groups if isinstance(group, list) for word in group]
        return [value] if words and not any(isinstance(word, list) for word in words) else value


class Field(Model):
    """One thing that is decided about each record."""

    name: Name
    type: Kind
    list: bool = False
    description: str = ""
    """For a deliverable field: what the brief calls it, in words that state no hidden rule."""
    work: Work = "read"
    hidden: bool = False
    """True for an intermediate result that a good plan makes explicit under a name of its own."""
    choices: tuple[Choice, ...] = ()
    known_as: tuple[str, ...] = ()
    """For a hidden field: ways in which a learner may describe it."""
    follows: tuple[Name, ...] = ()
    """The fields that it is worked out from; those named in `formula` and `same_as` are implied."""
    formula: str | None = None
    same_as: SameAs | None = None
    group: Group | None = None
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
    in_part: Name | None = None
    """The part of a record in which the fact stands."""
    all_records: bool = False
    on_wrong_input: Literal["copy", "absent", "trap"] = "absent"

    @model_validator(mode="before")
    @classmethod
    def _hidden_point(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.get("wording") is not None:
            return {"hidden": True, **value}
        return value

    @field_validator("choices", mode="before")
    @classmethod
    def _plain_choices(cls, value: Any) -> Any:
        if isinstance(value, list):
            return [item if isinstance(item, dict) else {"value": item} for item in value]
        return value
