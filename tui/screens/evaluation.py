"""The plan, many times over: what it loses, how reliable it is, and whether it got better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.worker import get_current_worker

from agents.session import TRIALS
from scenarios.errors import InputError
from simulator.debriefing.foresight import foresight
from simulator.scoring.evaluation import Evaluation, Scored
from tui import printing
from tui.outcomes import foretold, results
from tui.printing import plural
from tui.screens.running import RunStage
from tui.widgets.onward import Onward
from tui.widgets.plain import Plain, plain
from tui.workbook import Workbook


class EvaluationScreen(RunStage):
    """Figures that move as trials come in; what is finished is kept as an attempt."""

    STAGE = "evaluation"
    CSS_PATH = "evaluation.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Back", id="evaluation.stop",
                tooltip="Stop the trials and keep what is finished; then, back"),
    ]  # fmt: skip

    class Progressed(Message):
        """More trials are in, or all of them."""

        def __init__(self, evaluation: Evaluation) -> None:
            super().__init__()
            self.evaluation = evaluation

    class Finished(Message):
        """The run is over; `attempt` is the number it is kept under."""

        def __init__(self, evaluation: Evaluation, attempt: int | InputError | None) -> None:
            super().__init__()
            self.evaluation = evaluation
            self.attempt = attempt

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.trials = TRIALS
        self.running = False
        self.stopping = False
        self.shown: Evaluation | None = None
        self.before: Evaluation | None = None

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="results"):
            yield Plain("", id="progress")
            yield Plain("", id="figures")
            yield Plain("", id="interval")
            yield Plain("", id="bar")
            yield Plain("", id="pass", classes="muted")
            yield Plain("", id="words")
        yield Onward("")

    def start(self) -> None:
        last = self.book.evaluation
        if last is not None and not last.interrupted and last.plan == self.book.draft.plan():
            self.before = self.book.before
            self._over(last)
        elif self.book.expects():
            self.call_later(self.intern.show_stage, "predict", self.book)
        else:
            self.before = last
            self.running = True
            self.onward("Escape: stop, and keep what is finished")
            self.query_one("#progress", Plain).show(f"Trial 0 of {self.trials}")
            self.run_trials()

    @work(thread=True, group="trials", exclusive=True, exit_on_error=False)
    def run_trials(self) -> None:
        """Run them, and keep what came of them."""
        worker = get_current_worker()
        session, text = self.book.session(), self.book.draft.text()

        def progress(scored: Sequence[Scored]) -> None:
            fair = tuple(trial for trial in scored if not trial.faults)
            found = Evaluation(session.scenario, session.plan, "practice", 1, fair)
            if not worker.is_cancelled:
                self.post_message(self.Progressed(found))

        evaluation = session.evaluate(
            trials=self.trials, progress=progress,
            stop=lambda: self.stopping or worker.is_cancelled,
        )  # fmt: skip
        if worker.is_cancelled:
            return
        kept: int | InputError | None = None
        if evaluation.scored:
            try:
                kept = self.book.keep(evaluation, text)
            except InputError as error:
                kept = error
        self.post_message(self.Finished(evaluation, kept))

    @on(Progressed)
    def _progressed(self, message: Progressed) -> None:
        if self.running:
            done = len(message.evaluation.scored)
            self.query_one("#progress", Plain).show(f"Trial {done} of {self.trials}")
            self.show(message.evaluation)

    @on(Finished)
    def _finished(self, message: Finished) -> None:
        self.running = False
        if message.evaluation.scored:
            self.book.took(message.evaluation)
        kept = message.attempt
        self.book.attempt = kept if isinstance(kept, int) else None
        if isinstance(kept, InputError):
            said = f"This attempt is not kept: {kept.one_line()}"
            self.notify(said, severity="warning", markup=False)
        self._over(message.evaluation)

    def _over(self, evaluation: Evaluation) -> None:
        number = f", kept as attempt {self.book.attempt}" if self.book.attempt else ""
        stopped = "Stopped after " if evaluation.interrupted else ""
        done = f"{stopped}{plural(len(evaluation.scored), 'trial')} on practice records{number}."
        self.query_one("#progress", Plain).show(done)
        self.show(evaluation)
        rate = evaluation.reliability
        said = []
        if rate is not None and self.book.prediction is not None:
            said.append(results.expectation(self.book.prediction, rate))
        if self.before is not None:
            said += filter(None, [results.improvement(self.before, evaluation)])
        if evaluation.faulty:
            faulty = plural(evaluation.faulty, "trial")
            said.append(f"{faulty} spoilt by faults of the connection or the model, not scored.")
        foreseen = foresight(evaluation)
        if foreseen is not None:
            with printing.columns(min(100, self.size.width - 4)):
                said += ["", foretold.told(foreseen)]
        self.query_one("#words", Plain).show("\n".join(said).strip())
        self.onward("Enter: why it went so" if evaluation.scored else "Enter: the board")

    def show(self, evaluation: Evaluation) -> None:
        """Draw an evaluation, finished or not."""
        self.shown = evaluation
        width = self.query_one("#results").size.width - 2 or self.size.width - 4
        self.query_one("#figures", Plain).show(results.figures(evaluation, self.before, width))
        rate = evaluation.reliability
        if rate is None:
            return
        medals = self.book.scenario.medals
        self.query_one("#interval", Plain).show(plain(results.interval(rate), "bold"))
        self.query_one("#bar", Plain).show(results.reliability(rate, medals, width))
        self.query_one("#pass", Plain).show(results.pass_k(evaluation))

    def on_resize(self) -> None:
        if self.shown is not None:
            self.show(self.shown)

    def action_stop(self) -> None:
        if self.running:
            self.stopping = True
        else:
            self.intern.action_up()

    def go_on(self) -> None:
        if self.running or self.shown is None:
            return
        self.intern.show_stage("debrief" if self.shown.scored else "board", self.book)


SCREEN = EvaluationScreen
