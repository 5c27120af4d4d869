"""What a report rests on: an attempt as it was kept, and the run behind it, made again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from agents.debriefing import Debrief, Debriefer
from agents.population import known
from agents.session import SIM, Session
from scenarios.loading import library
from scenarios.scenario import Lot, Scenario
from simulator.debriefing.bought import still_in
from simulator.scoring.evaluation import Evaluation
from simulator.storage.store import Attempt, Store
from tui.opening import Opened, open_attempt
from tui.outcomes import figures
from tui.outcomes.costs import costliest
from tui.outcomes.standing import Placed, standing

_AGAIN = ("reliability", "loss", "wrong_records", "cost", "minutes", "slips")
"""What a run that is made again has to come to as well."""
Advance = Callable[[Sequence[object]], None]


@dataclass(frozen=True)
class Behind:
    """An attempt and what is known of it. A real model's work cannot be done again: no run."""

    attempt: Attempt
    opened: Opened
    history: Sequence[Attempt]
    """All attempts at the scenario, oldest first."""
    told: Mapping[str, Collection[str]]
    debrief: Debrief | None = None
    """The run behind it with its causes, on practice records with what would have helped."""
    before: tuple[Attempt, Opened, Evaluation] | None = None
    """The attempt before it that can be run again, on the draws of this one."""
    taken: Sequence[str] = ()
    """Answers that the coach was asked for and that stand in the plan."""
    placed: Sequence[Placed] = ()
    """The attempts among other plans, where those were run once (`intern standing`)."""

    @property
    def evaluation(self) -> Evaluation | None:
        return self.debrief.evaluation if self.debrief else None

    @property
    def differs(self) -> bool:
        """Whether the run, made again, came to other figures than those that were kept."""
        if self.evaluation is None:
            return False
        now = figures.evaluation_object(self.evaluation, self.attempt.plan, self.attempt.model)
        kept = self.attempt.summary
        hidden = _AGAIN[:-1] if self.attempt.revealed else _AGAIN
        return any(name in kept and kept[name] != now[name] for name in hidden)


def behind(number: int, store: Store, jobs: int, advance: Advance) -> Behind:
    """The attempt of that number, its run made again. `advance` is told the trials so far.

    Raises InputError where there is no such attempt or its plan cannot be run any more, and
    KeyboardInterrupt where it was interrupted.
    """
    attempt = store.attempt(number)
    opened = open_attempt(attempt)
    history = store.attempts(attempt.scenario)
    found = Behind(
        attempt, opened, history, store.told(attempt.scenario),
        taken=[one.answer for one in still_in(opened.plan, store.bought(attempt.scenario))],
        placed=among(opened.scenario, history),
    )  # fmt: skip
    if not _simulated(attempt):
        return found
    session = _session(opened, attempt)
    evaluation = _evaluated(session, attempt, jobs, advance)
    if attempt.lot == "sealed":
        # No debrief ever shows a sealed record.
        return replace(found, debrief=Debrief(evaluation, None, None, ()))
    find = Debriefer(session, jobs=jobs)
    debrief = find.blame(find.advise(find.show(evaluation)), costliest(evaluation))
    debrief = find.look_at_controls(debrief)
    if debrief.evaluation.interrupted:
        raise KeyboardInterrupt
    return replace(found, debrief=debrief, before=_before(found, jobs))


def among(scenario: Scenario, attempts: Sequence[Attempt]) -> Sequence[Placed]:
    """The attempts among other plans of a scenario of the library, where those are known."""
    home = library().get(scenario.id)
    came = known(home.parent, scenario) if home else None
    return standing(came, attempts) if came else ()


def _before(found: Behind, jobs: int) -> tuple[Attempt, Opened, Evaluation] | None:
    attempt = found.attempt
    earlier = [
        one for one in found.history
        if one.number < attempt.number and one.lot == attempt.lot and _simulated(one)
    ]  # fmt: skip
    if not earlier:
        return None
    last = earlier[-1]
    opened = open_attempt(last)
    session = _session(opened, last)
    return last, opened, _evaluated(session, attempt, jobs, lambda _: None)


def _session(opened: Opened, attempt: Attempt) -> Session:
    """An attempt's plan, with what its pilots had cost by then."""
    piloted = attempt.summary.get("piloted", 0.0)
    return Session(opened.scenario, opened.plan, opened.cast, piloted=piloted)


def _simulated(attempt: Attempt) -> bool:
    """Whether everything in it can be done again: a model or a reader that was asked cannot."""
    return bool(attempt.model == SIM and attempt.summary.get("reader", SIM) == SIM)


def _evaluated(session: Session, attempt: Attempt, jobs: int, advance: Advance) -> Evaluation:
    lot: Lot = "sealed" if attempt.lot == "sealed" else "practice"
    found = session.evaluate(
        lot, seed=attempt.seed, trials=attempt.trials, jobs=jobs, progress=advance
    )
    if found.interrupted:
        raise KeyboardInterrupt
    return found
