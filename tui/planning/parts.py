"""Parts of a step as data: in what order they stand, and what becomes of them when others go."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from scenarios.language.expressions import names_in
from scenarios.language.operations import OPERATIONS
from scenarios.plans.plan import CODE

Step = dict[str, Any]

_FOR_PEOPLE = ("takes", "instructions", "examples", "batch", "schema", "votes", "ask",
               "answers", "review", "retrieves")  # fmt: skip
_ORDER = (
    "id", "assignee", "reads", "takes", "produces", "instructions", "examples", "batch", "schema",
    "votes", "ask", "answers", "retrieves", "review", "does", "checks", "redo", "else",
)  # fmt: skip
_WORD = re.compile(r"'[^']*'|\"[^\"]*\"|[A-Za-z_][A-Za-z0-9_]*")


def ordered(step: Step) -> Step:
    """A step with its keys in the order of a plan file."""
    keys = [*(key for key in _ORDER if key in step), *(key for key in step if key not in _ORDER)]
    return {key: step[key] for key in keys}


def as_code(step: Step) -> Step:
    """A step given to code: without what only people read, and with room for operations."""
    return {**{k: v for k, v in step.items() if k not in _FOR_PEOPLE}, "does": step.get("does", [])}


def prune(step: Step) -> None:
    """Empty lists of a step go, but for the operations that code must have."""
    for key in ("examples", "checks", "does"):
        if step.get(key) == [] and not (key == "does" and step.get("assignee") == CODE):
            del step[key]


def keep_review(step: Step) -> None:
    """A review is of results that the step has; of none it is no review."""
    review = step.get("review")
    if isinstance(review, dict) and isinstance(review.get("of"), list):
        review["of"] = [one for one in review["of"] if one in step.get("produces", {})]
        if not review["of"]:
            del step["review"]


def uses(check: Step, names: Collection[str]) -> bool:
    """Whether a check is about one of some values."""
    try:
        return any(name in names for name in names_in(str(check.get("that", ""))))
    except ValueError:
        return False


def rename_value(step: Step, old: str, new: str) -> None:
    """Rename a value in all that a step does with it."""

    def renamed(text: str) -> str:
        return _WORD.sub(lambda word: new if word[0] == old else word[0], text)

    review = step.get("review", {})
    for part in (*step.get("checks", ()), step.get("takes") or {}, review.get("takes") or {}):
        for key in ("that", "where", "by"):
            if isinstance(part.get(key), str):
                part[key] = renamed(part[key])
    if isinstance(review.get("of"), list):
        review["of"] = [new if one == old else one for one in review["of"]]
    if isinstance(answers := step.get("answers"), dict):
        step["answers"] = {new if one == old else one: text for one, text in answers.items()}
    for operation in step.get("does", ()):
        for key in ("set", *OPERATIONS):
            value = operation.get(key)
            if key == "to" and isinstance(value, str):
                operation[key] = renamed(value)
            elif isinstance(value, list):
                operation[key] = [new if one == old else one for one in value]
            elif value == old:
                operation[key] = new
        window = operation.get("within")
        if isinstance(window, dict) and window.get("of") == old:
            window["of"] = new
