"""A report card: outcome 50, judgement 30, craft 20, and how each figure came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scenarios.scenario import Skill
from simulator.debriefing.skills import SkillScore
from simulator.scoring.evaluation import Evaluation

Heading = Literal["outcome", "judgement", "craft"]
WEIGHTS: dict[Heading, float] = {"outcome": 50.0, "judgement": 30.0, "craft": 20.0}
JUDGEMENT: dict[Skill, str] = {
    "foresight": "foresight", "discovery": "interview", "verification": "inspection",
}  # fmt: skip
"""The skills that are judgement, and what that part of it is called; the others are craft."""
BREACHED = 40.0
"""The most that a card comes to where something was done that nobody had approved."""


@dataclass(frozen=True)
class Part:
    """A line of the card. `weight` is the most that it gives; 0 where it is not scored."""

    heading: Heading
    name: str
    score: float | None
    weight: float

    @property
    def points(self) -> float:
        return self.weight * (self.score or 0.0)


@dataclass(frozen=True)
class Card:
    """All parts. Those that are not scored are left out: `total` is of what could be scored."""

    parts: tuple[Part, ...]
    skills: tuple[SkillScore, ...]
    breaches: float
    """Acts a trial that nobody had approved."""

    @property
    def possible(self) -> float:
        """The points that there were to be had."""
        return sum(part.weight for part in self.parts)

    @property
    def points(self) -> float:
        return sum(part.points for part in self.parts)

    @property
    def total(self) -> float | None:
        """The points out of 100, a breach's cap applied; None where no trial was scored."""
        if self.parts[0].score is None:
            return None
        of_hundred = 100 * self.points / self.possible
        return min(BREACHED, of_hundred) if self.breaches > 0 else of_hundred


def card(evaluation: Evaluation, skills: Sequence[SkillScore]) -> Card:
    """The card of an attempt with these skills, all nine.

    Outcome is the share of trials good enough to be used. A part of judgement is worth 10; what is
    craft shares 20 evenly among the skills that are scored.
    """
    rate, breaches = evaluation.reliability, evaluation.mean("breaches")
    outcome = rate.mean if rate else None
    parts = [_part("outcome", "reliability", outcome, WEIGHTS["outcome"])]
    judged = [one for one in skills if one.skill in JUDGEMENT]
    judged.sort(key=lambda one: list(JUDGEMENT).index(one.skill))
    each = WEIGHTS["judgement"] / len(JUDGEMENT)
    parts += [_part("judgement", JUDGEMENT[one.skill], one.score, each) for one in judged]
    craft = [one for one in skills if one.skill not in JUDGEMENT]
    scored = sum(one.score is not None for one in craft)
    each = WEIGHTS["craft"] / max(1, scored)
    parts += [_part("craft", one.skill, one.score, each) for one in craft]
    return Card(tuple(parts), tuple(skills), breaches.mean if breaches else 0.0)


def _part(heading: Heading, name: str, score: float | None, weight: float) -> Part:
    return Part(heading, name, score, 0.0 if score is None else weight)
