"""What front ends talk to: load a plan, staff it, run it, explain it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from agents.debriefing import Debrief, Debriefer, Stop
from agents.workers import Workers
from scenarios.persona import Persona
from scenarios.plans.plan import Plan
from scenarios.scenario import Lot, Scenario
from scenarios.unbuilt import refuse
from simulator import sampling
from simulator.carried import carried
from simulator.events import Event, Recorder, Watch
from simulator.scoring.evaluation import LIMIT, Evaluation, Scored, score
from simulator.staffing import staffed
from simulator.text_reader import LOCAL, TextReader
from simulator.trial import TrialKey

if TYPE_CHECKING:
    from agents.models.account import Account
    from agents.team import CompiledTeam
    from agents.watching import Watched

SIM = "sim"
TRIALS = 80
SEALED_TRIALS = 200
Progress = Callable[[Sequence[Scored]], None]
Crew = Workers[tuple[bytes, Sequence[TrialKey]], list[Scored]]
"""Processes that run trials of a plan, which they are given pickled."""
TEAMS = 16
"""How many plans a process of the crew keeps ready: the coach goes on with few."""


class Session:
    """A plan, staffed with colleagues of a model, ready to run.

    `texts` reads for simulated interns; a real model reads for itself. Raises InputError where
    the model cannot be had or something cannot be run yet, and from whatever runs the plan where
    `texts` raises it.
    """

    def __init__(
        self, scenario: Scenario, plan: Plan, cast: Mapping[str, Persona], model: str = SIM,
        texts: TextReader = LOCAL, crew: Crew | None = None, account: Account | None = None,
        piloted: float = 0.0,
    ) -> None:  # fmt: skip
        refuse(scenario)
        refuse(plan)
        self.scenario = scenario
        self.plan = plan
        self.cast = staffed(cast, plan)
        self.model = model
        self.texts = texts
        self.account = account
        """What calls to an endpoint cost, and the most that they may."""
        self.piloted = piloted
        """What pilots for this scenario cost: it is in the wages of every trial."""
        self._crew = crew or _crew(scenario, self.cast, piloted)

    @property
    def simulated(self) -> bool:
        """Whether its colleagues are simulated, and cost nothing to ask again."""
        return self.model == SIM

    @cached_property
    def team(self) -> CompiledTeam:
        """The compiled graph. LangGraph is imported here, and not before."""
        from agents.quiet import no_tracing

        no_tracing()
        from agents.hiring import hirer
        from agents.team import CompiledTeam

        hire = hirer(self.model, self.texts, self.account)
        return CompiledTeam(self.scenario, self.plan, self.cast, hire, self.piloted)

    def evaluate(
        self, lot: Lot = "practice", *, seed: int = 1, trials: int = TRIALS, jobs: int = 1,
        progress: Progress | None = None, stop: Stop | None = None,
    ) -> Evaluation:  # fmt: skip
        """Run `trials` trials on a lot and score them.

        An interrupt keeps what is finished; so does `stop`, which is asked after every sample, and
        a spending limit.
        """
        keys = sampling.keys(self.scenario, lot, seed=seed, trials=trials)
        chunks = [keys[i : i + sampling.REPEATS] for i in range(0, len(keys), sampling.REPEATS)]
        scored: list[Scored] = []
        interrupted = limited = False
        try:
            for part in self._scored(chunks, jobs):
                limited = self.account is not None and self.account.reached
                # What a call was left out of is not finished.
                scored += [one for one in part if not (limited and LIMIT in one.faults)]
                if progress is not None:
                    progress(scored)
                if limited or (stop is not None and stop() and len(scored) < trials):
                    interrupted = True
                    break
        except KeyboardInterrupt:
            interrupted = True
        fair = tuple(trial for trial in scored if not trial.faults)
        faults = tuple(fault for trial in scored for fault in trial.faults)
        return Evaluation(
            self.scenario, self.plan, lot, seed, fair, len(scored) - len(fair), faults, interrupted,
            stopped=LIMIT if limited else "", inferred=not self.simulated, piloted=self.piloted,
        )  # fmt: skip

    def watch(self, lot: Lot = "practice", *, seed: int = 1, trial: int = 0) -> list[Event]:
        """Run one trial and give what happened in it, in the order of the run's clock.

        Nothing is recorded, and nobody is there to be asked.
        """
        from agents.watching import finished, started

        key = sampling.keys(self.scenario, lot, seed=seed, trials=trial + 1)[trial]
        recorder = Recorder()
        recorder(started(self.team, key, self.model))
        done = self.team.run([key], recorder)[0]
        recorder(finished(self.scenario, done, recorder.events))
        return recorder.in_order()

    def watched(
        self, lot: Lot = "practice", *, seed: int = 1, trial: int = 0, tell: Watch | None = None
    ) -> Watched:
        """One trial to be watched: recorded, and gone on with where it was cut off before.

        `tell` is told each event as it happens: steps side by side not in the clock's order.
        """
        from agents.watching import Watched

        return Watched(self, lot, seed=seed, trial=trial, tell=tell)

    def cut_off(self) -> int | None:
        """The trial that was watched last and cut off, or left waiting for an answer."""
        from agents.watching import cut_off

        return cut_off(self)

    def explain(
        self, *, seed: int = 1, trials: int = TRIALS, jobs: int = 1,
        progress: Progress | None = None,
    ) -> Debrief:  # fmt: skip
        """Evaluate on practice records, and find out why and what would have helped."""
        evaluation = self.evaluate(seed=seed, trials=trials, jobs=jobs, progress=progress)
        return self.advise(self.show(evaluation), jobs=jobs)

    def show(self, evaluation: Evaluation) -> Debrief:
        """The costliest cause of an evaluation on one of its records; no advice yet."""
        return Debriefer(self).show(evaluation)

    def advise(self, debrief: Debrief, *, jobs: int = 1, stop: Stop | None = None) -> Debrief:
        """The debrief with what would have helped, measured on the evaluation's own draws."""
        return Debriefer(self, jobs=jobs, stop=stop).advise(debrief)

    def with_plan(self, plan: Plan) -> Session:
        """A session with another plan for the same scenario, and all else the same."""
        return Session(
            self.scenario, plan, self.cast, self.model, self.texts, self._crew, self.account,
            self.piloted,
        )  # fmt: skip

    def score(
        self, keys: Sequence[TrialKey], jobs: int = 1, stop: Stop | None = None
    ) -> list[Scored]:
        """Run these trials and score them, in their order.

        Raises KeyboardInterrupt where `stop`, which is asked after every few trials, says so.
        """
        # Few trials are shared out evenly: a trial does not depend on those beside it.
        step = max(1, min(sampling.REPEATS, -(-len(keys) // jobs)))
        scored: list[Scored] = []
        for part in self._scored([keys[i : i + step] for i in range(0, len(keys), step)], jobs):
            scored += part
            if stop is not None and stop():
                raise KeyboardInterrupt
        return scored

    def _scored(self, chunks: Sequence[Sequence[TrialKey]], jobs: int) -> Iterator[list[Scored]]:
        # What is asked of an endpoint is remembered in this process only.
        here = self.model != SIM or self.texts is not LOCAL
        if jobs <= 1 or len(chunks) < 2 or here:
            for chunk in chunks:
                yield _score(self.team, chunk)
            return
        if not self._crew.started:
            # What is imported, loaded and read by now, none of them has to.
            assert self.team is not None
            list(carried(self.scenario, self.plan, self.cast))
        plan = pickle.dumps(self.plan)
        yield from self._crew.map([(plan, chunk) for chunk in chunks], jobs)


def _crew(scenario: Scenario, cast: Mapping[str, Persona], piloted: float) -> Crew:
    @lru_cache(TEAMS)
    def team(plan: bytes) -> CompiledTeam:
        return Session(scenario, pickle.loads(plan), cast, piloted=piloted).team

    return Workers(lambda work: _score(team(work[0]), work[1]))


def _score(team: CompiledTeam, chunk: Sequence[TrialKey]) -> list[Scored]:
    return [score(team.scenario, team.blueprints, trial)[0] for trial in team.run(chunk)]
