"""Which expressions are allowed: parsed once, and refused before anything of them runs."""

from __future__ import annotations

import ast
import inspect
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scenarios.errors import did_you_mean
from scenarios.language.amounts import LARGEST
from scenarios.language.sandbox import FUNCTIONS, OPERATORS, OPTIONS

MAX_LENGTH = 1_000
MAX_DEPTH = 60
_LONE_EQUALS = re.compile(r"(?<![=!<>:])=(?!=)")


class Expression:
    """A text that was parsed and found harmless. Compared by identity: there is one for a text."""

    __slots__ = ("dotted", "names", "node")

    def __init__(self, node: ast.expr, names: tuple[str, ...]) -> None:
        self.node = node
        self.names = names
        """The values it uses, in order of first use; of a namespace as "namespace.name"."""
        self.dotted = any("." in name for name in names)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The expression `text`. Raises ValueError, in plain words, where it is not allowed."""
    if len(text) > MAX_LENGTH:
        raise ValueError(f"is longer than {MAX_LENGTH:,} characters")
    if not text.strip():
        raise ValueError("is empty")
    source = text.strip()
    if "\n" in source:
        source = f"({source}\n)"  # in parentheses it may run over several lines
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = ast.parse(source, mode="eval").body
    except SyntaxError as error:
        problem = "compare with ==, not =" if _LONE_EQUALS.search(text) else error.msg
        raise ValueError(f"is not an expression: {problem}") from None
    except (ValueError, MemoryError, RecursionError):
        raise ValueError("is not an expression that can be read") from None
    found = [(part.lineno, part.col_offset, name) for part, name in _names(node, source)]
    return Expression(node, tuple(dict.fromkeys(name for *_, name in sorted(found))))


def _names(root: ast.expr, source: str) -> Iterator[tuple[ast.expr, str]]:
    """The places where values are named. Raises ValueError for anything that is not allowed."""
    todo: list[tuple[ast.expr, int]] = [(root, 1)]
    while todo:
        node, depth = todo.pop()
        if depth > MAX_DEPTH:
            raise ValueError(f"is nested more than {MAX_DEPTH} deep")
        parts: Iterable[ast.AST] = ast.iter_child_nodes(node)
        match node:
            case ast.Name():
                yield node, node.id
            case ast.Attribute(value=ast.Name(id=space)):
                yield node, f"{space}.{node.attr}"
                parts = ()
            case ast.Call(func=ast.Name()):
                _check_call(node)
                parts = [*node.args, *(keyword.value for keyword in node.keywords)]
            case ast.Constant():
                _check_constant(node.value)
            case ast.Compare():
                _check_compare(node)
            case ast.BinOp() | ast.UnaryOp() if type(node.op) in OPERATORS:
                pass
            case ast.BoolOp() | ast.IfExp() | ast.List() | ast.Tuple():
                pass
            case _:
                shown = ast.get_source_segment(source, node) or "?"
                raise ValueError(f"uses what is not available in expressions: {_short(shown)}")
        todo += [(part, depth + 1) for part in parts if isinstance(part, ast.expr)]


def _check_call(node: ast.Call) -> None:
    assert isinstance(node.func, ast.Name)
    name = node.func.id
    if name not in FUNCTIONS:
        mend = did_you_mean(name, FUNCTIONS, noun="functions")
        raise ValueError(f"uses an unknown function {name!r}; {mend}")
    options = {keyword.arg or "**": keyword.value for keyword in node.keywords}
    try:
        bound = inspect.signature(FUNCTIONS[name]).bind(*node.args, **options)
    except TypeError as error:
        raise ValueError(f"does not call {name}() rightly: {error}") from None
    for option, words in OPTIONS.items():
        given = bound.arguments.get(option)
        if given and not (isinstance(given, ast.Constant) and given.value in words):
            raise ValueError(f"{option} of {name}() is one of {', '.join(map(repr, words))}")


def _check_constant(value: object) -> None:
    if type(value) not in (int, float, str, bool, type(None)):
        raise ValueError(f"uses what is not available in expressions: {_short(str(value))}")
    if isinstance(value, int | float) and not abs(value) < LARGEST:
        raise ValueError("has a number in it that is too large")


def _check_compare(node: ast.Compare) -> None:
    for op, right in zip(node.ops, node.comparators, strict=True):
        to_none = isinstance(right, ast.Constant) and right.value is None
        if isinstance(op, ast.Is | ast.IsNot) and not to_none:
            raise ValueError("compares with `is`; compare with ==")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
