"""A pane to read in: it scrolls, can be searched, and keeps lines whole where that matters."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from tui.widgets.plain import Plain


class Reader(VerticalScroll):
    """Shows one text. What is looked for is marked, and brought into sight."""

    HELP = "The text. Arrow keys and space scroll; select with the mouse, copy with ctrl+c."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_down", "On", show=False, id="reader.on", tooltip="A page on"),
        Binding("left", "scroll_left", "Left", show=False, id="reader.left"),
        Binding("right", "scroll_right", "Right", show=False, id="reader.right"),
    ]
    DEFAULT_CSS = """
    Reader { overflow-x: auto; scrollbar-gutter: stable; }
    Reader > Plain { width: 100%; height: auto; }
    Reader.-whole > Plain { width: auto; text-wrap: nowrap; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.text = Content("")
        self.wraps = True

    def compose(self) -> ComposeResult:
        yield Plain()

    def show(self, text: Content, *, wraps: bool = True) -> None:
        """Show a text from its beginning."""
        self.text, self.wraps = text, wraps
        self.set_class(not wraps, "-whole")
        self.query_one(Plain).show(text)
        self.scroll_home(animate=False)

    def mark(self, query: str, start: int) -> None:
        """Mark every place of `query`, and bring the one at `start` into sight."""
        shown = self.text
        for at in places(self.text.plain, query):
            style = "reverse bold" if at == start else "underline"
            shown = shown.stylize(style, at, at + len(query))
        self.query_one(Plain).show(shown)
        self.scroll_to(y=max(0, self.line_of(start) - 2), animate=False, force=True)

    def line_of(self, start: int) -> int:
        """The line on which a place is shown."""
        before = self.text[:start]
        if not self.wraps:
            return before.plain.count("\n")
        return max(0, len(before.wrap(max(1, self.content_size.width))) - 1)


def places(text: str, query: str) -> list[int]:
    """Where `query` begins in `text`, whatever the case."""
    found: list[int] = []
    # Lower-casing may change the length of a text; where it does, case matters.
    lower = text.lower()
    if len(lower) != len(text) or len(query.lower()) != len(query):
        lower = text
    else:
        query = query.lower()
    at = lower.find(query) if query else -1
    while at >= 0:
        found.append(at)
        at = lower.find(query, at + len(query))
    return found
