"""The end of the first session: what to do in one's own prompts tomorrow."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from scenarios.errors import InputError
from tui.outcomes.habits import habits
from tui.screens.stage import Stage
from tui.widgets.plain import Plain, lines, plain


class TakeawayScreen(Stage):
    """Five habits, and what each did in the learner's own attempts."""

    STAGE = "takeaway"
    CSS_PATH = "takeaway.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "To the map", id="takeaway.done"),
    ]

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="habits", classes="frame"):
            yield Plain(self.text())

    def action_done(self) -> None:
        self.intern.action_up()

    def text(self) -> Content:
        """The whole page."""
        try:
            attempts = self.book.store.attempts(self.book.scenario.id)
        except InputError:
            attempts = []
        parts = [plain("Tomorrow, in your own prompts", "bold $accent"), plain("")]
        for place, habit in enumerate(habits(attempts), 1):
            parts += [plain(f"{place}. {habit.rule}", "bold"), plain(habit.how)]
            if habit.seen:
                parts.append(plain(f"✓ {habit.seen}", "$success"))
            parts.append(plain(""))
        parts.append(plain("The next job asks for other habits. Enter goes to the map.", "dim"))
        return lines(*parts)
