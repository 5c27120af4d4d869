"""Tally runs what the learner wrote, for real, on the values that arrived.

It sees results, the records' columns and documents' tables; of a record's text it can only ask
whether a value stands in it. What cannot be computed is empty (None).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from scenarios.language import values
from scenarios.language.expressions import Uncomputable, evaluate, exact_types, names_in
from scenarios.language.operations import (
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
    Pattern,
    Round,
    SetTo,
    Sum,
    TotalOf,
)
from scenarios.model import Value
from scenarios.plans.plan import Step

Row = Mapping[str, Value]
Table = tuple[Mapping[str, str], ...]

_SOURCE = "text of the record"  # no name of a value has spaces


def run(
    step: Step,
    rows: Mapping[str, Row],
    order: Sequence[str],
    tables: Mapping[str, Table],
    source: Mapping[str, str],
) -> dict[str, dict[str, Value]]:
    """What the operations of `step` set for each record, whether or not it is produced.

    `rows` has for each record's id all that an operation can refer to: what arrived and the
    record's columns. `order` are the ids in the order in which duplicates look for earlier ones;
    `tables` are by document; `source` has the records' texts. Operations see what earlier ones
    set. Raises ValueError for an expression or a pattern that loading a plan would have refused.
    """
    looked_up = (tables.get(op.document, ()) for op in step.does if isinstance(op, LookUp))
    made: dict[str, dict[str, Value]] = {record: {} for record in order}
    for stage in _program(step.does, tuple(map(_Same, looked_up))):
        if isinstance(stage, _RowByRow):
            stage.run(rows, made, source)
        else:
            _over_all(stage, rows, made)
    return made


def failed(check: str, row: Row) -> bool:
    """Whether the expression `check` is false of the values in `row`, or cannot be computed."""
    try:
        return not evaluate(check, row)
    except Uncomputable:
        return True


class _Same:
    """A table as part of a cache's key: compared by identity, and kept alive by the key."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.table is other.table

    def __hash__(self) -> int:
        return id(self.table)


class _RowByRow:
    """Operations in a row that take each record by itself.

    The same values come up again in trial after trial, so their outcome is remembered.
    """

    def __init__(self, operations: Sequence[tuple[Operation, Table]]) -> None:
        reads: dict[str, None] = {}
        sets: dict[str, None] = {}
        for operation, _ in operations:
            reads |= {name: None for name in _names(operation) if name not in sets}
            sets[operation.set] = None
        self._reads = tuple(reads)
        self._steps = [(op.set, _compiled(op, table)) for op, table in operations]
        self._sets = tuple(sets)
        self._remembered = lru_cache(maxsize=4096)(self._outcome)

    def run(
        self,
        rows: Mapping[str, Row],
        made: dict[str, dict[str, Value]],
        source: Mapping[str, str],
    ) -> None:
        reads = self._reads
        for record, done in made.items():
            row = rows.get(record, {})
            if done or _SOURCE in reads:
                row = {**row, **done, _SOURCE: source.get(record)}
            given = tuple([row.get(name) for name in reads])
            try:
                outcome = self._remembered(given, exact_types(given))
            except TypeError:  # a value, such as a list, that cannot be part of a key
                outcome = self._outcome(given, ())
            done.update(outcome)

    def _outcome(self, given: tuple[Value, ...], _types: tuple[object, ...]) -> Row:
        row = dict(zip(self._reads, given, strict=True))
        for name, compute in self._steps:
            row[name] = compute(row)
        return {name: row[name] for name in self._sets}


@lru_cache(maxsize=64)
def _program(
    does: tuple[Operation, ...], looked_up: tuple[_Same, ...]
) -> tuple[_RowByRow | DuplicateOf | TotalOf, ...]:
    """The operations, those that take each record by itself in stages between the others."""
    stages: list[_RowByRow | DuplicateOf | TotalOf] = []
    together: list[tuple[Operation, Table]] = []
    tables = iter(looked_up)
    for operation in does:
        if isinstance(operation, DuplicateOf | TotalOf):
            if together:
                stages.append(_RowByRow(together))
            stages.append(operation)
            together = []
        else:
            table = next(tables).table if isinstance(operation, LookUp) else ()
            together.append((operation, table))
    return (*stages, _RowByRow(together)) if together else tuple(stages)


def _over_all(
    operation: DuplicateOf | TotalOf, rows: Mapping[str, Row], made: dict[str, dict[str, Value]]
) -> None:
    """Do an operation that looks at all records at once."""

    def column(name: str) -> dict[str, Value]:
        return {
            record: done[name] if name in done else rows.get(record, {}).get(name)
            for record, done in made.items()
        }

    same = operation.same if isinstance(operation, TotalOf) else operation.duplicate_of
    columns = [column(name) for name in same]
    keys = {record: tuple([values.canonical(c[record]) for c in columns]) for record in made}
    window = operation.within
    dates, days = (column(window.of), window.days) if window else (None, None)
    found: Mapping[str, Value]
    if isinstance(operation, DuplicateOf):
        found = values.first_same(tuple(made), keys, dates, days)
    else:
        amounts = None if operation.total_of is None else column(operation.total_of)
        found = values.group_totals(keys, dates, days, amounts)
    for record, value in found.items():
        made[record][operation.set] = value


_KEYS = {kind: key for key, kind in OPERATIONS.items()}

_OF_ONE_VALUE: Mapping[type[Any], Callable[[Any, Value], Value]] = {
    ParseMoney: lambda op, value: values.parse_money(value, op.decimal),
    ParseNumber: lambda op, value: values.parse_number(value, op.decimal),
    ParseDate: lambda op, value: values.parse_date(value, op.order),
    Round: lambda op, value: values.round_half_up(value, op.places),
    Sum: lambda op, value: values.total(value),
    Count: lambda op, value: values.count(value),
    Allowed: lambda op, value: values.allowed(value, op.values),
    Pattern: lambda op, value: values.matches(value, op.like),
}


def _names(operation: Operation) -> tuple[str, ...]:
    """The names of the values that an operation reads."""
    if isinstance(operation, SetTo):
        return names_in(operation.to)
    named = getattr(operation, _KEYS[type(operation)])
    names = named if isinstance(named, tuple) else (named,)
    return (*names, _SOURCE) if isinstance(operation, OccursInSource) else names


def _compiled(operation: Operation, table: Table) -> Callable[[Row], Value]:
    """An operation as a function of the values that it reads."""
    if isinstance(operation, SetTo):
        text = operation.to
        return lambda row: _computed(text, row)
    name, *others = _names(operation)
    if isinstance(operation, Compare):
        within = operation.within
        return lambda row: values.close(row[name], row[others[0]], within)
    if isinstance(operation, OccursInSource):
        return lambda row: values.occurs_in(row[name], row[_SOURCE] or "")
    if isinstance(operation, LookUp):
        match, give = operation.match, operation.give
        entries = {
            values.folded(entry.get(match) or ""): entry.get(give) or None
            for entry in reversed(table)  # the first of several wins
        }
        return lambda row: _looked_up(row[name], entries)
    compute = _OF_ONE_VALUE[type(operation)]
    return lambda row: compute(operation, row[name])


def _computed(text: str, row: Row) -> Value:
    try:
        return evaluate(text, row)
    except Uncomputable:
        return None


def _looked_up(value: Value, entries: Mapping[str, str | None]) -> Value:
    if isinstance(value, tuple | list):
        return tuple(_looked_up(item, entries) for item in value)
    text = values.folded(values.as_text(value))
    return entries.get(text) if text else None
