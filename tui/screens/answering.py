"""Whether a step may ask first, and what it is answered where nobody is there."""

from __future__ import annotations

from tui.planning import editing
from tui.planning.draft import Draft
from tui.screens.asking import Asking, Change
from tui.widgets.form import Entry, Form
from tui.widgets.picker import Choice, Picker
from tui.workbook import Workbook


def turn(draft: Draft, name: str) -> None:
    """A step may ask, or may not any longer; then it has no answers either."""
    asks = (draft.step(name) or {}).get("ask") is True
    if asks:
        editing.put(draft, name, "answers", None, f"{name} asks nothing")
    editing.put(draft, name, "ask", None if asks else True, f"{name} asks nothing")


def forget(draft: Draft, name: str, about: str) -> None:
    """Take back the answer about a result."""
    answers = (draft.step(name) or {}).get("answers") or {}
    kept = {one: text for one, text in answers.items() if one != about}
    editing.put(draft, name, "answers", kept)


async def answer(app: Asking, book: Workbook, name: str, about: str | None) -> Change | None:
    """What is said if the step asks about a result: that one, or one to be chosen."""
    step = book.draft.step(name) or {}
    if about is None:
        choices = [Choice(one, one, "") for one in step.get("produces", {})]
        about = await app.push_screen_wait(Picker("An answer about which result?", choices))
        if about is None:
            return None
    answers = dict(step.get("answers") or {})
    entry = Entry("text", f"If they ask about {about}, you say", str(answers.get(about, "")))
    filled = await app.push_screen_wait(Form("Answer", [entry]))
    if filled is None:
        return None
    said = {**answers, about: filled["text"].strip()}
    kept = {one: text for one, text in said.items() if text}
    return lambda: editing.put(book.draft, name, "answers", kept)
