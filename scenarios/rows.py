"""Rows that are to be found in numbered texts: each is a record of its own once loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from scenarios.errors import quoted
from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.language.expressions import Uncomputable, evaluate, names_in
from scenarios.model import Value
from scenarios.record import Case, Record, Row, Rows
from scenarios.references import check_expression, unique
from scenarios.scenario import Scenario

LINE = "line"
"""The name under which a row's key reaches steps: no field, column or result may have it."""


def expand(records: Sequence[Record], source: Source) -> tuple[tuple[Record, ...], Source]:
    """The records that are judged: each row in the place of the record that it stands in.

    The row of line 12 of `m1` is the record `m1:12`; rows come in the order of their lines. The
    source is one in which they are the records of the file, each on the line of its own.
    """
    if not any(record.rows for record in records):
        return tuple(records), source
    out: dict[Place, Record] = {}
    for i, record in enumerate(records):
        for j, row in sorted(enumerate(record.rows), key=lambda item: item[1].line):
            out[i, "rows", j] = _row(record, row)
    number = {place: n for n, place in enumerate(out)}
    lines: dict[Place, int] = {(): source.line(()) or 1}
    for place, line in source.lines.items():
        if place[:3] in number:
            lines[number[place[:3]], *place[3:]] = line
    data = [{"id": record.id} for record in out.values()]
    return tuple(out.values()), Source(source.file, data, lines)


def _row(source: Record, row: Row) -> Record:
    own: dict[str, Any] = {name: getattr(row, name) for name in Case.model_fields}
    filled = {"source": source.id, "line": row.line, "also": row.also, "rows": ()}
    return source.model_copy(update={**own, **filled, "id": f"{source.id}:{row.line}"})


def numbered(text: str) -> str:
    """A text with the number of each of its lines before it."""
    lines = text.strip().split("\n")
    return "\n".join(f"{number}| {line}" for number, line in enumerate(lines, 1))


def shown_text(scenario: Scenario, record: Record) -> str:
    """The text of a record as people and colleagues see it: numbered where it is searched."""
    return record.text if scenario.records.rows is None else numbered(record.text)


def around(row: Record, most: int) -> str:
    """At most so many lines of the numbered text that a row stands in, its own in the middle."""
    lines = numbered(row.text).split("\n")
    start = max(0, min(row.line - 1 - most // 2, len(lines) - most))
    shown = lines[start : start + most]
    before = ["..."] if start else []
    after = ["..."] if start + most < len(lines) else []
    return "\n".join([*before, *shown, *after])


def is_there(rows: Rows | None, values: Mapping[str, Value]) -> bool:
    """Whether something is to be delivered for a row; always, where there are no rows.

    Where `there` cannot be computed, nothing is.
    """
    if rows is None:
        return True
    try:
        return bool(evaluate(rows.there, values))
    except Uncomputable:
        return False


def decides(scenario: Scenario) -> tuple[str, ...]:
    """The fields that `there` is about; none where there are no rows."""
    rows = scenario.records.rows
    return () if rows is None else tuple(names_in(rows.there))


def check_searched(scenario: Scenario, columns: Collection[str], source: Source) -> None:
    """Raise InputError where `there` could not be computed, or another thing is called `line`."""
    if scenario.records.rows is None:
        return
    names = [field.name for field in scenario.deliverable]
    place: Place = ("records", "rows", "there")
    check_expression(scenario.records.rows.there, names, place, source)
    if not decides(scenario):
        raise source.error(place, "is about no field", f"use one of {', '.join(names)}")
    for i, field in enumerate(scenario.fields):
        if field.name == LINE:
            problem = "is the name of a row's key"
            raise source.error(("fields", i, "name"), problem, "give the field another name")
    if LINE in columns:
        problem = "have a column 'line', which is the name of a row's key"
        raise source.error(("records",), problem, "give the column another name")


def check_rows(scenario: Scenario, records: Sequence[Record], source: Source) -> None:
    """Raise InputError for the first row, as written, that could not be found in its text."""
    searched = scenario.records.rows is not None
    if searched:
        unique((((i, "id"), record.id) for i, record in enumerate(records)), source)
    for i, record in enumerate(records):
        if not searched:
            if record.rows:
                mend = "say under 'records' of the scenario what 'rows' are, or delete them"
                raise source.error((i, "rows"), "are in a record that is not searched", mend)
            continue
        if not record.rows:
            mend = "add one; what only looks like one counts, as not there"
            raise source.error((i,), "has no rows", mend)
        for name in ("truth", "traps", "injections", "absent", "label", "partner", "parts"):
            if name in record.model_fields_set:
                mend = "give it to the rows" if name in Case.model_fields else "delete it"
                raise source.error((i, name), "cannot stand beside rows", mend)
        _check_lines(i, record, source)


def _check_lines(i: int, record: Record, source: Source) -> None:
    lines = len(record.text.strip().split("\n"))
    taken: set[int] = set()
    for j, row in enumerate(record.rows):
        at: Place = (i, "rows", j)
        if "truth" not in row.model_fields_set:
            raise source.error((*at, "truth"), "is missing", "add 'truth: ...'")
        for place, line in [
            ((*at, "line"), row.line),
            *(((*at, "also", k), line) for k, line in enumerate(row.also)),
        ]:
            if not 1 <= line <= lines:
                problem = f"is {line}, and the text of {quoted(record.id)} has {lines} lines"
                raise source.error(place, problem, "count the lines of its text from 1")
            if line in taken:
                problem = f"is {line}, which another row of {quoted(record.id)} has"
                raise source.error(place, problem, "give each row lines of its own")
            taken.add(line)


def check_there(scenario: Scenario, records: Sequence[Record], source: Source) -> None:
    """Raise InputError where nothing is to be found in a whole lot. Records have their truth."""
    rows = scenario.records.rows
    found = {record.lot for record in records if is_there(rows, record.truth)}
    for n, record in enumerate(records):
        if record.lot not in found:
            problem = f"is not there, as no other row of the {record.lot} lot is"
            raise source.error((n,), problem, "add a row that is, or look at 'there'")
