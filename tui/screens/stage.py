"""What the screens of a scenario have in common: where one is in the loop, and how to get about."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from tui import tour
from tui.widgets.foot import Foot
from tui.widgets.plain import Plain
from tui.widgets.trail import Trail
from tui.workbook import Workbook

if TYPE_CHECKING:
    from tui.app import InternApp

STAGES = {
    "brief": "Brief", "interview": "Ask", "board": "Plan", "backbrief": "Backbrief",
    "predict": "Predict", "live": "Watch", "evaluation": "Result", "debrief": "Why",
    "attempts": "Attempts", "handin": "Hand in",
}  # fmt: skip
"""The stages of the loop in their order: name of the screen -> word on the trail."""


class Stage(Screen[None]):
    """A screen of one scenario. Subclasses set `STAGE` and `compose_body`.

    `NEXT` is what Enter leads to when nothing on the screen wants the key.
    """

    STAGE: ClassVar[str] = ""
    HELP: ClassVar[str | None] = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.up", "Back", id="back"),
        Binding("ctrl+r", "app.run_plan", "Run", id="run", tooltip="Run the plan many times"),
        Binding("f1", "app.explain", "Help", id="help"),
        *(
            Binding(key, f"app.stage('{name}')", word, show=False, id=f"go.{name}")
            for key, (name, word) in zip("1234567890", STAGES.items(), strict=True)
        ),
    ]

    def __init__(self, book: Workbook) -> None:
        super().__init__()
        self.book = book

    @property
    def intern(self) -> InternApp:
        """The app, as what it is."""
        from tui.app import InternApp

        assert isinstance(self.app, InternApp)
        return self.app

    def compose(self) -> ComposeResult:
        yield Trail(self.book.scenario.title, STAGES, self.STAGE)
        if said := tour.line(self.intern.where.tour, self.STAGE):
            yield Plain(said, id="guide", classes="next")
        with Vertical(id="body"):
            yield from self.compose_body()
        yield Foot()

    def compose_body(self) -> ComposeResult:
        """What the screen shows between the trail and the footer."""
        yield Plain("")
