"""Where the learner was: which scenario, which stage, and how far the first session has come."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Literal

from tui.remembered import recall, remember

NAME = "whereabouts"

Tour = Literal["new", "begun", "explained", "done"]
"""The first session: not begun, watching the naive plan, its failure was explained, over."""

LASTING = ("brief", "interview", "board", "backbrief", "predict", "attempts")
"""Stages that one can come back to; the others show what happened in a sitting."""


@dataclass
class Whereabouts:
    """What is remembered of where the learner was. `keep` writes it down."""

    scenario: str = ""
    title: str = ""
    stage: str = ""
    tour: Tour = "new"
    taken_away: bool = False
    """Whether the habits at the end of the first session were shown."""

    @classmethod
    def recalled(cls) -> Whereabouts:
        """As it was left; anything that is not what it should be is left out."""
        found = recall(NAME)
        where = cls()
        for field in fields(cls):
            value = found.get(field.name)
            if isinstance(value, type(getattr(where, field.name))):
                setattr(where, field.name, value)
        if where.tour not in ("new", "begun", "explained", "done"):
            where.tour = "done"
        return where

    def at(self, scenario: str, title: str, stage: str) -> None:
        """The learner has gone to a stage of a scenario."""
        self.scenario, self.title, self.stage = scenario, title, stage
        if stage == "debrief" and self.tour == "begun":
            self.tour = "explained"
        self.keep()

    def keep(self) -> None:
        """Write it down."""
        remember(NAME, asdict(self))

    @property
    def resting_place(self) -> str:
        """The stage at which to continue after the program was left."""
        return self.stage if self.stage in LASTING else "board"
