"""Handing in: the plan on records that nobody has seen, and the medal that it earns."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from agents.session import SEALED_TRIALS
from scenarios.errors import InputError
from simulator.debriefing.bought import Bought
from simulator.scoring.evaluation import Evaluation, Scored
from tui.outcomes import results
from tui.outcomes.medals import MEDALS, capped, medal, over_budget
from tui.outcomes.report import rows
from tui.printing import number, percent
from tui.screens.running import RunStage
from tui.vocabulary import mark
from tui.widgets.onward import Onward
from tui.widgets.plain import Plain, lines, plain
from tui.workbook import Workbook

TRIALS = SEALED_TRIALS
_EXPLAINED = """\
Handing in runs your plan {trials} times on sealed records: others than those of practice, which \
nobody has seen and no debrief ever shows. They are always the same ones, with the same luck, so \
handing in the same plan twice gives the same result twice.

A medal is for reliability within the budget: {bars}; at most {money} in wages and {minutes} \
minutes a trial, and never more than {yours} of your own minutes.

What you hand in is kept as an attempt. You can hand in again after every change."""


class HandinScreen(RunStage):
    """Asks once, runs, and says what it came to."""

    STAGE = "handin"
    CSS_PATH = "handin.tcss"

    class Progressed(Message):
        """So many trials are done."""

        def __init__(self, done: int) -> None:
            super().__init__()
            self.done = done

    class Finished(Message):
        """All are done; `attempt` is the number it is kept under."""

        def __init__(
            self, evaluation: Evaluation, attempt: int | InputError, bought: Sequence[Bought]
        ) -> None:
            super().__init__()
            self.evaluation = evaluation
            self.attempt = attempt
            self.bought = bought

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.running = False
        self.evaluation: Evaluation | None = None
        self.bought: Sequence[Bought] = ()
        """The answers about the scenario that the coach told."""
        self.carded = False
        """Whether the report card was shown."""

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="handed"):
            yield Plain("", id="medal")
            yield Plain(self._explained(), id="explained")
            yield Plain("", id="bar")
            yield Plain("", id="reasons")
            yield Plain("", id="figures")
        yield Onward("")

    def start(self) -> None:
        self.onward("Enter: hand it in   (escape: not yet)")

    def _explained(self) -> str:
        scenario = self.book.scenario
        bars = ", ".join(
            f"{name} from {percent(getattr(scenario.medals, name))}" for name in reversed(MEDALS)
        )
        return _EXPLAINED.format(
            trials=TRIALS, bars=bars, money=number(scenario.budget.money),
            minutes=number(scenario.budget.minutes), yours=number(scenario.budget.your_minutes),
        )  # fmt: skip

    def go_on(self) -> None:
        if self.evaluation is not None:
            if self.carded or not self.evaluation.scored:
                self.intern.show_stage("attempts", self.book)
            else:
                self.carded = True
                self.intern.action_card()
                self.onward("Enter: your attempts")
        elif not self.running:
            self.running = True
            self.onward(f"Handed in. Trial 0 of {TRIALS}")
            self.run_sealed()

    @work(thread=True, group="trials", exclusive=True, exit_on_error=False)
    def run_sealed(self) -> None:
        """Run it on the sealed records; whoever leaves before the end has not handed in."""
        worker = get_current_worker()
        session, text = self.book.session(), self.book.draft.text()

        def progress(scored: Sequence[Scored]) -> None:
            if not worker.is_cancelled:
                self.post_message(self.Progressed(len(scored)))

        evaluation = session.evaluate(
            "sealed", seed=self.book.scenario.seed, trials=TRIALS, progress=progress,
            stop=lambda: worker.is_cancelled,
        )  # fmt: skip
        if worker.is_cancelled:
            return
        bought: Sequence[Bought] = ()
        try:
            bought = self.book.bought()
            kept: int | InputError = self.book.keep(evaluation, text)
        except InputError as error:
            kept = error
        self.post_message(self.Finished(evaluation, kept, bought))

    @on(Progressed)
    def _progressed(self, message: Progressed) -> None:
        if self.running:
            self.onward(f"Handed in. Trial {message.done} of {TRIALS}")

    @on(Finished)
    def _finished(self, message: Finished) -> None:
        self.running = False
        self.evaluation = message.evaluation
        if isinstance(message.attempt, InputError):
            said = f"This attempt is not kept: {message.attempt.one_line()}"
            self.notify(said, severity="warning", markup=False)
        self.bought = message.bought
        self.draw(message.evaluation)
        then = "your report card" if message.evaluation.scored else "your attempts"
        self.onward(f"Enter: {then}")

    def draw(self, evaluation: Evaluation) -> None:
        """The medal, or none, and what made it so."""
        won = medal(evaluation, self.bought)
        self.query_one("#medal", Plain).show(_celebration(won))
        self.query_one("#medal").set_class(True, f"-{won or 'none'}")
        self.query_one("#explained").display = False
        rate = evaluation.reliability
        if rate is None:
            self.query_one("#reasons", Plain).show("No trial was scored.")
            return
        width = self.query_one("#handed").size.width - 2
        medals = self.book.scenario.medals
        self.query_one("#bar", Plain).show(results.reliability(rate, medals, width))
        self.query_one("#reasons", Plain).show(self._reasons(evaluation))
        self.query_one("#figures", Plain).show(results.figures(evaluation, None, width))

    def _reasons(self, evaluation: Evaluation) -> Content:
        """What earned it, and what the next medal takes."""
        rate, medals = evaluation.reliability, self.book.scenario.medals
        assert rate is not None
        over = over_budget(evaluation)
        budgets = {row.metric: row for row in rows(evaluation)}
        said = [
            _reason(rate.mean >= getattr(medals, name),
                    f"reliability {percent(rate.mean)}, {name} is {percent(getattr(medals, name))}")
            for name in reversed(MEDALS)
        ]  # fmt: skip
        for metric, name in (("cost", "wages"), ("minutes", "minutes"),
                             ("your_minutes", "your minutes")):  # fmt: skip
            row = budgets[metric]
            said.append(_reason(name not in over, f"{row.label} {row.mean}, {row.wanted}"))
        if why := capped(evaluation, self.bought):
            said.append(_reason(False, why))
        return lines(*said)


def _reason(met: bool, text: str) -> Content:
    state = mark("right" if met else "wrong")
    return plain(f"{state.glyph} ", state.style) + plain(text)


def _celebration(won: str | None) -> str:
    if won is None:
        return "No medal this time."
    stars = "*" * (len(MEDALS) - MEDALS.index(won))
    return f"{stars}  {won.upper()} MEDAL  {stars}"


SCREEN = HandinScreen
