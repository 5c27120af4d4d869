"""Why it went so: what failed, on which record, and what would have helped, rung by rung."""

from __future__ import annotations

from dataclasses import replace
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
from simulator.debriefing.bought import bought
from simulator.debriefing.debrief import WHY
from simulator.debriefing.foresight import foresight
from simulator.debriefing.heard import heard
from simulator.scoring.evaluation import Evaluation
from tui import printing
from tui.outcomes import costs, feedback, foretold, piloted, retold, story
from tui.outcomes.comparison import mean_of
from tui.printing import number, percent
from tui.screens.stage import Stage
from tui.widgets.onward import Onward
from tui.widgets.plain import Plain, lines, plain
from tui.workbook import Workbook

MEASURING = "Measuring what would have helped ..."
WORDS = f"the words; this attempt then does not count, and {story.PRICE}"
"""What the last rung of the ladder gives, and its price."""
ONWARD = "Enter: back to the board"
_LINES = 24
_CAUSES = 5
_IDLE = 6


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
        """The debrief, without all of the advice (`measured` is false) or with it."""

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
            yield Plain("", id="surprise")
            with Container(id="columns"):
                with Vertical(id="facts"):
                    yield Plain("", id="cause")
                    yield Plain("", id="title", classes="muted")
                    yield Plain("", id="outcome")
                with Vertical(id="exhibit"):
                    yield Plain("", id="record", classes="frame")
                with Vertical(id="then"):
                    yield Plain("", id="advice")
                    yield Plain("", id="question")
                    yield Plain("", id="others", classes="muted")
                    yield Plain("", id="heard")
                    yield Plain("", id="saved", classes="muted")
                    yield Plain("", id="idle", classes="muted")
            yield Plain("", id="foretold")
        yield Onward("")

    def on_mount(self) -> None:
        evaluation = self.book.evaluation
        self.query_one("#exhibit").display = False
        if evaluation is None or not evaluation.scored:
            self.query_one("#happened", Plain).show("Nothing was run in this sitting yet.")
            self.query_one(Onward).show("Enter: run the plan")
            return
        self.query_one("#happened", Plain).show(self._happened(evaluation))
        self._show_surprises(evaluation)
        self.query_one(Onward).show(ONWARD)
        known = self.book.debrief
        if known is not None and known.evaluation is not evaluation:
            known = None
        if known is not None:
            self._found(self.Found(known, True))
        elif evaluation.blame:
            self.query_one("#advice", Plain).show("Looking for what cost most ...")
        else:
            self._all_right()
        if known is None or not known.blamed:
            self.find_out(evaluation, known)

    def _happened(self, evaluation: Evaluation) -> str:
        """What came of it, in as many words as there is room for."""
        whole = story.what_happened(evaluation, "The plan")
        rate = evaluation.reliability
        if self.size.width >= 100 or rate is None:
            return whole
        lost = number(mean_of(evaluation, "loss"))
        currency = self.book.scenario.loss.currency
        return f"{lost} {currency} lost a trial; reliability {percent(rate.mean)}."

    def _show_surprises(self, evaluation: Evaluation) -> None:
        """What had been said in advance against what came: the greatest gap first, then all."""
        said = foresight(evaluation)
        for place in ("#surprise", "#foretold"):
            self.query_one(place).display = said is not None
        if said is not None:
            self.query_one("#surprise", Plain).show(plain(foretold.greatest(said), "bold"))
            with printing.columns(min(100, self.size.width - 4)):
                self.query_one("#foretold", Plain).show(foretold.told(said))

    @work(thread=True, group="debrief", exclusive=True, exit_on_error=False)
    def find_out(self, evaluation: Evaluation, known: Debrief | None) -> None:
        """Find the exhibit, then measure: what would have helped, what costs, what does nothing."""
        worker = get_current_worker()
        try:
            pilots = self.book.pilots()
        except InputError:
            pilots = []
        session = Session(
            self.book.scenario, evaluation.plan, self.book.cast, piloted=evaluation.piloted
        )
        find = Debriefer(session, stop=lambda: worker.is_cancelled)

        def post(debrief: Debrief, *, measured: bool = True) -> None:
            if not worker.is_cancelled:
                self.post_message(self.Found(debrief, measured))

        debrief = known
        if debrief is None:
            shown = debrief = find.show(evaluation)
            post(debrief, measured=False)
            debrief = find.advise(
                debrief, lambda some: post(replace(shown, advice=tuple(some)), measured=False)
            )
            post(debrief)
        debrief = find.blame(debrief, costs.costliest(evaluation))
        self._judge(debrief)
        debrief = find.look_at_pilots(find.look_at_controls(debrief), pilots)
        post(debrief)
        post(find.weed(debrief))

    def _judge(self, debrief: Debrief) -> None:
        """Have the report card go by what causes cost, now that it is known."""
        try:
            self.book.judge(debrief)
        except InputError as error:
            said = error.one_line()
            self.app.call_from_thread(self.notify, said, severity="warning", markup=False)

    @on(Found)
    def _found(self, message: Found) -> None:
        self.debrief, self.measured = message.debrief, message.measured
        if message.measured:
            self.book.debrief = message.debrief
        if message.debrief.cause is not None:
            self._show_cause(message.debrief)
            self._show_advice()
        self._show_costs(message.debrief)

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
        self.query_one("#heard", Plain).show(self._heard(evaluation))
        assert debrief.cause is not None
        asked = feedback.question(debrief.cause.cause, debrief.cause.step)
        self.query_one("#question", Plain).show(asked)

    def _show_costs(self, debrief: Debrief) -> None:
        """What causes cost: as they came first, and as it is measured once that is done."""
        causes = costs.of_causes(debrief)
        measured = "\n".join(["What each cause cost, run again without it:", *causes])
        others = measured if causes else self._others(debrief.evaluation)
        self.query_one("#others", Plain).show(others)
        controls = costs.of_controls(debrief)
        head = "What your checks and reviews caught, run again without each:"
        told = piloted.kept(debrief)
        saved = "\n".join([head, *controls]) if controls else ""
        self.query_one("#saved", Plain).show("\n\n".join(part for part in (saved, *told) if part))
        parts = story.idle_lines(debrief)[:_IDLE]
        head = "What does nothing that these trials could show:"
        self.query_one("#idle", Plain).show("\n".join([head, *parts]) if parts else "")

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
        assert self.debrief is not None
        best = self.debrief.best
        if not self.measured:
            said = [] if best is None else [
                plain("What surely helps, so far", "bold"), plain(best.change.says),
                plain(story.effect(self.debrief.evaluation, best), "$success"),
            ]  # fmt: skip
            advice.show(lines(*said, plain(MEASURING, "italic")))
            return
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
        """The answer was given away: the attempt does not count, and what was told is noted."""
        assert self.debrief is not None
        best = self.debrief.best
        assert best is not None
        answer = bought(best.change.answer, self.debrief.evaluation.plan, best.change.plan)
        try:
            self.book.store.buy(self.book.scenario.id, answer)
            if self.book.attempt is not None:
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
