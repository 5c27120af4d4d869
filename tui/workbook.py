"""One learner's work on one scenario: the draft, the interview, and what the attempts came to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.errors import InputError

if TYPE_CHECKING:
    # The screens' base class imports this before the first picture: nothing slow may come with it.
    from agents.debriefing import Debrief
    from agents.session import Session
    from scenarios.persona import Persona
    from scenarios.plans.plan import Plan
    from scenarios.scenario import Scenario
    from simulator.debriefing.bought import Bought
    from simulator.pilots import Pilot
    from simulator.scoring.evaluation import Evaluation
    from simulator.storage.store import Store
    from tui.planning.draft import Draft


@dataclass
class Workbook:
    """What the screens of a scenario share. `home` is the scenario's folder."""

    scenario: Scenario
    cast: Mapping[str, Persona]
    home: Path
    draft: Draft
    store: Store
    evaluation: Evaluation | None = None
    """The last evaluation of this sitting, of whatever plan it was."""
    before: Evaluation | None = None
    """The one before it, to compare with."""
    debrief: Debrief | None = None
    prediction: float | None = None
    """The reliability that the learner expects of the draft; None where they have not said."""

    predicted_for: object = None
    """The shape of the plan that the prediction is about."""
    attempt: int | None = None
    """The number under which the last evaluation is kept; None where it is not."""

    told: Mapping[str, Collection[str]] | None = None
    """What the interviews had told before the last evaluation; None where that is not known."""

    def session(self) -> Session:
        """The draft, staffed. Raises InputError where it is not a plan yet."""
        from agents.session import Session
        from simulator.pilots import spent

        return Session(self.scenario, self.draft.plan(), self.cast, piloted=spent(self.pilots()))

    def pilots(self) -> list[Pilot]:
        """The pilots that were made for the scenario. Raises InputError."""
        return self.store.pilots(self.scenario.id) if self.scenario.budget.pilots else []

    def naive(self) -> str | None:
        """The text of the plan that everybody writes first, where the scenario has one."""
        path = self.home / "plans" / "naive.yaml"
        return path.read_text("utf-8") if path.is_file() else None

    def begin_naive(self) -> None:
        """Put the naive plan on the board."""
        text = self.naive()
        if text is None:
            raise InputError("this scenario has no naive plan")
        self.draft.load(text, "naive.yaml")

    def took(self, evaluation: Evaluation) -> None:
        """Remember an evaluation; what it is compared with is the one before."""
        self.before, self.evaluation = self.evaluation, evaluation
        self.debrief = None
        try:
            self.told = self.store.told(self.scenario.id)
        except InputError:
            self.told = None

    def keep(self, evaluation: Evaluation, text: str) -> int:
        """Keep the evaluation of a plan's text as an attempt; its number. Raises InputError."""
        from agents.session import SIM
        from tui.about import version
        from tui.outcomes import carding, figures, medals

        summary = figures.evaluation_object(evaluation, self.draft.path.name, SIM)
        if evaluation.lot == "sealed":
            summary["medal"] = medals.medal(evaluation, self.bought())
        earlier = self.store.attempts(self.scenario.id)
        told = self.store.told(self.scenario.id)
        whole = carding.kept(summary, evaluation, text, self.cast, earlier, told)
        return self.store.add_attempt(
            plan_text=text, summary=whole, revealed=False, program=version()
        )

    def judge(self, debrief: Debrief) -> None:
        """Judge the last attempt anew, by what its causes were measured to cost.

        Raises InputError.
        """
        from tui.outcomes import carding

        if self.attempt is None or not debrief.blamed:
            return
        kept = self.store.attempt(self.attempt)
        earlier = [one for one in self.store.attempts(kept.scenario) if one.number < kept.number]
        whole = carding.kept(
            kept.summary, debrief.evaluation, kept.plan_text, self.cast, earlier, self.told,
            debrief.blamed,
        )  # fmt: skip
        self.store.amend(kept.number, whole)

    def bought(self) -> list[Bought]:
        """The answers about the scenario that were told. Raises InputError."""
        return self.store.bought(self.scenario.id)

    def expects(self) -> bool:
        """Whether a prediction is due: after a first run, where a plan of another shape was made.

        A sentence worded better is another try at the same; one more step, rule, paper or control
        is a reason to think again.
        """
        if self.evaluation is None or self._shape(self.evaluation.plan) == self._shape():
            return False
        return self.prediction is None or self.predicted_for != self._shape()

    def predict(self, reliability: float | None, wrong: Mapping[str, float]) -> None:
        """Note what the learner expects of the draft, in the plan itself too."""
        said: dict[str, object] = {} if reliability is None else {"reliability": reliability}
        if wrong:
            said["wrong"] = dict(wrong)
        self.draft.change()
        self.draft.data["predict"] = said
        self.draft.keep()
        self.prediction, self.predicted_for = reliability, self._shape()

    def _shape(self, plan: Plan | None = None) -> tuple[object, ...]:
        from simulator.reading import sentences

        plan = self.draft.plan() if plan is None else plan
        return tuple(
            (
                step.model_dump_json(exclude={"id", "instructions"}),
                len(sentences(step.instructions)),
            )
            for step in plan.steps
        )
