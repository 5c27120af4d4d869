"""One file that runs without this product: its own modules that the program needs, put together.

They are taken as they are, so that what is exported parses, compares and computes as the product
does. What a scenario or a learner wrote goes in as one literal: it is never run.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from pprint import pformat
from types import ModuleType
from typing import Any

from agents import colleague
from agents.exporting import files, operations, program, questions, running, state, votes
from agents.models import forms
from scenarios.language import amounts, dates, sandbox, values
from simulator import order, passages, reply
from simulator.behaviour import finding

_NO_PLAN = "PLAN: dict[str, Any] = {}\n"
_IMPORTS = """from __future__ import annotations

import ast
import csv
import json
import math
import operator
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, wraps
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, TypedDict, get_args

from langchain_openai import ChatOpenAI
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt
from openai import ContentFilterFinishReasonError, LengthFinishReasonError, OpenAIError

Value = Kind = Any
"""
_SPECIALISTS = """# 'specialist': True marks a step of somebody trained on solved records.
# Here your model is shown them with their answers in each call (few-shot): the nearest thing to it
# without training. It costs more a call, and it need not be right, or wrong, about the same.
"""
_VALUES = (
    "ALIKE", "_TRUTH", "_PLAIN_NUMBER", "is_number", "as_text", "parse_money", "parse_number",
    "parse_date", "round_half_up", "total", "count", "close", "allowed", "occurs_in", "folded",
    "canonical", "days_between", "first_same", "group_members", "group_totals", "_converted",
    "_tested", "_every",
)  # fmt: skip


def assemble(plan: Mapping[str, Any]) -> str:
    """The text of `team.py`; `plan` is JSON-like data."""
    title = '"""A team of interns as a LangGraph program, for your own model. See README.md."""'
    told = _SPECIALISTS if any(step["specialist"] for step in plan["steps"]) else ""
    data = f"{told}PLAN: dict[str, Any] = {pformat(dict(plan), width=96, sort_dicts=False)}\n"
    sections = [
        ("The plan, as data", data),
        ("The graph: what each step does, in which order, and what goes back", _body(program)),
        ("Start it", _body(running)),
    ]
    tools = [
        ("Amounts, read as people write them", _body(amounts)),
        ("Dates", _body(dates, lambda text: text.replace("_LONGEST", "_LONGEST_DATE"))),
        ("Values", _picked(values, _VALUES).replace("regex.compile", "re.compile")),
        ("Expressions: operators and functions", _sandbox()),
        ("Expressions and operations", _operations()),
        ("Replies", _replies()),
        ("Messages", _messages()),
        ("Records and results", _body(files)),
        ("Passages of a collection, found by their words", _body(passages)),
        ("Votes", _body(votes)),
        ("Questions", _body(questions)),
        ("What each step has made so far", _state()),
    ]
    start, end = sections[2][1].rsplit("\nif __name__", 1)
    sections[2] = (sections[2][0], start)
    shown = [f"# {name}\n\n{text.strip()}\n" for name, text in (sections[0], *tools, *sections[1:])]
    return "\n\n".join([f"{title}\n\n{_IMPORTS}", *shown]) + f"\n\nif __name__{end}"


def _state() -> str:
    return _body(state).replace(_NO_PLAN, "")


def _operations() -> str:
    return _body(operations).replace("settled_value(", "plain_value(")


def _sandbox() -> str:
    text = inspect.getsource(sandbox)
    text = text[text.index("MAX_SIZE =") : text.index("class Evaluator")]
    text = re.sub(r"\bplain\b", "plain_value", text)
    return re.sub(r"\bvalues\.", "", text)


def _replies() -> str:
    wanted = ("_DECODER", "parse", "question", "_ROWS", "_next", "_rows", "_line")
    told = _picked(forms, ("_THOUGHTS", "parsed", "rows", "_value", "_one"))
    told = told.replace("reply.parse(", "parse(").replace("_value(", "_told(")
    return f"{_picked(reply, wanted)}\n\n{told}"


def _messages() -> str:
    names = ("TAGS", "_TAG", "Item", "item_text", "_quoted", "_shut", "batches",
             "Paper", "tokens_in", "UNANSWERED")  # fmt: skip
    found = _picked(finding, ("_BEFORE", "_OTHER", "render"))
    return "\n\n".join([_picked(order, names), found, _picked(colleague, ("AGAIN",))])


def _body(module: ModuleType, change: Callable[[str], str] = str) -> str:
    """A module without its docstring and its imports."""
    return change("\n".join(_parts(module, lambda _: True)))


def _picked(module: ModuleType, names: tuple[str, ...]) -> str:
    """What a module calls by these names."""
    return "\n".join(_parts(module, lambda name: name in names))


def _parts(module: ModuleType, wanted: Callable[[str], bool]) -> list[str]:
    source = inspect.getsource(module)
    lines, parts, last = source.splitlines(), [], 0
    nodes = ast.parse(source).body
    for before, node in zip([None, *nodes], nodes, strict=False):
        start, doc = _first(node), isinstance(node, ast.Expr)
        keep = not isinstance(node, ast.Import | ast.ImportFrom) and not (doc and before is None)
        if doc and before is not None:
            keep = last == before.end_lineno
        if keep and (doc or wanted(_name(node))):
            gap = "\n\n" if isinstance(node, ast.FunctionDef | ast.ClassDef) else ""
            parts.append(gap + "\n".join(lines[start - 1 : node.end_lineno]))
            last = node.end_lineno or 0
    return parts


def _first(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(item.lineno for item in decorators)])


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.target)
    return str(getattr(node, "name", ""))
