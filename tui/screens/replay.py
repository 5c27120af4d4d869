"""A recorded run, drawn again: the live screen, at any speed, from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from scenarios.errors import InputError
from simulator.event_lines import Recorded
from tui.app import InternApp
from tui.exits import Exit
from tui.screens.live import LiveScreen
from tui.workbook import Workbook


class ReplayScreen(LiveScreen):
    """The live screen, without a run of its own."""

    SPEEDS: ClassVar[Sequence[float]] = (0.5, 1.0, 2.0, 4.0, 10.0, 20.0, 50.0)
    AFTER = "Enter: leave"

    def __init__(self, book: Workbook, recorded: Recorded, speed: float) -> None:
        super().__init__(book)
        self.recorded = recorded
        self.speed = speed

    def lacking(self) -> InputError | None:
        """Nothing: the draft on the board is another plan than the one that ran."""
        return None

    def fetch(self) -> None:
        """Play what was recorded."""
        self.play(self.recorded.events)

    def which(self) -> str:
        return "recorded"

    def to(self, now: float) -> None:
        super().to(now)
        if self.playing is not None and self.playing.over and self.end is None:
            self.onward(f"The recording ends here, before the run did. {self.AFTER}")

    def go_on(self) -> None:
        if self.playing is not None and self.playing.over:
            self.intern.exit(Exit.DONE)
        else:
            super().go_on()

    def action_another(self) -> None:
        """The same run from its beginning: there is no other."""
        self.fetch()


class ReplayApp(InternApp):
    """The app, opened at a recorded run; the map is behind it."""

    def __init__(self, scenario: str, recorded: Recorded, speed: float) -> None:
        super().__init__()
        self.scenario = scenario
        self.recorded = recorded
        self.speed = speed

    def on_ready(self) -> None:
        try:
            book = self.book(self.scenario)
        except InputError as error:
            self.report(error)
            return
        self.push_screen(ReplayScreen(book, self.recorded, self.speed))
        if self.recorded.notes:
            self.notify("; ".join(self.recorded.notes), severity="warning", markup=False)
