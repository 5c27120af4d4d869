"""Why it went so: what failed, on which record, and what would have helped, rung by rung."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from agents.debriefing import Debrief, Debriefer
from agents.session import Session
from scenarios.errors import InputError
from simulator.debrief import WHY
from simulator.evaluation import Evaluation
from simulator.heard import heard
from tui import retold, story
from tui.comparison import mean_of
from tui.printing import number, percent
from tui.screens.stage import Stage
from tui.widgets.onward import Onward
from tui.widgets.plain import Plain, lines, plain
from tui.workbook import Workbook

MEASURING = "Measuring what would have helped ..."
WORDS = "the words; this attempt then counts for nothing on the map"
"""What the last rung of the ladder gives, and its price."""
ONWARD = "Enter: back to the board"
_LINES = 24
_CAUSES = 5
_ASK = {
    "unstated": "What did you know, or could have found out, that `{step}` was not told?",
    "vague": "Could somebody who starts on Monday do it from your sentence alone?",
    "contradicted": "What do your words say, read by somebody who takes them literally?",
    "conflict": "Which of the two things they were told is to win?",
    "overloaded": "Which of these rules belong together, and which deserve a step of their own?",
    "in-one-leap": "What is decided on the way there, and could it be written down and looked at?",
    "beyond-skill": "Where would a slip show, and who or what could look there?",
    "skipped": "How many at once would you hand to somebody, and still expect every one back?",
    "uncoded": "What did you assume that the code cannot know?",
}
_ASK_ELSE = "What would you change first, and how would you see that it helped?"


class DebriefScreen(Stage):
    """The costliest cause on one record, then what would have helped, measured."""

    STAGE = "debrief"
    CSS_PATH = "debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next", id="next", tooltip="To the board"),
        Binding("h", "hint", "Hint", id="debrief.hint",
                tooltip="More help: where to look, and then the words"),
    ]  # fmt: skip

    class Found(Message):
        """The debrief, without advice (`measured` is false) or with it."""

        def __init__(self, debrief: Debrief, measured: bool) -> None:
            super().__init__()
            self.debrief = debrief
            self.measured = measured

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.debrief: Debrief | None = None
        self.measured = False
        self.rung = 0

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="why"):
            yield Plain("", id="happened")
            with Container(id="columns"):
                with Vertical(id="facts"):
                    yield Plain("", id="cause")
                    yield Plain("", id="title", classes="muted")
                    yield Plain("", id="outcome")
                with Vertical(id="exhibit"):
                    yield Plain("", id="record", classes="frame")
                with Vertical(id="then"):
                    yield Plain("", id="advice")
                    yield Plain("", id="others", classes="muted")
                    yield Plain("", id="heard")
                    yield Plain("", id="question")
        yield Onward("")

    def on_mount(self) -> None:
        evaluation = self.book.evaluation
        self.query_one("#exhibit").display = False
        if evaluation is None or not evaluation.scored:
            self.query_one("#happened", Plain).show("Nothing was run in this sitting yet.")
            self.query_one(Onward).show("Enter: run the plan")
            return
        self.query_one("#happened", Plain).show(self._happened(evaluation))
        self.query_one(Onward).show(ONWARD)
        if self.book.debrief is not None and self.book.debrief.evaluation is evaluation:
            self._found(self.Found(self.book.debrief, True))
        elif evaluation.blame:
            self.query_one("#advice", Plain).show("Looking for what cost most ...")
            self.find_out(evaluation)
        else:
            self._all_right()

    def _happened(self, evaluation: Evaluation) -> str:
        """What came of it, in as many words as there is room for."""
        whole = story.what_happened(evaluation, "The plan")
        rate = evaluation.reliability
        if self.size.width >= 100 or rate is None:
            return whole
        lost = number(mean_of(evaluation, "loss"))
        currency = self.book.scenario.loss.currency
        return f"{lost} {currency} lost a trial; reliability {percent(rate.mean)}."

    @work(thread=True, group="debrief", exclusive=True, exit_on_error=False)
    def find_out(self, evaluation: Evaluation) -> None:
        """Find the exhibit, then measure what would have helped."""
        worker = get_current_worker()
        session = Session(self.book.scenario, evaluation.plan, self.book.cast)
        debrief = session.show(evaluation)
        self.post_message(self.Found(debrief, False))
        debrief = session.advise(debrief, stop=lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.post_message(self.Found(debrief, True))

    @on(Found)
    def _found(self, message: Found) -> None:
        self.debrief, self.measured = message.debrief, message.measured
        if message.measured:
            self.book.debrief = message.debrief
        self._show_cause(message.debrief)
        self._show_advice()

    def _show_cause(self, debrief: Debrief) -> None:
        evaluation = debrief.evaluation
        self.query_one("#cause", Plain).show(plain(story.top_cause(debrief), "bold"))
        exhibit = debrief.exhibit
        self.query_one("#exhibit").display = exhibit is not None
        if exhibit is not None:
            record = self.book.scenario.record[exhibit.record]
            self.query_one("#record", Plain).show(story.record_shown(record, "", _LINES))
            self.query_one("#title", Plain).show(story.exhibit_title(evaluation, exhibit))
            facts = story.exhibit_lines(evaluation, exhibit)
            self.query_one("#outcome", Plain).show(
                lines(*(plain(fact, "bold" if "came out" in fact else "") for fact in facts))
            )
        self.query_one("#others", Plain).show(self._others(evaluation))
        self.query_one("#heard", Plain).show(self._heard(evaluation))
        assert debrief.cause is not None
        ask = _ASK.get(debrief.cause.cause, _ASK_ELSE).format(step=debrief.cause.step)
        self.query_one("#question", Plain).show(f"To think about: {ask}")

    def _others(self, evaluation: Evaluation) -> str:
        rows = story.causes(evaluation)
        whole = sum(row["loss"] for row in rows)
        said = [
            f"  {percent(row['loss'] / whole):>5}  {row['step']}: {row['field']} - "
            f"{WHY[row['cause']]}"
            for row in rows[1 : 1 + _CAUSES] if whole > 0
        ]  # fmt: skip
        return "\n".join(["What else cost money:", *said]) if said else ""

    def _heard(self, evaluation: Evaluation) -> Content:
        if self.book.told is None:
            return plain("")
        said = retold.paragraphs(evaluation, heard(evaluation, self.book.told))
        return lines(*(plain(text) for text in said))

    def _show_advice(self) -> None:
        advice = self.query_one("#advice", Plain)
        if not self.measured:
            advice.show(plain(MEASURING, "italic"))
            return
        assert self.debrief is not None
        best = self.debrief.best
        if best is None:
            advice.show("No single change that was tried saves money.")
            return
        parts = [plain("What would help most", "bold"), plain(best.change.says)]
        parts.append(plain(story.effect(self.debrief.evaluation, best), "$success"))
        rungs = self._rungs()
        parts += [plain(text) for text in rungs[: self.rung]]
        if self.rung < len(rungs):
            more = ("where to look: free", WORDS) if len(rungs) == 2 else (WORDS,)
            parts.append(plain(f"h: {more[self.rung]}", "dim"))
        advice.show(lines(*parts))
        below = "" if self.size.width >= 100 else "what would help is further down; "
        self.query_one(Onward).show(f"{ONWARD}   ({below}h: more help)")

    def _rungs(self) -> list[str]:
        """What is behind the nudge: where to look, where there is a place, and the words."""
        best = self.debrief.best if self.debrief else None
        if best is None:
            return []
        pointer = [f"Where to look: {best.change.pointer}"] if best.change.pointer else []
        return [*pointer, f"The words: {best.change.answer}"]

    def _all_right(self) -> None:
        self.query_one("#cause", Plain).show("Nothing went wrong in any trial.")
        self.query_one("#question", Plain).show("To think about: what would break it?")
        self.query_one(Onward).show("Enter: hand it in")

    def action_hint(self) -> None:
        rungs = self._rungs()
        if not self.measured or self.rung >= len(rungs):
            return
        self.rung += 1
        if self.rung == len(rungs):
            self._revealed()
        self._show_advice()
        self.query_one("#advice").scroll_visible()

    def _revealed(self) -> None:
        """The answer was given away: the attempt says so, and counts for nothing on the map."""
        if self.book.attempt is None:
            return
        try:
            self.book.store.reveal(self.book.attempt)
        except InputError as error:
            self.notify(error.one_line(), severity="warning", markup=False)

    def action_next(self) -> None:
        evaluation = self.book.evaluation
        if evaluation is None or not evaluation.scored:
            self.intern.action_run_plan()
        elif not evaluation.blame:
            self.intern.show_stage("handin", self.book)
        elif self.debrief is not None or not self._looking():
            # Somebody who presses Enter quickly still sees why: that is what they came for.
            self.intern.show_stage("board", self.book)

    def _looking(self) -> bool:
        return any(one.group == "debrief" and one.is_running for one in self.workers)


SCREEN = DebriefScreen
