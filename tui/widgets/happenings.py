"""What happened in a run, a row each: it follows the run until somebody looks at a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simulator.events import Event

MOST, KEPT = 500, 400
"""Beyond `MOST` rows the oldest go, down to `KEPT`."""


class Happenings(OptionList):
    """Rows of text, each of which opens an event."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "follow", "Follow", id="happenings.follow",
                tooltip="Let go of the row, and follow the run again"),
        Binding("enter", "select", "Inspect", id="happenings.inspect",
                tooltip="Read the whole message"),
    ]  # fmt: skip

    class Opened(Message):
        """A row is to be looked at."""

        def __init__(self, event: Event) -> None:
            super().__init__()
            self.event = event

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False, compact=True)
        self._events: list[Event] = []

    def add(self, rows: Sequence[tuple[Content, Event]]) -> None:
        """More rows at the end."""
        if not rows:
            return
        options = [Option(content) for content, _ in rows]
        self._events += [event for _, event in rows]
        if len(self._events) > MOST:
            self._events = self._events[-KEPT:]
            kept = [Option(option.prompt) for option in [*self.options, *options][-KEPT:]]
            self.set_options(kept)
        else:
            self.add_options(options)
        if not self.has_focus:
            self.scroll_end(animate=False)

    def clear(self) -> None:
        """No rows."""
        self._events = []
        self.clear_options()

    def look(self) -> None:
        """Stop at the last row."""
        if self.option_count:
            self.focus()
            self.highlighted = self.option_count - 1

    def action_follow(self) -> None:
        self.highlighted = None
        self.screen.set_focus(None)
        self.scroll_end(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened(self._events[event.option_index]))
