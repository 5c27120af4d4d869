"""A run that is watched: hand-made events, and a real one, played on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from simulator.events import (
    Answered,
    Asked,
    CameToYou,
    Event,
    Fault,
    Found,
    RunFinished,
    RunStarted,
    Seat,
    StepFinished,
    StepStarted,
)
from tests.tui.pilots import at_stage, settle, shown, wait_for, wait_for_screen
from tests.tui.played import played
from tui.app import InternApp
from tui.playing import Playing
from tui.screens.live import LiveScreen
from tui.screens.message import MessageScreen
from tui.telling import Line
from tui.widgets.happenings import KEPT, MOST, Happenings

REPLY = '[{"record": "r1", "pay": 1}]'
RUN: list[Event] = [
    RunStarted("tiny", (Seat("copy", "mira", (), "oswin"), Seat("sums", "tally", ("copy",))),
               ("r1", "r2"), "sim"),
    StepStarted(0, "copy", "mira", ("r1", "r2"), False),
    Asked(0, "copy", "mira", "work", ("r1", "r2"), "You are Mira.", "Copy [/b] this."),
    Answered(10, "copy", "mira", "work", ("r1", "r2"), REPLY, 100, 0.5, True),
    Asked(10, "copy", "oswin", "review", ("r1", "r2"), "You are Oswin.", "Look at it."),
    Answered(20, "copy", "oswin", "review", ("r1", "r2"), "ok", 50, 1.0, True),
    Found(20, "copy", "r1", "review", "You two differ.", "copy"),
    StepFinished(20, "copy", "mira", 1.5),
    StepStarted(20, "copy", "mira", ("r1",), True),
    Asked(20, "copy", "mira", "work", ("r1",), "You are Mira.", "Look again."),
    Fault(25, "copy", "mira", "the line was cut"),
    Answered(30, "copy", "mira", "work", ("r1",), "sorry", 10, 0.1, False),
    StepFinished(30, "copy", "mira", 1.6),
    StepStarted(30, "sums", "tally", ("r1", "r2"), False),
    Found(30, "sums", "r2", "check", "This does not hold: x", "you"),
    StepFinished(30, "sums", "tally", 0),
    CameToYou(90, "sums", "r2", True),
    RunFinished(90, False, ("r1",), 12.5, 1.6, 1.5, 1.0),
]  # fmt: skip


@dataclass
class Notes:
    """A view that writes down what it is told."""

    people: Sequence[str] = ()
    desks: dict[str, tuple[str, str]] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    end: RunFinished | None = None

    def begin(self, colleagues: Sequence[str], records: Sequence[str]) -> None:
        self.people = colleagues
        self.records = dict.fromkeys(records, "waiting")

    def desk(self, who: str, state: str, what: str) -> None:
        self.desks[who] = (state, what)

    def record(self, record: str, state: str) -> None:
        self.records[record] = state

    def line(self, line: Line) -> None:
        self.lines.append(line)

    def finish(self, end: RunFinished) -> None:
        self.end = end


def test_everybody_has_a_lane_and_you_only_where_something_comes_to_you() -> None:
    view = Notes()
    Playing(RUN, view).advance(0)
    assert view.people == ["mira", "oswin", "tally", "you"]
    quiet = Notes()
    Playing(RUN[:4], quiet).advance(0)
    assert quiet.people == ["mira", "oswin", "tally"]


def test_a_message_is_written_as_its_time_goes_by_and_paid_with_it() -> None:
    playing = Playing(RUN, Notes())
    playing.advance(5)
    assert playing.writing("mira") == REPLY[: len(REPLY) // 2]
    assert playing.cost == pytest.approx(0.25)
    playing.advance(10)
    assert playing.writing("mira") == REPLY
    assert playing.cost == pytest.approx(0.5)


def test_states_follow_what_happens() -> None:
    view = Notes()
    playing = Playing(RUN, view)
    playing.advance(5)
    assert view.desks["mira"] == ("working", "copy: 2 records")
    assert view.records == {"r1": "working", "r2": "working"}
    playing.advance(15)
    assert view.desks["oswin"][0] == "review"
    playing.advance(20)
    assert view.records == {"r1": "working", "r2": "done"}
    assert [line.state for line in view.lines if line.state == "again"] == ["again"] * 2
    playing.advance(89)
    assert view.records == {"r1": "fault", "r2": "you"}
    playing.skip()
    assert view.records == {"r1": "wrong", "r2": "right"}
    assert playing.over
    assert playing.came_to_you == 1
    assert view.end == RUN[-1]


def test_what_is_told_does_not_depend_on_the_frames() -> None:
    at_once, step_by_step = Notes(), Notes()
    Playing(RUN, at_once).skip()
    slow = Playing(RUN, step_by_step)
    for tenth in range(901):
        slow.advance(tenth / 10)
    assert at_once == step_by_step


def test_time_does_not_go_back_nor_past_the_end() -> None:
    playing = Playing(RUN, Notes())
    playing.advance(50)
    playing.advance(10)
    assert playing.now == 50
    playing.advance(1e9)
    assert playing.now == playing.length == 90


def test_no_events_are_no_run() -> None:
    view = Notes()
    playing = Playing([], view)
    playing.skip()
    assert playing.over
    assert view == Notes()


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InternApp:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("INTERN_NO_ANIMATION", "1")
    return InternApp()


async def watching(pilot: Pilot[Any], plan: bool = True) -> LiveScreen:
    app = pilot.app
    assert isinstance(app, InternApp)
    await settle(pilot)
    if plan:
        app.book("invoices").begin_naive()
    await at_stage(pilot, "live")
    screen = app.screen
    assert isinstance(screen, LiveScreen)
    if plan:
        await wait_for(pilot, lambda: screen.end, "the end of the run")
    return screen


@played
async def test_the_same_events_draw_the_same_screen(app: InternApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await watching(pilot)
        screen.play(RUN)
        await settle(pilot)
        first = shown(pilot)
        screen.play(RUN)
        await settle(pilot)
        assert shown(pilot) == first
        for words in ("Mira", "Oswin", "Tally", "You", "does copy again: r1", "the line was cut",
                      "r2 came to you", "not good enough", "1 of 2", "Enter: run it"):  # fmt: skip
            assert words in first


@played
async def test_a_message_can_be_read_as_it_was_sent(app: InternApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await watching(pilot)
        screen.play(RUN)
        await settle(pilot)
        await pilot.press("up")
        await settle(pilot)
        assert isinstance(app.focused, Happenings)
        await pilot.press("home", "enter")
        await wait_for_screen(pilot, "MessageScreen")
        text = shown(pilot)
        for words in ("What came back", REPLY, "Copy [/b] this.", "You are Mira."):
            assert words in text
        await pilot.press("escape")
        await wait_for_screen(pilot, "LiveScreen")
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen.focused is None
        await pilot.press("enter")
        await wait_for_screen(pilot, "EvaluationScreen")


@played
async def test_every_row_opens(app: InternApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await watching(pilot)
        screen.play(RUN)
        await settle(pilot)
        rows = screen.query_one(Happenings)
        for place in range(rows.option_count):
            rows.highlighted = place
            rows.action_select()
            await wait_for(pilot, lambda: isinstance(app.screen, MessageScreen), "a message")
            await pilot.press("escape")
            await wait_for(pilot, lambda: app.screen is screen, "the run")


@played
async def test_the_clock_can_be_stopped_and_hurried(
    app: InternApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INTERN_NO_ANIMATION")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.book("invoices").begin_naive()
        await at_stage(pilot, "live")
        screen = app.screen
        assert isinstance(screen, LiveScreen)
        await wait_for(pilot, lambda: screen.playing, "the run")
        playing = screen.playing
        assert playing is not None
        await wait_for(pilot, lambda: playing.now > 0, "the clock to run")
        await pilot.press("space")
        await settle(pilot)
        stopped = playing.now
        await settle(pilot)
        assert playing.now == stopped
        assert "paused" in shown(pilot)
        await pilot.press("plus", "plus", "plus", "space")
        assert screen.speed == 4
        await wait_for(pilot, lambda: playing.now > stopped, "the clock to run again")
        await pilot.press("s")
        await settle(pilot)
        assert screen.end is not None


@played
async def test_rows_are_pruned(app: InternApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await watching(pilot)
        many: list[Event] = [Fault(i, "copy", "mira", f"fault {i}") for i in range(3 * MOST)]
        screen.play([*RUN[:1], *many])
        await settle(pilot)
        rows = screen.query_one(Happenings)
        assert KEPT <= rows.option_count <= MOST
        assert f"fault {3 * MOST - 1}" in shown(pilot)
        rows.focus()
        await pilot.press("end", "enter")
        await wait_for_screen(pilot, "MessageScreen")
        assert f"fault {3 * MOST - 1}" in shown(pilot)


@played
async def test_a_plan_that_cannot_run_says_why_and_leads_to_the_board(app: InternApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await watching(pilot, plan=False)
        assert "cannot run yet. there is no step yet" in shown(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, "BoardScreen")
