"""A step in a few words: what it gives, how it is done, how it is controlled."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping
from typing import Any

from textual.content import Content

from scenarios.plans.plan import CODE
from scenarios.scenario import Budget
from tui.planning.estimate import Estimate
from tui.printing import number
from tui.widgets.plain import lines, plain

LABEL = 8
"""Columns of a label."""


def controls(step: Mapping[str, Any]) -> list[str]:
    """What keeps a step's work right, and how it is handed over, in words of one or two."""
    out = []
    if takes := step.get("takes"):
        out.append(f"takes {takes_words(takes)}")
    if found := step.get("retrieves"):
        out.append(f"finds {found.get('k')} in {found.get('from')}")
    if (batch := step.get("batch", "all")) != "all":
        out.append(f"{batch} a call")
    if step.get("schema") is True:
        out.append("form")
    if step.get("votes", 1) != 1:
        out.append(f"{step['votes']} votes")
    if step.get("ask") is True:
        out.append("asks")
    if examples := step.get("examples"):
        out.append(f"{len(examples)} ex.")
    if checks := step.get("checks"):
        out.append("check" if len(checks) == 1 else f"{len(checks)} checks")
    if review := step.get("review"):
        some = f" ({takes_words(review['takes'])})" if review.get("takes") else ""
        blind = "blind " if review.get("blind") is True else ""
        out.append(f"{blind}review {review.get('by', '')}{some}")
    if step.get("redo"):
        out.append(f"redo {step['redo']}")
    if step.get("else", "keep") != "keep":
        out.append(f"else {step['else']}")
    return out


def takes_words(takes: Any) -> str:
    """Which records are taken: `30 by amount`, `20 at random where flagged`; nothing is all."""
    takes = takes if isinstance(takes, Mapping) else {}
    most, where, by = takes.get("most"), takes.get("where"), takes.get("by")
    words = [] if most is None and by is None else ["all" if most is None else str(most)]
    if by is not None:
        words.append(f"by {by}")
    elif most is not None:
        words.append("at random")
    if where is not None:
        words.append(f"where {where}")
    return " ".join(words) or "all"


def details(
    step: Mapping[str, Any], arriving: Mapping[str, str], width: int, trained: Collection[str] = ()
) -> Content:
    """A step in full, for somebody who looks at it and does not open it.

    `trained` are those who read no instructions.
    """
    rows: list[tuple[str, str]] = []
    given = {key: source for key, source in arriving.items() if source != "records"}
    if given:
        rows.append(("gets", ", ".join(f"{key} ({source})" for key, source in given.items())))
    for name, value in step.get("produces", {}).items():
        rows.append(("gives", f"{name}: {means(value)}"))
    if held := controls(step):
        rows.append(("controls", ", ".join(held)))
    if step.get("assignee") == CODE:
        rows += [("does", operation_words(one)) for one in step.get("does", ())]
        rows += [] if step.get("does") else [("does", "nothing yet: press enter")]
    elif step.get("assignee") not in ("you", *trained):
        text = step.get("instructions", "").strip()
        rows.append(("told", text or "nothing yet: press enter and write"))
    return lines(*(hanging(label, text, width) for label, text in rows))


def estimate_words(found: Estimate, budget: Budget) -> Content:
    """What a trial is likely to take, beside what it may."""
    parts = [plain("Without redos: " if not found.left_out else "So far: ", "$text-muted")]
    for value, limit, unit in (
        (found.money, budget.money, "wages"),
        (found.minutes, budget.minutes, "minutes"),
        (found.yours, budget.your_minutes, "your minutes"),
    ):
        over = value > limit
        parts.append(plain(f"{unit} ", "$text-muted"))
        parts.append(plain(number(value), "bold $text-error" if over else "bold"))
        told = f" (over {number(limit)}!)" if over else f" (of {number(limit)})"
        comma = ", " if unit != "your minutes" else ""
        parts.append(plain(told + comma, "$text-muted"))
    return Content("").join(parts)


def means(value: Any) -> str:
    """What a result is, as its learner said it."""
    if value is None:
        return "as the brief says"
    if not isinstance(value, Mapping):
        return str(value)
    words = str(value.get("means") or "(not said yet)")
    if value.get("choices"):
        words += f" [{', '.join(map(str, value['choices']))}]"
    return f"{words} (list)" if value.get("list") is True else words


def operation_words(operation: Mapping[str, Any]) -> str:
    """An operation of code on one line: `total = parse money printed_total, decimal last`."""
    name, *rest = operation.items()
    if "to" in operation:
        return f"{operation.get('set', '')} = {operation['to']}"
    words = [
        f"{key.replace('_', ' ')} {_value(value)}"
        for key, value in [name, *rest] if key != "set"
    ]  # fmt: skip
    return f"{operation.get('set', '')} = {', '.join(words)}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping):
        return " ".join(f"{item} {key}" if key == "days" else f"{key} {item}"
                        for key, item in value.items())  # fmt: skip
    return str(value)


def hanging(label: str, text: str, width: int, style: str = "") -> Content:
    """A label, and a text that stays to the right of it."""
    indent = " " * (LABEL + 1)
    wrapped = [
        part
        for line in text.split("\n")
        for part in textwrap.wrap(line, max(20, width - LABEL - 1)) or [""]
    ]
    words = f"\n{indent}".join(wrapped)
    return plain(f"{label:<{LABEL}} ", "$text-muted") + plain(words, style)
