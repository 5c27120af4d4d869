"""Choose one thing, or several, of a list that can be filtered by typing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList
from textual.widgets.option_list import Option

from tui.widgets.plain import Plain, plain

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Choice(Generic[T_co]):
    """Something to choose: its name, a line about it, and more that is shown when it is chosen."""

    value: T_co
    name: str
    about: str = ""
    more: str = ""


class Search(Input):
    """The filter; the arrows move in the list below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move('cursor_down')", show=False, id="picker.down"),
        Binding("up", "screen.move('cursor_up')", show=False, id="picker.up"),
        Binding("pagedown", "screen.move('page_down')", show=False, id="picker.page-down"),
        Binding("pageup", "screen.move('page_up')", show=False, id="picker.page-up"),
    ]


class _Picking(ModalScreen[T]):
    """What both pickers are: a title, a filter, a list, and more about what is under the cursor."""

    CSS_PATH = "modals.tcss"
    HINT: ClassVar[str] = ""

    def __init__(self, title: str, choices: Sequence[Choice[object]], chosen: object) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._begin = next((i for i, one in enumerate(choices) if one.value == chosen), 0)
        self._wide = max((len(one.name) for one in choices if len(one.name) < 28), default=0)
        self._shown = list(range(len(choices)))

    def compose(self) -> ComposeResult:
        with Vertical(classes="modal"):
            yield Plain(plain(self._title, "bold"), classes="modal-title")
            yield Search(placeholder="type to find", id="search", compact=True)
            yield OptionList(id="choices", compact=True, markup=False)
            if any(one.more for one in self._choices):
                with VerticalScroll(id="more", can_focus=False):
                    yield Plain("", id="more-text")
            with Horizontal(classes="modal-foot"):
                yield Plain(self.HINT, classes="muted")
                yield from self.buttons()

    def buttons(self) -> ComposeResult:
        """What stands at the foot, for the mouse."""
        yield Button(plain("cancel (escape)"), id="cancel", compact=True)

    def on_mount(self) -> None:
        self.query_one("#search").focus()
        self._fill(self._begin)

    def mark(self, choice: Choice[object]) -> str:
        """What stands before the name of a choice."""
        return ""

    def _fill(self, at: int = 0) -> None:
        found = self.query_one("#choices", OptionList)
        found.set_options(Option(self._row(self._choices[i])) for i in self._shown)
        if self._shown:
            found.highlighted = self._shown.index(at) if at in self._shown else 0
        elif more := self.query("#more-text"):
            more.only_one(Plain).show("Nothing of this name.")

    def _row(self, choice: Choice[object]) -> Content:
        name = plain(f"{self.mark(choice)}{choice.name:<{self._wide}}")
        return name + plain(f"  {choice.about}", "$text-muted") if choice.about else name

    def action_move(self, how: str) -> None:
        """Move the cursor of the list, though the filter has the focus."""
        getattr(self.query_one("#choices", OptionList), f"action_{how}")()

    @on(Input.Changed, "#search")
    def _filter(self, event: Input.Changed) -> None:
        words = event.value.casefold().split()
        self._shown = [
            i for i, one in enumerate(self._choices)
            if all(word in f"{one.name} {one.about}".casefold() for word in words)
        ]  # fmt: skip
        self._fill(self._begin)

    @on(OptionList.OptionHighlighted)
    def _tell(self, event: OptionList.OptionHighlighted) -> None:
        found = self.query("#more-text")
        if found and event.option_index < len(self._shown):
            choice = self._choices[self._shown[event.option_index]]
            found.only_one(Plain).show(choice.more)
            self.query_one("#more").display = bool(choice.more)

    @on(Input.Submitted, "#search")
    def _enter(self) -> None:
        at = self.query_one("#choices", OptionList).highlighted
        if at is not None and at < len(self._shown):
            self.choose(self._choices[self._shown[at]].value)

    @on(OptionList.OptionSelected)
    def _click(self, event: OptionList.OptionSelected) -> None:
        self.choose(self._choices[self._shown[event.option_index]].value)

    def choose(self, value: object) -> None:
        """The learner wants this one."""


class Picker(_Picking[T | None]):
    """Choose one; None where the learner would rather not."""

    HINT = "enter chooses  "
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", id="picker.cancel", tooltip="Choose nothing")
    ]

    def __init__(self, title: str, choices: Sequence[Choice[T]], chosen: object = None) -> None:
        super().__init__(title, choices, chosen)

    def choose(self, value: object) -> None:
        self.dismiss(value)  # type: ignore[arg-type]

    @on(Button.Pressed, "#cancel")
    def action_leave(self) -> None:
        self.dismiss(None)


class ManyPicker(_Picking[list[T]]):
    """Choose any number; all that were chosen, in the order of the list."""

    HINT = "enter takes or leaves one, escape when done  "
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Done", id="picker.done", tooltip="Keep what is chosen")
    ]

    def __init__(self, title: str, choices: Sequence[Choice[T]], chosen: Collection[T]) -> None:
        super().__init__(title, choices, None)
        self._chosen = set(chosen)

    def buttons(self) -> ComposeResult:
        yield Button(plain("done (escape)"), id="done", compact=True)

    def mark(self, choice: Choice[object]) -> str:
        return "[x] " if choice.value in self._chosen else "[ ] "

    def choose(self, value: object) -> None:
        self._chosen ^= {value}  # type: ignore[arg-type]
        at = next(i for i, one in enumerate(self._choices) if one.value == value)
        self._fill(at)

    @on(Button.Pressed, "#done")
    def action_leave(self) -> None:
        self.dismiss([one.value for one in self._choices if one.value in self._chosen])
