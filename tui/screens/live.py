"""One trial is watched: who does what, what is written, what is found, and what it costs."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import cache
from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from simulator.events import Event, Question, RunFinished
from tui import printing
from tui.lanes import counts, lanes
from tui.playing import Playing
from tui.screens.message import MessageScreen, parts_of
from tui.screens.running import RunStage
from tui.settings import animated
from tui.telling import Line, called, clock
from tui.vocabulary import mark
from tui.watching import Leg, Watching
from tui.widgets.happenings import Happenings
from tui.widgets.onward import Onward
from tui.widgets.plain import Plain, plain
from tui.widgets.question import QuestionBox
from tui.workbook import Workbook

SECONDS = 15.0
"""How long a run takes to be watched, whatever its own clock says."""
FRAMES = 20
TRIALS = 80


class LiveScreen(RunStage):
    """A lane a colleague, the records as marks, and all that happened in rows."""

    STAGE = "live"
    SPEEDS: ClassVar[Sequence[float]] = (0.5, 1.0, 2.0, 4.0)
    AFTER: ClassVar[str] = f"Enter: run it {TRIALS} times"
    """What the end of the run leads to."""
    AUTO_FOCUS = ""
    CSS_PATH = "live.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "Pause", id="live.pause", tooltip="Stop the clock, or go on"),
        Binding("plus,equals_sign", "speed(1)", "Faster", id="live.faster", key_display="+",
                tooltip="Play faster"),
        Binding("minus", "speed(-1)", "Slower", id="live.slower", key_display="-", show=False,
                tooltip="Play slower"),
        Binding("s", "skip", "Skip", id="live.skip", tooltip="Go to the end"),
        Binding("up,down", "look", "Inspect", id="live.look", show=False,
                tooltip="Stop at the last message"),
        Binding("n", "another", "Another", id="live.another", show=False,
                tooltip="Watch another trial"),
    ]  # fmt: skip

    class Ran(Message):
        """The trial was run, to its end or to a question; now it can be played."""

        def __init__(self, leg: Leg) -> None:
            super().__init__()
            self.leg = leg

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.playing: Playing | None = None
        self.trial: int | None = None
        self.paused = False
        self.speed = 1.0
        self.end: RunFinished | None = None
        self.question: Question | None = None
        self.watching = Watching(book)
        self.written = 1
        self._frame = 0.0
        self._told_trouble = False
        self._desks: dict[str, tuple[str, str]] = {}
        self._records: dict[str, str] = {}
        self._rows: list[tuple[Content, Event]] = []

    def compose_body(self) -> ComposeResult:
        yield Plain("", id="clock")
        with Container(id="run"):
            with Vertical(id="people"):
                yield Plain("", id="lanes")
                yield Plain("", id="records")
                yield Plain("", id="counts", classes="muted")
            yield Happenings(id="happenings", classes="frame")
        yield QuestionBox()
        yield Onward("The interns are at it ...")

    def start(self) -> None:
        self.query_one(Happenings).border_title = Content("What happens")
        # The screen is drawn first: side by side, each would take twice as long.
        self.set_timer(0.2, self.fetch)
        if animated():
            self.set_interval(1 / FRAMES, self.tick)

    def fetch(self) -> None:
        """Have the events of a trial come."""
        self.run_trial()

    @work(thread=True, group="trial", exclusive=True, exit_on_error=False)
    def run_trial(self) -> None:
        """Simulate the trial; it is played from what was recorded."""
        self._came(self.watching.begin(self.trial))

    @work(thread=True, group="trial", exclusive=True, exit_on_error=False)
    def reply(self, question: Question, text: str) -> None:
        """Go on with an answer."""
        self._came(self.watching.reply(question, text))

    def _came(self, leg: Leg) -> None:
        if not get_current_worker().is_cancelled:
            self.post_message(self.Ran(leg))

    def on_unmount(self) -> None:
        self.watching.leave()

    @on(Ran)
    def _ran(self, message: Ran) -> None:
        _spare_the_frames()
        leg, self.trial = message.leg, self.watching.trial
        if leg.trouble and not self._told_trouble:
            self._told_trouble = True
            self.intern.notify(leg.trouble, severity="warning", markup=False)
        # With an answer the run is what it was up to the question.
        start = self.playing.now if self.playing is not None and self.question is not None else 0.0
        self.question = leg.question
        self.play(leg.events, start)
        if self.question is None and self.watching.keep_answers():
            self.intern.notify("Your answer is in the plan now: every trial has it.", markup=False)

    def play(self, events: Sequence[Event], start: float = 0.0) -> None:
        """Play a run from its beginning, of which all up to `start` was seen."""
        self.end = None
        self._desks, self._records = {}, {}
        self.query_one(Happenings).clear()
        self.playing = Playing(events, self)
        self._frame = monotonic()
        self.onward("Enter: skip to the end")
        if animated():
            self.to(start)
        else:
            self.action_skip()

    def tick(self) -> None:
        """One frame: as much of the run's time goes by as of ours, in proportion."""
        now = monotonic()
        gone, self._frame = now - self._frame, now
        if self.playing is None or self.paused or self.playing.over:
            return
        # A frame that came late is no reason to jump.
        share = min(gone, 3 / FRAMES) * self.speed / SECONDS
        self.to(self.playing.now + share * max(self.playing.length, 0.01))

    def to(self, now: float) -> None:
        """Show the run as it is at a time of its clock."""
        if self.playing is None:
            return
        self.playing.advance(now)
        self.query_one(Happenings).add(self._rows)
        self._rows = []
        self._draw()
        if self.playing.over and self.question is not None:
            self.onward("The run waits for your answer.")
            box = self.query_one(QuestionBox)
            box.put(self.called(self.question.who), self.question.text)

    # What `Playing` tells

    def begin(self, colleagues: Sequence[str], records: Sequence[str]) -> None:
        self._desks = dict.fromkeys(colleagues, ("waiting", ""))
        self._records = dict.fromkeys(records, "waiting")
        self.written = 4 if self.size.width >= 100 and self.size.height >= 30 else 1
        writers = self.playing.writers if self.playing else set()
        text = self.written * sum(who in writers for who in colleagues)
        self.query_one("#lanes").styles.height = len(colleagues) + text
        per_line = max(1, self.query_one("#records").size.width // 2 or 24)
        self.query_one("#records").styles.height = -(-len(records) // per_line)

    def desk(self, who: str, state: str, what: str) -> None:
        self._desks[who] = (state, what)

    def record(self, record: str, state: str) -> None:
        self._records[record] = state

    def line(self, line: Line) -> None:
        shown = mark(line.state)
        row = (
            plain(f"{clock(line.at):>5} "),
            plain(f"{shown.glyph} ", shown.style),
            plain(f"{self.called(line.who)} ", "bold"),
            plain(f"{line.text}"),
        )
        self._rows.append((Content("").join(row), line.opens))

    def finish(self, end: RunFinished) -> None:
        self.end = end
        for who, (_, what) in self._desks.items():
            self._desks[who] = ("done", what)
        assert self.playing is not None
        self.onward(f"{self.playing.telling.verdict(end)} {self.AFTER}")

    # How it is drawn

    def _draw(self) -> None:
        assert self.playing is not None
        playing = self.playing
        speed = "paused" if self.paused else f"speed x{printing.number(self.speed)}"
        left = speed if not playing.over else "over" if self.question is None else "waits for you"
        wages = printing.number(playing.cost)
        shown = (
            f"{clock(playing.now)} of {clock(playing.length)}   wages {wages}   "
            f"came to you {playing.came_to_you}   {self.which()}   {left}"
        )
        self.query_one("#clock", Plain).update(plain(shown, "bold"), layout=False)
        wide = max(20, self.query_one("#lanes").size.width)
        drawn = lanes(playing, self._desks, self.called, self.written, wide)
        self.query_one("#lanes", Plain).update(drawn, layout=False)
        marks = [plain(f"{mark(state).glyph} ", mark(state).style)
                 for state in self._records.values()]  # fmt: skip
        self.query_one("#records", Plain).update(Content("").join(marks), layout=False)
        self.query_one("#counts", Plain).update(counts(self._records.values()), layout=False)

    def which(self) -> str:
        """Which run is watched."""
        return f"trial {(self.trial or 0) + 1}"

    def called(self, who: str) -> str:
        return called(who, self.book.cast)

    # What the learner does

    def go_on(self) -> None:
        if self.playing is None or (self.question is not None and self.playing.over):
            return
        if not self.playing.over:
            self.action_skip()
        else:
            self.intern.show_stage("evaluation", self.book)

    @on(QuestionBox.Answered)
    def _answer(self, message: QuestionBox.Answered) -> None:
        if self.question is not None:
            self.onward("The interns go on ...")
            self.reply(self.question, message.text)

    def action_skip(self) -> None:
        if self.playing is not None:
            self.to(self.playing.length)

    def action_pause(self) -> None:
        self.paused = not self.paused
        if self.playing is not None:
            self._draw()

    def action_speed(self, step: int) -> None:
        if step > 0:
            self.speed = min((one for one in self.SPEEDS if one > self.speed), default=self.speed)
        else:
            self.speed = max((one for one in self.SPEEDS if one < self.speed), default=self.speed)
        if self.playing is not None:
            self._draw()

    def action_look(self) -> None:
        self.query_one(Happenings).look()

    def action_another(self) -> None:
        if self.playing is not None and self.problem is None:
            self.trial = ((self.trial or 0) + 1) % TRIALS
            self.question = None
            self.query_one(QuestionBox).take_away()
            self.fetch()

    @on(Happenings.Opened)
    def _inspect(self, message: Happenings.Opened) -> None:
        if self.playing is None:
            return
        self.paused = True
        event = message.event
        who = self.called(getattr(event, "who", ""))
        heading = f"{clock(event.at)}  {who}  {getattr(event, 'step', '')}"
        parts = parts_of(event, self.playing, self.book.scenario)
        self.intern.push_screen(MessageScreen(heading, parts))


@cache
def _spare_the_frames() -> None:
    """Leave what the first run has made out of full collections: they would be seen as a jerk."""
    gc.freeze()


SCREEN = LiveScreen
