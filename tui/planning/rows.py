"""All that can be set on a step besides its instructions, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from textual.content import Content

from scenarios.persona import Persona
from scenarios.plans.plan import CODE, YOU
from tui.planning import editing
from tui.planning.summary import hanging, means, takes_words

ELSE = {
    "keep": "it is delivered all the same",
    "you": "it comes to your own desk",
    "drop": "the record is left out",
}


class Row(NamedTuple):
    """A row: what it is about (a key of the step, and which of its items), and what it says."""

    key: str
    item: str | int | None
    label: str
    text: str

    def words(self, width: int) -> Content:
        """The row as it is shown in `width` columns."""
        return hanging(self.label, self.text, width, "" if self.label else "$text-accent")


def rows(
    step: Mapping[str, Any], cast: Mapping[str, Persona], *, searchable: bool = False
) -> list[Row]:
    """The rows of a step, for the colleague who does it.

    `searchable`: whether there is a collection to find passages in.
    """
    who = cast.get(step.get("assignee", ""))
    out = [
        _row("id", "name", step["id"]),
        _row("assignee", "who", who.name if who else step.get("assignee", "nobody")),
        _row("reads", "reads", ", ".join(editing.reads(step)) or "nothing"),
    ]
    if step.get("assignee") != CODE:
        out.append(_row("takes", "takes", takes_words(step.get("takes"))))
    for name, value in step.get("produces", {}).items():
        out.append(_row("produces", "gives", f"{name}: {means(value)}", name))
    out.append(_more("produces", "a result"))
    trained = who is not None and who.kind == "specialist"
    if trained:
        out.append(_row("trained", "learnt", "from solved records: enter shows which"))
    elif step.get("assignee") not in (CODE, YOU):
        examples = ", ".join(step.get("examples", ())) or "none"
        batch = step.get("batch", "all")
        each = f"{batch} records a call" if batch != "all" else "all records in one call"
        out += [
            _row("examples", "examples", examples),
            _row("batch", "batch", each),
            _row("schema", "form", "enforced" if step.get("schema") is True else "asked for"),
            _row("votes", "votes", _votes(step.get("votes", 1))),
            _row("ask", "asks", "one question, first" if step.get("ask") else "nothing"),
            *_answers(step),
            *([_row("retrieves", "finds", _found(step.get("retrieves")))] if searchable else []),
        ]
    for place, check in enumerate(step.get("checks", ())):
        redo = f", else redo {check['redo']}" if check.get("redo") else ""
        out.append(_row("checks", "check", f"{check.get('that', '')}{redo}", place))
    out.append(_more("checks", "a check"))
    if step.get("assignee") not in (CODE, YOU):
        out.append(_row("review", "review", _review(step.get("review"))))
    otherwise = step.get("else", "keep")
    out += [
        _row("redo", "redo", _times(step.get("redo", 0))),
        _row("else", "else", f"{otherwise}: {ELSE.get(otherwise, '')}"),
    ]
    return out


def _found(found: Any) -> str:
    if not isinstance(found, Mapping):
        return "nothing"
    by = ", ".join(map(str, found.get("by") or ()))
    passages = f"{found.get('k')} passages of {found.get('chunk')} tokens"
    return f"{passages} in {found.get('from')}, by {by}"


def _answers(step: Mapping[str, Any]) -> list[Row]:
    if not step.get("ask"):
        return []
    answers = step.get("answers") or {}
    said = [
        _row("answers", "answer", f"{one}: {str(text).strip()}", one)
        for one, text in answers.items()
    ]
    return [*said, _more("answers", "an answer, for when you are not there")]


def _votes(votes: Any) -> str:
    return "one: it is done once" if votes == 1 else f"{votes}: the majority of each result counts"


def _times(redo: Any) -> str:
    words = {0: "never", 1: "once", 2: "twice"}
    often = words.get(redo, f"{redo} times") if isinstance(redo, int) else str(redo)
    return f"{often}, where a check or a review finds fault" if redo else often


def _review(review: Mapping[str, Any] | None) -> str:
    if review is None:
        return "nobody"
    of = ", ".join(map(str, review.get("of") or ()))
    blind = ", blind" if review.get("blind") is True else ""
    some = f", of {takes_words(review['takes'])}" if review.get("takes") else ""
    return f"{review.get('by', '')} looks at {of}{some}{blind}"


def _row(key: str, label: str, text: str, item: str | int | None = None) -> Row:
    return Row(key, item, label, text)


def _more(key: str, what: str) -> Row:
    return Row(key, None, "", f"+ {what}")
