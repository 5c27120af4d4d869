"""What the board and the step editor share: changes that are told when they fail, and undo."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding

from scenarios.errors import InputError
from tui.planning.problems import told
from tui.screens.stage import Stage

UNDO = (
    Binding("ctrl+z", "undo", "Undo", id="plan.undo", tooltip="Take back the last change"),
    Binding("ctrl+y", "redo", "Redo", show=False, id="plan.redo", tooltip="Undo the undoing"),
)
"""The keys of every such stage; in the footer they come after its own."""


class EditingStage(Stage):
    """A stage on which the draft is changed. Subclasses set `refresh_draft`, and bind `UNDO`."""

    STAGE = "board"

    def refresh_draft(self) -> None:
        """Show the draft as it is now."""

    def do(self, change: Callable[[], object], said: str = "") -> bool:
        """Make a change of the draft and show it. False where it was refused, and why was said."""
        try:
            change()
        except InputError as error:
            self.notify(told(error), severity="error", markup=False)
            self.refresh_draft()
            return False
        if said:
            self.notify(f"{said} ctrl+z takes it back.", timeout=4, markup=False)
        self.refresh_draft()
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "undo":
            return self.book.draft.can_undo
        return super().check_action(action, parameters)

    def action_undo(self) -> None:
        self._turn(self.book.draft.undo, "There is nothing to undo.")

    def action_redo(self) -> None:
        self._turn(self.book.draft.redo, "There is nothing to redo.")

    def _turn(self, way: Callable[[], bool], nothing: str) -> None:
        def turn() -> None:
            if not way():
                self.notify(nothing, timeout=2, markup=False)

        self.do(turn)


def state_line(problem: InputError | None) -> tuple[str, bool]:
    """What stands in the way of the plan, or how to run it; and whether it can be run."""
    if problem is not None:
        return f"Not a plan yet. {told(problem)}", False
    return "Ready: ctrl+r runs it, 4 asks what they understood.", True
