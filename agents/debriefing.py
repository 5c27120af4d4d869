"""Why an evaluation went so, and what would have helped, found out piece by piece.

Every piece runs the team again on the evaluation's own draws. Each gives a debrief that knows more;
one that was stopped says that its evaluation was interrupted, and keeps what is known by then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agents.promised import Promised, promised
from scenarios.plans.plan import Plan
from simulator.coaching import (
    Advice,
    Tell,
    Without,
    idle,
    rounds,
    saved,
    suggest,
    trials_of,
)
from simulator.debriefing.blaming import Blamed, blame
from simulator.debriefing.debrief import Exhibit, exhibit
from simulator.pilots import Pilot
from simulator.scoring.evaluation import Evaluation, Scored
from simulator.slip import SlipKey
from simulator.trial import TrialKey

if TYPE_CHECKING:
    from agents.session import Session

Stop = Callable[[], bool]


@dataclass(frozen=True)
class Debrief:
    """An evaluation, its costliest cause shown on one record, and what would have helped."""

    evaluation: Evaluation
    cause: SlipKey | None
    exhibit: Exhibit | None
    advice: tuple[Advice, ...]
    """The best first, as the coach ranks them."""
    idle: tuple[Without, ...] = ()
    """Parts of the plan that do nothing, where that was asked."""
    blamed: tuple[Blamed, ...] = ()
    """What causes cost, measured by doing without them; those that lost most by first cause."""
    controls: tuple[Without, ...] = ()
    """What each check and review of the plan does."""
    promised: tuple[Promised, ...] = ()
    """What pilots had told of those who did a step, and what they did."""

    @property
    def best(self) -> Advice | None:
        return next(iter(self.advice), None)


class Debriefer:
    """Finds out about evaluations of a session's plan, in `jobs` processes.

    `stop` is asked after every few trials. A real model's trials are not run again: of those no
    piece but `show` tells anything.
    """

    def __init__(self, session: Session, *, jobs: int = 1, stop: Stop | None = None) -> None:
        self.session, self.jobs, self.stop = session, jobs, stop

    def show(self, evaluation: Evaluation) -> Debrief:
        """The costliest cause of an evaluation on one of its records; no advice yet."""
        cause = next(iter(evaluation.blame), None)
        if cause is None or evaluation.interrupted:
            return Debrief(evaluation, cause, None, ())
        team = self.session.team
        shown = exhibit(team, team.blueprints, trials_of(evaluation), evaluation, cause)
        return Debrief(evaluation, cause, shown, ())

    def advise(self, debrief: Debrief, tell: Tell | None = None) -> Debrief:
        """With what would have helped; `tell` hears of the best so far while it is found out."""
        evaluation = debrief.evaluation
        if debrief.cause is None:
            return debrief

        def found() -> Debrief:
            advice = suggest(evaluation, self.session.cast, self._again, tell=tell)
            return replace(debrief, advice=tuple(advice))

        return self._unless_stopped(debrief, found)

    def blame(self, debrief: Debrief, alike: Iterable[Collection[SlipKey]]) -> Debrief:
        """With what causes cost that look alike to the learner, on few repeats of every sample."""
        evaluation = debrief.evaluation
        keys = [key for some in rounds(evaluation)[:2] for key in some]

        def found() -> Debrief:
            ran = self.session.score
            measured = (
                blame(evaluation, causes, keys, lambda some: ran(some, self.jobs, self.stop))
                for causes in alike
            )
            return replace(debrief, blamed=tuple(one for one in measured if one is not None))

        return self._unless_stopped(debrief, found)

    def look_at_controls(self, debrief: Debrief) -> Debrief:
        """With what the checks and reviews saved and cost, on few repeats of every sample."""
        evaluation = debrief.evaluation
        keys = [key for some in rounds(evaluation)[:2] for key in some]
        return self._unless_stopped(
            debrief, lambda: replace(debrief, controls=tuple(saved(evaluation, self._again, keys)))
        )

    def look_at_pilots(self, debrief: Debrief, pilots: Iterable[Pilot]) -> Debrief:
        """With what those did who had been tried beforehand, on one repeat of every sample."""
        one, keys = self.session, rounds(debrief.evaluation)[0]
        return self._unless_stopped(
            debrief,
            lambda: replace(
                debrief, promised=tuple(promised(one.scenario, one.plan, one.cast, pilots, keys))
            ),
        )

    def weed(self, debrief: Debrief) -> Debrief:
        """With what in the plan does nothing, on all of the evaluation's draws."""
        evaluation = debrief.evaluation
        return self._unless_stopped(
            debrief,
            lambda: replace(debrief, idle=tuple(idle(evaluation, self._again, rounds(evaluation)))),
        )

    def _again(self, plan: Plan, keys: Sequence[TrialKey]) -> Sequence[Scored]:
        return self.session.with_plan(plan).score(keys, self.jobs, self.stop)

    def _unless_stopped(self, debrief: Debrief, find: Callable[[], Debrief]) -> Debrief:
        evaluation = debrief.evaluation
        if not evaluation.scored or evaluation.interrupted or not self.session.simulated:
            return debrief
        try:
            return find()
        except KeyboardInterrupt:
            return replace(debrief, evaluation=replace(evaluation, interrupted=True))
