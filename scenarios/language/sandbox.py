"""What expressions can do: operators and functions that refuse to grow, and who runs them."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import wraps
from typing import get_args

from simpleeval import SimpleEval

from scenarios.language import values
from scenarios.language.amounts import LARGEST, DecimalMark
from scenarios.language.dates import Order
from scenarios.model import Value

MAX_SIZE = 100_000
"""Characters of a text, items of a list."""
MAX_EXPONENT = 64


def number(value: Value) -> Value:
    """`value`, if it is a number within the limits. Raises TypeError, else OverflowError."""
    if not isinstance(value, int | float):
        raise TypeError
    if not abs(value) < LARGEST:
        raise OverflowError
    return value


def plain(value: Value) -> Value:
    """A result as it leaves the sandbox: floats with nine decimals. Raises as `number` does."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if isinstance(value, float):
        return round(number(value), 9) + 0.0  # never -0.0
    if value is None or isinstance(value, str | bool):
        return value
    return number(value)


def _arithmetic(operate: Callable[[Value, Value], Value]) -> Callable[[Value, Value], Value]:
    def checked(a: Value, b: Value) -> Value:
        return number(operate(number(a), number(b)))

    return checked


_plus = _arithmetic(operator.add)


def _add(a: Value, b: Value) -> Value:
    if type(a) in (str, tuple) and type(a) is type(b):
        if len(a) + len(b) > MAX_SIZE:
            raise OverflowError
        return a + b
    return _plus(a, b)


def _power(a: Value, b: Value) -> Value:
    if abs(b) > MAX_EXPONENT:
        raise OverflowError
    return a**b


def _numbers(a: Value, b: Value) -> bool:
    return isinstance(a, int | float) and isinstance(b, int | float)


def _equal(a: Value, b: Value) -> bool:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(_equal, a, b))
    return bool(abs(a - b) < values.ALIKE if _numbers(a, b) else a == b)


def _less(a: Value, b: Value) -> bool:
    return bool(b - a >= values.ALIKE if _numbers(a, b) else a < b)


def _in(a: Value, b: Value) -> bool:
    return any(_equal(a, item) for item in b) if isinstance(b, tuple) else a in b


OPERATORS: Mapping[type[ast.AST], Callable[..., Value]] = {
    ast.Add: _add,
    ast.Sub: _arithmetic(operator.sub),
    ast.Mult: _arithmetic(operator.mul),
    ast.Div: _arithmetic(operator.truediv),
    ast.FloorDiv: _arithmetic(operator.floordiv),
    ast.Mod: _arithmetic(operator.mod),
    ast.Pow: _arithmetic(_power),
    ast.USub: lambda a: -number(a),
    ast.UAdd: number,
    ast.Not: operator.not_,
    ast.Eq: _equal,
    ast.NotEq: lambda a, b: not _equal(a, b),
    ast.Lt: _less,
    ast.Gt: lambda a, b: _less(b, a),
    ast.LtE: lambda a, b: _equal(a, b) or _less(a, b),
    ast.GtE: lambda a, b: _equal(a, b) or _less(b, a),
    ast.In: _in,
    ast.NotIn: lambda a, b: not _in(a, b),
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}


def _needed(function: Callable[..., Value]) -> Callable[..., Value]:
    """`function` of the palette, for which empty is no result to go on with."""

    @wraps(function)
    def checked(*given: Value, **options: Value) -> Value:
        result = function(*given, **options)
        if result is None:
            raise TypeError
        return result

    return checked


def _items(given: tuple[Value, ...]) -> tuple[Value, ...]:
    items = given[0] if len(given) == 1 and isinstance(given[0], tuple) else given
    if None in items:
        raise TypeError
    return items


def _min(*given: Value) -> Value:
    return min(_items(given))


def _max(*given: Value) -> Value:
    return max(_items(given))


def _abs(value: Value) -> Value:
    return abs(number(value))


def _round(value: Value, places: Value = 0) -> Value:
    if places not in range(10):
        raise TypeError
    return values.round_half_up(value, int(places))


def _lower(text: Value) -> Value:
    if not isinstance(text, str):
        raise TypeError
    return text.lower()


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "abs": _abs,
    "sum": _needed(values.total),
    "min": _min,
    "max": _max,
    "round": _needed(_round),
    "len": len,
    "count": _needed(values.count),
    "parse_money": values.parse_money,
    "parse_number": values.parse_number,
    "parse_date": values.parse_date,
    "lower": _lower,
    "days": _needed(values.days_between),
}
"""What an expression can call. `round` takes ties away from zero; `days(a, b)` are from a to b."""

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "decimal": get_args(DecimalMark),
    "order": get_args(Order),
}
"""Arguments of functions that are one of a few words."""


class Evaluator(SimpleEval):  # type: ignore[misc]
    """Runs expressions that `syntax.parse` has let through. Not to be shared between threads."""

    def __init__(self) -> None:
        super().__init__(operators=dict(OPERATORS), functions=dict(FUNCTIONS), names={})
        self.nodes = {
            ast.Constant: self._eval_constant,
            ast.Name: lambda node: self.names[node.id],
            ast.Attribute: lambda node: self.names[f"{node.value.id}.{node.attr}"],
            ast.List: self._eval_items,
            ast.Tuple: self._eval_items,
            ast.UnaryOp: self._eval_unaryop,
            ast.BinOp: self._eval_binop,
            ast.BoolOp: self._eval_boolop,
            ast.Compare: self._eval_compare,
            ast.IfExp: self._eval_ifexp,
            ast.Call: self._eval_call,
            ast.keyword: self._eval_keyword,
        }

    def run(self, node: ast.expr, names: Mapping[str, Value]) -> Value:
        """The value of `node`; `names` has all that it uses, dotted names among them."""
        self.names = names
        return plain(self._eval(node))

    def _eval_items(self, node: ast.List | ast.Tuple) -> tuple[Value, ...]:
        return tuple(self._eval(item) for item in node.elts)
