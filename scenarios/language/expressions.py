"""The one evaluator of the expressions that authors and learners write: a sandbox, and quick.

An expression is arithmetic, comparisons, `and`, `or`, `not`, `in`, `A if B else C`, lists and the
functions in `sandbox.FUNCTIONS`, over values. It sees nothing but the values it is given: no
attributes (a dot reads one value of a namespace, `got.pay`), no indexing, no loops. Its length,
nesting, numbers, texts and lists are limited, so it ends at once whatever it says.

Numbers closer than `values.ALIKE` are equal, and results have nine decimals, so that a difference
of floats that nobody wrote decides nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from simpleeval import InvalidExpression

from scenarios.errors import did_you_mean
from scenarios.language.sandbox import Evaluator
from scenarios.language.syntax import Expression, parse
from scenarios.model import Value


class Uncomputable(Exception):
    """An expression has no result for these values; the message says why."""


def check(text: str, names: Iterable[str]) -> None:
    """Raise ValueError, with a message in plain words, where `text` could never be evaluated.

    `names` are the values it may use; a value of a namespace is given as "namespace.name".
    """
    known = set(names)
    for name in parse(text).names:
        if name not in known:
            mend = did_you_mean(name, sorted(known), noun="names")
            raise ValueError(f"uses an unknown name {name!r}; {mend}")


def names_in(text: str) -> tuple[str, ...]:
    """The names of values that `text` uses, in order of first use. Raises ValueError as `check`."""
    return parse(text).names


def evaluate(text: str, names: Mapping[str, Value]) -> Value:
    """The value of `text` for these values of its names. A name that is missing is empty (None).

    Empty values can be tested (`x if x else 0`, `x == None`) and passed to `parse_...`; anything
    else done with them raises Uncomputable, and so do values of the wrong type, a division by
    zero and a limit that is passed. Lists come back as tuples. Raises ValueError as `check` does.
    """
    expression = parse(text)
    if expression.dotted:
        given = tuple([_leaf(names, name) for name in expression.names])
    else:
        given = tuple([names.get(name) for name in expression.names])
    try:
        outcome = _outcome(expression, given, exact_types(given))
    except TypeError:
        outcome = _unhashable(expression, given)
    if type(outcome) is _Failure:
        raise Uncomputable(outcome.reason)
    return outcome


def exact_types(given: tuple[Value, ...]) -> tuple[object, ...]:
    """The types of values and of the items of tuples among them, for the key of a cache.

    1, 1.0 and True are equal: what is cached by value alone depends on which of them came first.
    """
    types: tuple[object, ...] = tuple(map(type, given))
    if tuple in types:
        return tuple([exact_types(item) if type(item) is tuple else type(item) for item in given])
    return types


class _Failure(NamedTuple):
    reason: str


class _Thread(threading.local):
    """An evaluator holds the values of the expression at hand: each thread has its own."""

    def __init__(self) -> None:
        self.evaluator = Evaluator()


_THREAD = _Thread()


@lru_cache(maxsize=32_768)
def _outcome(
    expression: Expression, given: tuple[Value, ...], _given_types: tuple[object, ...]
) -> Value | _Failure:
    names = dict(zip(expression.names, given, strict=True))
    try:
        return _THREAD.evaluator.run(expression.node, names)
    except ZeroDivisionError:
        return _Failure("it divides by zero")
    except OverflowError:
        return _Failure("a value in it is too large")
    except (InvalidExpression, TypeError, ValueError, RecursionError):
        empty = [name for name, value in names.items() if value is None]
        return _Failure(f"{empty[0]!r} is empty" if empty else "a value is of the wrong type")


def _leaf(names: Mapping[str, Value], name: str) -> Value:
    if name in names:
        return names[name]
    space, _, attribute = name.partition(".")
    value = names.get(space)
    if not attribute:
        return value
    return value.get(attribute) if isinstance(value, Mapping) else None


def _unhashable(expression: Expression, given: tuple[Value, ...]) -> Value | _Failure:
    given = _frozen(given)
    try:
        return _outcome(expression, given, exact_types(given))
    except TypeError:
        return _Failure("a value is no number, text, true, false or list")


def _frozen(value: Value) -> Value:
    return tuple(map(_frozen, value)) if isinstance(value, tuple | list) else value
