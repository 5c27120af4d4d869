"""All that can be set on a step besides its instructions, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from textual.content import Content

from scenarios.persona import Persona
from scenarios.plan import CODE, YOU
from tui import editing
from tui.summary import means
from tui.widgets.plain import plain

ELSE = {
    "keep": "it is delivered all the same",
    "you": "it comes to your own desk",
    "drop": "the record is left out",
}


class Row(NamedTuple):
    """A row: what it is about (a key of the step, and which of its items), and how it looks."""

    key: str
    item: str | int | None
    words: Content


def rows(step: Mapping[str, Any], cast: Mapping[str, Persona]) -> list[Row]:
    """The rows of a step, for the colleague who does it."""
    who = cast.get(step.get("assignee", ""))
    out = [
        _row("id", "name", step["id"]),
        _row("assignee", "who", who.name if who else step.get("assignee", "nobody")),
        _row("reads", "reads", ", ".join(editing.reads(step)) or "nothing"),
    ]
    for name, value in step.get("produces", {}).items():
        out.append(_row("produces", "gives", f"{name}: {means(value)}", name))
    out.append(_more("produces", "a result"))
    if step.get("assignee") not in (CODE, YOU):
        examples = ", ".join(step.get("examples", ())) or "none"
        batch = step.get("batch", "all")
        each = f"{batch} records a call" if batch != "all" else "all records in one call"
        out += [
            _row("examples", "examples", examples),
            _row("batch", "batch", each),
            _row("schema", "form", "enforced" if step.get("schema") is True else "asked for"),
        ]
    for place, check in enumerate(step.get("checks", ())):
        redo = f", else redo {check['redo']}" if check.get("redo") else ""
        out.append(_row("checks", "check", f"{check.get('that', '')}{redo}", place))
    out.append(_more("checks", "a check"))
    if step.get("assignee") not in (CODE, YOU):
        out.append(_row("review", "review", _review(step.get("review"))))
    otherwise = step.get("else", "keep")
    out += [
        _row("redo", "redo", f"{step.get('redo', 0)} times, what a check or review finds"),
        _row("else", "else", f"{otherwise}: {ELSE.get(otherwise, '')}"),
    ]
    return out


def _review(review: Mapping[str, Any] | None) -> str:
    if review is None:
        return "nobody"
    of = ", ".join(map(str, review.get("of") or ()))
    blind = ", blind" if review.get("blind") is True else ""
    return f"{review.get('by', '')} looks at {of}{blind}"


def _row(key: str, label: str, text: str, item: str | int | None = None) -> Row:
    return Row(key, item, plain(f"{label:<9}", "$text-muted") + plain(text))


def _more(key: str, what: str) -> Row:
    return Row(key, None, plain(f"{'':<9}") + plain(f"+ {what}", "$text-accent"))
