"""One learner's work on one scenario: the draft, the interview, and what the attempts came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.errors import InputError

if TYPE_CHECKING:
    # The screens' base class imports this before the first picture: nothing slow may come with it.
    from agents.session import Debrief, Session
    from scenarios.persona import Persona
    from scenarios.scenario import Scenario
    from simulator.evaluation import Evaluation
    from simulator.store import Store
    from tui.draft import Draft


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
    watched: bool = field(default=False)
    """Whether one trial of the present draft was watched."""

    def session(self) -> Session:
        """The draft, staffed. Raises InputError where it is not a plan yet."""
        from agents.session import Session

        return Session(self.scenario, self.draft.plan(), self.cast)

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
