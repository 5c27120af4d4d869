"""What Tally can be told, as a program of its own does it: expressions and operations on rows."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from scenarios.language.sandbox import FUNCTIONS, OPERATORS
from scenarios.language.sandbox import plain as settled_value
from scenarios.language.values import (
    allowed,
    as_text,
    canonical,
    close,
    count,
    first_same,
    folded,
    group_totals,
    occurs_in,
    parse_date,
    parse_money,
    parse_number,
    round_half_up,
    total,
)


def evaluate(text: str, row: Mapping[str, Any]) -> Any:
    """The value of an expression: walked, never run as code. Raises where it has none."""
    return settled_value(_value(ast.parse(f"({text.strip()}\n)", mode="eval").body, row))


def _value(node: ast.expr, row: Mapping[str, Any]) -> Any:  # noqa: PLR0912
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return row.get(name)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return tuple(_value(item, row) for item in items)
        case ast.UnaryOp(op=op, operand=operand):
            return OPERATORS[type(op)](_value(operand, row))
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left, row), _value(right, row))
        case ast.BoolOp(op=op, values=parts):
            value = None
            for part in parts:
                value = _value(part, row)
                if bool(value) == isinstance(op, ast.Or):
                    break
            return value
        case ast.IfExp(test=test, body=body, orelse=other):
            return _value(body if _value(test, row) else other, row)
        case ast.Compare(left=left, ops=ops, comparators=parts):
            a = _value(left, row)
            for sign, part in zip(ops, parts, strict=True):
                b = _value(part, row)
                if not OPERATORS[type(sign)](a, b):
                    return False
                a = b
            return True
        case ast.Call(func=ast.Name(id=name), args=args, keywords=options):
            given = [_value(item, row) for item in args]
            return FUNCTIONS[name](*given, **{str(o.arg): _value(o.value, row) for o in options})
    raise TypeError


_NONE = (ArithmeticError, TypeError, ValueError, RecursionError)


def holds(text: str, row: Mapping[str, Any]) -> bool:
    """Whether an expression is true of a row; one that cannot be computed is not."""
    try:
        return bool(evaluate(text, row))
    except _NONE:
        return False


def fails(text: str, row: Mapping[str, Any]) -> bool:
    """Whether a check is false of a row, or cannot be computed."""
    return not holds(text, row)


def compute(
    does: list[dict[str, Any]], rows_of: Mapping[str, dict[str, Any]], texts: Mapping[str, str],
    tables: Mapping[str, list[dict[str, str]]],
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """What the operations set for each record, one after the other."""
    made: dict[str, dict[str, Any]] = {record: {} for record in rows_of}
    for op in does:
        if "duplicate_of" in op or "total_of" in op:
            found = _over_all(op, {r: {**row, **made[r]} for r, row in rows_of.items()})
        else:
            found = {
                r: _of_one(op, {**row, **made[r]}, texts[r], tables) for r, row in rows_of.items()
            }
        for record, value in found.items():
            made[record][op["set"]] = value
    return made


def _over_all(op: dict[str, Any], rows_of: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    names = op["duplicate_of"] if "duplicate_of" in op else op["same"]
    keys = {r: tuple(canonical(row.get(name)) for name in names) for r, row in rows_of.items()}
    window = op["within"]
    dates = {r: row.get(window["of"]) for r, row in rows_of.items()} if window else None
    days = window["days"] if window else None
    if "duplicate_of" in op:
        return dict(first_same(tuple(rows_of), keys, dates, days))
    name = op["total_of"]
    amounts = None if name is None else {r: row.get(name) for r, row in rows_of.items()}
    return dict(group_totals(keys, dates, days, amounts))


def _of_one(
    op: dict[str, Any], row: dict[str, Any], text: str, tables: Mapping[str, list[dict[str, str]]]
) -> Any:
    match op:
        case {"to": expression}:
            try:
                return evaluate(expression, row)
            except _NONE:
                return None
        case {"parse_money": name}:
            return parse_money(row.get(name), op["decimal"])
        case {"parse_number": name}:
            return parse_number(row.get(name), op["decimal"])
        case {"parse_date": name}:
            return parse_date(row.get(name), op["order"])
        case {"round": name}:
            return round_half_up(row.get(name), op["places"])
        case {"sum": name}:
            return total(row.get(name))
        case {"count": name}:
            return count(row.get(name))
        case {"compare": [a, b]}:
            return close(row.get(a), row.get(b), op["within"])
        case {"allowed": name}:
            return allowed(row.get(name), op["values"])
        case {"occurs_in_source": name}:
            return occurs_in(row.get(name), text)
        case {"look_up": name}:
            table = reversed(tables[op["document"]])
            return _looked_up(
                row.get(name),
                {
                    folded(line.get(op["match"]) or ""): line.get(op["give"]) or None
                    for line in table
                },
            )
    raise ValueError(f"an operation that is not known: {op}")


def _looked_up(value: Any, entries: Mapping[str, str | None]) -> Any:
    if isinstance(value, tuple | list):
        return tuple(_looked_up(item, entries) for item in value)
    key = folded(as_text(value))
    return entries.get(key) if key else None
