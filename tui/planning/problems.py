"""What is wrong with a plan, said for somebody who sees the board and no file."""

from __future__ import annotations

import re

from scenarios.errors import InputError

_PARTS = {
    "id": "its name", "assignee": "who does it", "reads": "what it reads",
    "produces": "what it gives", "instructions": "its instructions", "examples": "its examples",
    "batch": "its batch", "schema": "its form", "votes": "its votes", "ask": "its asking",
    "answers": "its answers", "retrieves": "what it finds", "review": "its review",
    "does": "what it does", "checks": "its checks", "redo": "its redos",
    "else": "what happens to what still fails",
}  # fmt: skip
_SAID = (
    (r"^must hold at least 1, not 0$", "is empty"),
    (r"^add what is missing$", "add one"),
    (r"^add '(\w+): ~' to what one produces$", r"add \1 to the results of a step"),
    (r"^write '(\w+): ~'$", r"take away its description"),
    (r"^has no description$", "says nothing yet"),
    (r"^add 'does:' with a list of operations$", "open it and add an operation"),
    (r"^add an operation with 'set: (\w+)'$", r"add an operation that sets \1"),
    (r"^is set by no operation$", "is set by none of its operations"),
    (r"^delete it: write operations under 'does'$", "take them away"),
)


def told(error: InputError) -> str:
    """One line: where, what is wrong, and how to mend it."""
    problem, mend = _reworded(error.problem), _reworded(error.mend)
    parts = [part for part in (_where(error.field), problem) if part]
    return ": ".join(parts) + (f"; {mend}" if mend else "")


def _where(field: str) -> str:
    top, *rest = field.split(".") if field else [""]
    if top != "steps" or not rest:
        return "" if top == "steps" else field
    name, *inner = rest
    if not inner:
        return f"step {name}"
    part = _PARTS.get(inner[0], inner[0])
    return f"step {name}, {part}" + (f", {inner[1]}" if len(inner) > 1 else "")


def _reworded(text: str) -> str:
    for pattern, words in _SAID:
        if re.search(pattern, text):
            return re.sub(pattern, words, text)
    return text
