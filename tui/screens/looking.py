"""Something that takes a while to find out, over whatever screen asked for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer
from textual.worker import get_current_worker

from scenarios.errors import InputError
from tui import printing
from tui.searches import Say, Stop
from tui.widgets.plain import Plain

Find = Callable[[Say, Stop], str]
"""Finds a text out: what it says meanwhile is shown; it ends early where it is told to stop."""


_SCROLLBAR = 2
"""Columns that are not there any more once the text is longer than the window."""


class LookingScreen(ModalScreen[None]):
    """Says how far it is, then the text, to be read and scrolled; any way out ends the search."""

    CSS_PATH = "message.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss", "Close", id="looking.close", tooltip="Back"),
    ]

    class Said(Message):
        """How far it is, or the whole text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, title: str, find: Find) -> None:
        super().__init__()
        self.heading = title
        self.find = find

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="message", classes="frame"):
            yield Plain(self.heading, classes="message-title")
            yield Plain("One moment ...", id="found", classes="message-text")
        yield Footer()

    def on_mount(self) -> None:
        self.call_after_refresh(self.begin)

    def begin(self) -> None:
        """Begin to look; the text is written for the width that there is."""
        self.look(self.query_one("#found").size.width - _SCROLLBAR)

    @work(thread=True, group="looking", exclusive=True, exit_on_error=False)
    def look(self, width: int) -> None:
        """Find it out, and show it."""
        worker = get_current_worker()

        def say(text: str) -> None:
            if not worker.is_cancelled:
                self.post_message(self.Said(text))

        try:
            with printing.columns(width):
                found = self.find(say, lambda: worker.is_cancelled)
        except InputError as error:
            found = error.one_line()
        except KeyboardInterrupt:  # it was told to stop
            return
        say(found)

    @on(Said)
    def _said(self, message: Said) -> None:
        self.query_one("#found", Plain).show(message.text)
