"""Prose by its points: composed of the author's sentences, and read back for what it says.

A value of prose is the names of the points that are made, in the author's order; None where none
is. What people and colleagues see of it is text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from scenarios.model import Value
from scenarios.people import acquaint
from scenarios.scenario import Field, Record, Requirement, Scenario, Wording
from simulator.reading import Reading, read

MADE = 0.5
"""The least probability at which a point is taken to be made in a text (model.md)."""
_GREETING = "Good day."
_CLOSE = "Kind regards"
_ENDS = (".", "!", "?")


class Judged(NamedTuple):
    """The points there are, those that a text makes, lacks, and makes although it must not."""

    points: tuple[Field, ...]
    said: tuple[Field, ...]
    missing: tuple[Field, ...]
    wrongly_said: tuple[Field, ...]


def compose(points: Sequence[Field], made: Collection[str]) -> str | None:
    """A text that makes those of `points` that are named in `made`; None where none is.

    Pure: the same points give the same bytes.
    """
    said = [_sentence(in_words(point)) for point in points if point.name in made]
    return " ".join([_GREETING, *said, _CLOSE]) if said else None


@lru_cache(maxsize=65536)
def made(text: str, points: tuple[Field, ...]) -> tuple[str, ...]:
    """The names of those of `points` that a text makes, in their order."""
    found = zip(points, readings(text, points), strict=True)
    return tuple(point.name for point, reading in found if reading.clear >= MADE)


def readings(text: str, points: tuple[Field, ...]) -> tuple[Reading, ...]:
    """How a text is taken for each point, by the reader of this package.

    Simulated colleagues write in the author's own sentences, on which it is exact; in a real
    model's words a point can be misread.
    """
    return tuple(read(text, one) for one in _as_requirements(points))


def in_words(point: Field) -> str:
    """A point as its author says it first."""
    assert point.wording is not None
    return " ".join(point.wording.said[0].split())


def heard(value: Value, points: tuple[Field, ...]) -> Value:
    """A value of prose from its text, or from the names of its points."""
    if isinstance(value, str):
        value = made(value, points)
    return tuple(value) if value else None


def held(record: Record, points: tuple[Field, ...], value: Value) -> Value:
    """A value of prose without the points that are free to be made or not for a record."""
    said = heard(value, points) or ()
    return tuple(name for name in said if record.truth.get(name) is not None) or None


def judge(scenario: Scenario, record: Record, field: Field, text: Value) -> Judged:
    """What a text of `field` lacks and what it should not say of a record.

    It is right where both are empty. A point whose truth is empty is free, and in neither.
    """
    points = scenario.points[field.name]
    said = heard(text, points) or ()
    return Judged(
        points,
        tuple(p for p in points if p.name in said),
        tuple(p for p in points if record.truth.get(p.name) is True and p.name not in said),
        tuple(p for p in points if record.truth.get(p.name) is False and p.name in said),
    )


def told(scenario: Scenario, field: Field, value: Value) -> Value:
    """A value of any field as people see it: prose as text."""
    if not field.points or isinstance(value, str):
        return value
    return compose(scenario.points[field.name], value or ())


def on_file(scenario: Scenario, record: Record) -> tuple[tuple[str, Value], ...]:
    """The answer of a solved record as it was filed: deliverable fields with their values."""
    known = record.on_file
    return tuple(
        (field.name, told(scenario, field, known.get(field.name))) for field in scenario.deliverable
    )


def _sentence(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


@lru_cache(maxsize=256)
def _as_requirements(points: tuple[Field, ...]) -> tuple[Requirement, ...]:
    # The reader knows a requirement by its identity, so that there is one for each point.
    found = tuple(
        Requirement(
            id=point.name, statement=in_words(point), governs=point.name, hints=("-", "-", "-"),
            **{key: getattr(point.wording, key) for key in Wording.model_fields},
        )
        for point in points
    )  # fmt: skip
    acquaint(found)
    return found
