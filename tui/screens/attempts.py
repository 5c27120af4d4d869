"""The attempts at a scenario: what changed from one to another, and what it did."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable
from textual.worker import get_current_worker

from scenarios.errors import InputError, printable
from simulator.storage.store import Attempt
from tui.planning.changes import did, figure, plan_changes
from tui.printing import number, percent
from tui.screens.looking import LookingScreen
from tui.screens.stage import Stage
from tui.searches import compared, placed
from tui.widgets.onward import Onward
from tui.widgets.plain import Plain, lines, plain
from tui.workbook import Workbook

MOST = 300
"""Attempts that are listed, the latest."""
_STYLES = {"+": "$success", "-": "$error", "~": "$warning"}


class AttemptsScreen(Stage):
    """A table of attempts; the one under the cursor is compared with a marked or earlier one."""

    STAGE = "attempts"
    CSS_PATH = "attempts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Compare with", id="attempts.mark",
                tooltip="Mark this attempt: the others are compared with it"),
        Binding("c", "measure", "Measure", id="attempts.measure",
                tooltip="Run both plans on the same draws: which is better, and at what?"),
        Binding("s", "standing", "Among others", id="attempts.standing",
                tooltip="Where your attempts stand among other plans of this scenario"),
        Binding("enter", "next", "Load", id="attempts.load",
                tooltip="Put this attempt's plan on the board; it can be undone there"),
    ]  # fmt: skip

    class Read(Message):
        """The attempts, oldest first."""

        def __init__(self, attempts: list[Attempt]) -> None:
            super().__init__()
            self.attempts = attempts

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.attempts: list[Attempt] = []
        self.marked: int | None = None
        """The number of the attempt that others are compared with; else the one before each."""

    def compose_body(self) -> ComposeResult:
        table: DataTable[Text] = DataTable(id="attempts", cursor_type="row", zebra_stripes=True)
        yield table
        with VerticalScroll(id="changes", classes="frame"):
            yield Plain("", id="did")
            yield Plain("", id="diff")
        yield Onward("")

    def on_mount(self) -> None:
        self.query_one("#changes").border_title = Content("What changed, and what it did")
        table = self.query_one(DataTable)
        for name in ("", "#", "when", "records", "reliable", "lost", "wrong", "medal"):
            table.add_column(_cell(name))
        table.focus()
        self.read()

    @work(thread=True, group="attempts", exclusive=True, exit_on_error=False)
    def read(self) -> None:
        """Fetch them from where they are kept."""
        found = self.book.store.attempts(self.book.scenario.id)[-MOST:]
        if not get_current_worker().is_cancelled:
            self.post_message(self.Read(found))

    @on(Read)
    def _read(self, message: Read) -> None:
        self.attempts = message.attempts
        self.draw()
        if self.attempts:
            self.query_one(DataTable).move_cursor(row=len(self.attempts) - 1)
            self.query_one(Onward).show("Enter: put this plan on the board   (c: measure it)")
        else:
            self.query_one("#did", Plain).show("No attempt is kept yet. Run the plan: ctrl+r.")
            self.query_one(Onward).show("Enter: the board")

    def draw(self) -> None:
        """All rows; the cursor stays where it was."""
        table = self.query_one(DataTable)
        place = table.cursor_row
        table.clear()
        for attempt in self.attempts:
            table.add_row(*map(_cell, self._row(attempt)))
        table.move_cursor(row=place)

    def _row(self, attempt: Attempt) -> list[str]:
        rate, loss = figure(attempt, "reliability"), figure(attempt, "loss")
        wrong = figure(attempt, "wrong_records")
        medal = attempt.summary.get("medal") or ("none" if attempt.lot == "sealed" else "")
        return [
            "*" if attempt.number == self.marked else "",
            str(attempt.number),
            attempt.created.replace("T", " ")[:16],
            attempt.lot,
            "-" if rate is None else percent(rate),
            "-" if loss is None else number(loss),
            "-" if wrong is None else number(wrong),
            f"{medal} (answer seen)" if attempt.revealed else str(medal),
        ]

    @property
    def chosen(self) -> Attempt | None:
        """The attempt under the cursor."""
        row = self.query_one(DataTable).cursor_row
        return self.attempts[row] if 0 <= row < len(self.attempts) else None

    def _base(self, chosen: Attempt) -> Attempt | None:
        """What an attempt is compared with."""
        for attempt in self.attempts:
            if attempt.number == self.marked and attempt is not chosen:
                return attempt
        before = [attempt for attempt in self.attempts if attempt.number < chosen.number]
        return before[-1] if before else None

    @on(DataTable.RowHighlighted)
    def compare(self) -> None:
        """Show what changed between the base and the attempt under the cursor."""
        chosen = self.chosen
        if chosen is None:
            return
        base = self._base(chosen)
        if base is None:
            self.query_one("#did", Plain).show(f"Attempt {chosen.number} is the first.")
            shown = [plain(line) for line in chosen.plan_text.splitlines()]
        else:
            one, other = sorted((base, chosen), key=lambda attempt: attempt.number)
            effect = did(self.book.scenario, one, other)
            said = f"From attempt {one.number} to {other.number}: {effect}"
            self.query_one("#did", Plain).show(plain(said, "bold"))
            shown = self._changes(one, other)
        self.query_one("#diff", Plain).show(lines(*shown))
        self.query_one("#changes").scroll_home(animate=False)

    def _changes(self, one: Attempt, other: Attempt) -> list[Content]:
        try:
            found = plan_changes(one.plan_text, other.plan_text)
        except InputError as error:
            return [plain(error.one_line())]
        same = [plain("The plans are the same.")]
        return [plain(change.line, _STYLES[change.sign]) for change in found] or same

    def action_measure(self) -> None:
        """Compare the attempt under the cursor with its base, on the same draws."""
        chosen = self.chosen
        base = self._base(chosen) if chosen is not None else None
        if chosen is None or base is None:
            self.notify("There is nothing to compare with yet.", markup=False)
            return
        one, other = sorted((base, chosen), key=lambda attempt: attempt.number)
        title = f"From attempt {one.number} to {other.number}"
        self.app.push_screen(LookingScreen(title, partial(compared, one, other)))

    def action_standing(self) -> None:
        """Show where the attempts stand."""
        title = f"{self.book.scenario.title}: your attempts among other plans"
        self.app.push_screen(LookingScreen(title, partial(placed, self.book)))

    def action_mark(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.marked = None if self.marked == chosen.number else chosen.number
            self.draw()
            self.compare()

    @on(DataTable.RowSelected)
    def _row_selected(self) -> None:
        self.action_next()

    def action_next(self) -> None:
        """Put the plan of the chosen attempt on the board."""
        chosen = self.chosen
        if chosen is not None:
            try:
                self.book.draft.load(chosen.plan_text, f"attempt {chosen.number}")
            except InputError as error:
                self.intern.report(error)
                return
            said = f"The plan of attempt {chosen.number} is on the board; undo brings yours back."
            self.notify(said, markup=False)
        self.intern.show_stage("board", self.book)


def _cell(text: str) -> Text:
    return Text(printable(text))


SCREEN = AttemptsScreen
