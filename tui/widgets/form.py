"""A few lines to fill in, each judged as it is typed; and a text to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Checkbox, Input, TextArea

from tui.widgets.plain import Plain, plain

Judge = Callable[[Mapping[str, str]], str | None]


@dataclass(frozen=True)
class Entry:
    """A line of a form. `judge` says what is wrong with what is typed, in the form as it stands."""

    key: str
    label: str
    value: str = ""
    hint: str = ""
    judge: Judge | None = None
    yes_or_no: bool = False
    """A box to tick: its value is "yes" or ""."""


class Form(ModalScreen[dict[str, str] | None]):
    """Fill in some lines; None where the learner would rather not."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", id="form.cancel", tooltip="Change nothing"),
        Binding("ctrl+s", "save", "Save", id="form.save", tooltip="Take what is filled in"),
    ]

    def __init__(self, title: str, entries: Sequence[Entry], about: str = "") -> None:
        super().__init__()
        self._title = title
        self._entries = entries
        self._about = about

    def compose(self) -> ComposeResult:
        with Vertical(classes="modal"):
            yield Plain(plain(self._title, "bold"), classes="modal-title")
            with VerticalScroll(id="lines", can_focus=False):
                if self._about:
                    yield Plain(self._about, classes="muted")
                for entry in self._entries:
                    if entry.yes_or_no:
                        yield Checkbox(
                            plain(entry.label), entry.value == "yes", id=entry.key, compact=True
                        )
                    else:
                        yield Plain(entry.label, classes="entry-label")
                        yield Input(
                            entry.value, placeholder=entry.hint, id=entry.key, compact=True,
                            select_on_focus=False,
                        )  # fmt: skip
            yield Plain("", id="judgement")
            with Horizontal(classes="buttons"):
                yield Button(plain("save (enter)"), id="save", compact=True)
                yield Button(plain("cancel (escape)"), id="cancel", compact=True)

    def on_mount(self) -> None:
        self.query_one(f"#{self._entries[0].key}").focus()

    def filled(self) -> dict[str, str]:
        """What is filled in now."""
        out = {}
        for entry in self._entries:
            if entry.yes_or_no:
                out[entry.key] = "yes" if self.query_one(f"#{entry.key}", Checkbox).value else ""
            else:
                out[entry.key] = self.query_one(f"#{entry.key}", Input).value.strip()
        return out

    def problem(self) -> str | None:
        """What is wrong with the first line that is not right."""
        filled = self.filled()
        for entry in self._entries:
            told = entry.judge(filled) if entry.judge else None
            if told:
                return told
        return None

    @on(Input.Changed)
    def _judge(self) -> None:
        self.query_one("#judgement", Plain).show(self.problem() or "")

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        told = self.problem()
        if told is None:
            self.dismiss(self.filled())
        else:
            self.query_one("#judgement", Plain).show(told)
            self.app.bell()

    @on(Button.Pressed, "#cancel")
    def action_leave(self) -> None:
        self.dismiss(None)


class Reading(ModalScreen[None]):
    """A text to read, and to select from."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave", "Close", id="reading.close", tooltip="Close it")
    ]

    def __init__(self, title: str, text: str, foot: str = "") -> None:
        super().__init__()
        self._title, self._text, self._foot = title, text, foot

    def compose(self) -> ComposeResult:
        with Vertical(classes="modal tall"):
            yield Plain(plain(self._title, "bold"), classes="modal-title")
            yield TextArea(
                self._text, read_only=True, show_cursor=False, id="text", compact=True,
                highlight_cursor_line=False,
            )  # fmt: skip
            yield Plain(self._foot, classes="muted modal-hint")
            yield Button(plain("close (escape)"), id="close", compact=True)

    def on_mount(self) -> None:
        self.query_one("#text").focus()

    @on(Button.Pressed, "#close")
    def action_leave(self) -> None:
        self.dismiss(None)
