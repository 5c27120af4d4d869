"""A question that a step may put before its work begins, and what becomes of the answer."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from simulator.order import UNANSWERED, _quoted, _shut

_FORM = "\n<form>enforced</form>"


@dataclass
class Question:
    """What is asked instead of doing anything, and the result that it is about."""

    text: str
    about: str


def told(order: dict[str, Any], asked: str, answer: str) -> dict[str, Any]:
    """An order with what was asked before and answered; '' for no answer."""
    head = order["head"].removesuffix(_FORM)
    said = f"<said question={_quoted(asked)}>{_shut(answer or UNANSWERED)}</said>"
    form = _FORM if head != order["head"] else ""
    return {**order, "head": f"{head}\n{said}{form}"}


def consult(question: dict[str, str]) -> str:
    """Your answer, typed; '' where nobody is at a terminal."""
    if not sys.stdin.isatty():
        return ""
    # A model's words are data: nothing in them steers the terminal.
    asked = "".join(c if c.isprintable() else " " for c in question["question"])
    sys.stdout.write(f"{question['step']} asks: {asked}\n> ")
    sys.stdout.flush()
    return sys.stdin.readline().strip()
