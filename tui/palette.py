"""The command palette: `noun: verb`, and only what makes sense now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.markup import escape
from textual.screen import Screen

from tui.screens.stage import STAGES
from tui.settings import DARK, LIGHT, TERMINAL
from tui.workbook import Workbook

if TYPE_CHECKING:
    from tui.app import InternApp

_THEMES = {
    DARK: "theme: dark", LIGHT: "theme: light", TERMINAL: "theme: the terminal's own colours",
}  # fmt: skip


def commands(app: InternApp, screen: Screen[object]) -> Iterator[SystemCommand]:
    """What can be done from a screen."""
    book = getattr(screen, "book", None)
    if isinstance(book, Workbook):
        for name, word in STAGES.items():
            if name != getattr(screen, "STAGE", ""):
                go = partial(app.action_stage, name)
                where = escape(word)
                yield SystemCommand(f"go: {where}", f"The stage {where}", go)
        yield SystemCommand("go: the map", "All scenarios (escape)", app.action_up)
        yield SystemCommand("run: the plan", "Run it many times (ctrl+r)", app.action_run_plan)
        yield SystemCommand(
            "go: five habits", "What to do in your own prompts tomorrow",
            partial(app.show_takeaway, book),
        )  # fmt: skip
    yield SystemCommand("go: report card", "Your attempts, skill by skill", app.action_card)
    yield SystemCommand("help: explain this", "What has the focus (f1)", app.action_explain)
    yield SystemCommand("help: all keys", "What every key does here (?)", app.action_keys)
    yield SystemCommand("help: words", "What the words here mean", app.action_glossary)
    for name, title in _THEMES.items():
        if name != app.theme:
            choose = partial(setattr, app, "theme", name)
            yield SystemCommand(escape(title), f"The theme {escape(name)}", choose)
    yield SystemCommand("theme: choose", "One of all themes there are", app.action_change_theme)
    yield SystemCommand(
        "picture: save", "An SVG picture of the screen", partial(app.set_timer, 0.1, _picture(app))
    )
    yield SystemCommand("quit: the program", "Drafts are saved (ctrl+q)", app.action_quit)


def _picture(app: InternApp) -> partial[str | None]:
    return partial(app.deliver_screenshot)
