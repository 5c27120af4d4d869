"""The map: what to do next in one line, and the scenarios there are."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer

from tui.widgets.plain import Plain


class HomeScreen(Screen[None]):
    """Where everything begins."""

    def compose(self) -> ComposeResult:
        yield Plain("Unreliable Intern", id="title")
        yield Footer()
