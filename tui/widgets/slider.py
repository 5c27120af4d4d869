"""A share, set with the arrow keys or the mouse; nothing until it is set."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from tui.printing import percent
from tui.widgets.plain import plain

STEP = 0.05
_WIDTH = 40


class Slider(Widget, can_focus=True):
    """One share between 0 and 1 under a label; `share` is None where nothing is said."""

    DEFAULT_CSS = """
    Slider {
        height: 2;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:focus { text-style: bold; color: $accent; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Less", id="slider.less", tooltip="5 points less"),
        Binding("right", "move(1)", "More", id="slider.more", tooltip="5 points more"),
        Binding("shift+left", "move(-0.2)", "A little less", show=False, id="slider.little-less",
                tooltip="1 point less"),
        Binding("shift+right", "move(0.2)", "A little more", show=False, id="slider.little-more",
                tooltip="1 point more"),
        Binding("home", "set(0)", "None", show=False, id="slider.none", tooltip="0 %"),
        Binding("end", "set(1)", "All", show=False, id="slider.all", tooltip="100 %"),
        Binding("backspace,delete", "unset", "Unsay", show=False, id="slider.unsay",
                tooltip="Say nothing of it"),
        Binding("up", "app.focus_previous", "Up", show=False, id="slider.up",
                tooltip="The one above"),
        Binding("down", "app.focus_next", "Down", show=False, id="slider.down",
                tooltip="The one below"),
    ]  # fmt: skip

    def __init__(self, label: str, share: float | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.label = label
        self.share = share

    def render(self) -> Content:
        full = 0 if self.share is None else round(self.share * _WIDTH)
        said = "not said" if self.share is None else percent(self.share)
        return Content("").join([
            plain(f"{'>' if self.has_focus else ' '} {self.label}\n"),
            plain("  " + "█" * full, "$accent"), plain("·" * (_WIDTH - full), "dim"),
            plain(f" {said}"),
        ])  # fmt: skip

    def action_move(self, steps: float) -> None:
        at = 0.5 if self.share is None else self.share
        self.action_set(at + steps * STEP)

    def action_set(self, share: float) -> None:
        self.share = round(min(1.0, max(0.0, share)), 2)
        self.refresh()

    def action_unset(self) -> None:
        self.share = None
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        if event.y == 1:
            self.action_set(round((event.x - 1) / _WIDTH / STEP) * STEP)
