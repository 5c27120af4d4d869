"""A text area in which a long paragraph is as quick to write in as a short one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.containers import Lines
from rich.text import Text
from textual.widgets import TextArea

_EMPTY = Text()


class QuickArea(TextArea):
    """Draws the visible rows of a wrapped line without cutting up all of it for each of them."""

    def get_line(self, line_index: int) -> Text:
        return _Line(self.document.get_line(line_index), end="", no_wrap=True)


class _Line(Text):
    """A line that is cut where it is wrapped, and only the piece that is drawn."""

    def divide(self, offsets: Iterable[int]) -> Lines:
        return _Pieces(self, list(offsets))


class _Pieces(Lines):
    """The pieces of a line. The base class asks for the one that it draws, and then for those
    before it, in which it counts the tabs.
    """

    def __init__(self, line: Text, offsets: list[int]) -> None:
        super().__init__()
        self._line = line
        self._cuts = [0, *offsets, len(line)]
        self._tabs = "\t" in line.plain
        self._drawn = False

    def __getitem__(self, place: Any) -> Any:
        if self._drawn and not self._tabs:
            return _EMPTY
        self._drawn = True
        start, end = self._cuts[place], self._cuts[place + 1]
        return Text.divide(self._line, [start, end])[1]
