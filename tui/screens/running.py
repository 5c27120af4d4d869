"""Stages that run the plan on the board: they need one that can run."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from scenarios.errors import InputError
from tui.screens.stage import Stage
from tui.widgets.onward import Onward
from tui.workbook import Workbook


class RunStage(Stage):
    """A stage that begins with `start` where the draft is a plan, and else says what it lacks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next", id="next", tooltip="Whatever comes next"),
    ]

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.problem: InputError | None = None

    def on_mount(self) -> None:
        self.problem = self.lacking()
        if self.problem is None:
            self.start()
            return
        mend = f": {self.problem.mend}" if self.problem.mend else ""
        where = f"{self.problem.field}: " if self.problem.field else ""
        self.onward(
            f"The plan cannot run yet. {where}{self.problem.problem}{mend}. Enter: the board"
        )

    def lacking(self) -> InputError | None:
        """What keeps the stage from beginning."""
        return self.book.draft.problem()

    def start(self) -> None:
        """Begin; the draft is a plan."""

    def onward(self, text: str) -> None:
        """Say what Enter leads to."""
        self.query_one(Onward).show(text)

    def action_next(self) -> None:
        if self.problem is not None:
            self.intern.show_stage("board", self.book)
        else:
            self.go_on()

    def go_on(self) -> None:
        """What Enter does; the draft is a plan."""
