"""A yes or no that depends on whether something stands in a paper's table: code can look there.

Which column of which table it is, and what has to stand there, is found out from the solved
records of the archive, as a learner would.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

from scenarios.field import Field
from scenarios.record import Record
from scenarios.scenario import Scenario

RIGHT = 0.95
"""The least share of solved records that a way to look something up must get right."""


class Sought(NamedTuple):
    """A column of a record or a field whose value must stand in the table, or be `none`."""

    name: str
    none: str | None = None


class Listed(NamedTuple):
    """That all that is sought stands in a column of a paper's table."""

    document: str
    column: str
    sought: tuple[Sought, ...]


def listed(scenario: Scenario, field: Field) -> Listed | None:
    """How code can tell a field from a table; None where solved records show no such way."""
    if field.type != "boolean" or not field.look_in:
        return None
    solved = scenario.lots["archive"]
    yes = sum(bool(record.truth.get(field.name)) for record in solved)
    best, most = None, max(RIGHT * len(solved) - 1e-9, yes, len(solved) - yes)
    for way in _ways(scenario, field):
        values = _column(scenario, way)
        right = sum(
            all(_value(record, one.name) in values or _value(record, one.name) == one.none
                for one in way.sought) == bool(record.truth.get(field.name))
            for record in solved
        )  # fmt: skip
        if right > most or (best is None and right == most < len(solved) != yes):
            best, most = way, right
    return best


def _ways(scenario: Scenario, field: Field) -> Iterator[Listed]:
    solved = scenario.lots["archive"]
    names = [name for name, value in solved[0].columns.items() if isinstance(value, str)]
    texts = (one for one in scenario.fields if one.hidden and one.type == "text" and not one.list)
    names += [one.name for one in texts if one.formula is None]
    for paper in (name for name in field.look_in if name in scenario.document):
        for column in next(iter(scenario.document[paper].table), {}):
            single = [Listed(paper, column, (Sought(name),)) for name in names]
            yield from single
            values = _column(scenario, single[0]) if single else frozenset()
            for first, second in permutations(names, 2):
                missing = [value for record in solved if record.truth.get(field.name)
                           and (value := _value(record, second)) not in values]  # fmt: skip
                if len(set(missing)) == 1 and isinstance(missing[0], str):
                    yield Listed(paper, column, (Sought(first), Sought(second, missing[0])))


def _column(scenario: Scenario, way: Listed) -> frozenset[str]:
    return frozenset(row[way.column] for row in scenario.document[way.document].table)


def _value(record: Record, name: str) -> object:
    return record.columns[name] if name in record.columns else record.truth.get(name)
