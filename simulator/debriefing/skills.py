"""The nine skills: each scored from what the learner's decisions did to the outcome.

Five are scored from what an attempt is to be blamed on (`Evaluation.blame`): of the trials that
failed with a record wrong or an act unapproved, each skill answers for the share of the damage
that goes back to its causes, and its score is what that leaves of 1. A cause counts by what is
saved without it, where that was measured (`blaming`), else by what was wrong with it as the first
cause. The others have measures of their own: what was looked at (verification), what reliability
cost (economics), what was foretold (foresight) and what became of the attempt before (iteration).
What an attempt gave no occasion for is None, "not scored".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario, Skill
from simulator.debriefing.blaming import Blamed
from simulator.debriefing.foresight import Foresight
from simulator.debriefing.heard import Heard
from simulator.debriefing.spending import Spent
from simulator.scoring.evaluation import Evaluation
from simulator.scoring.statistics import Estimate
from simulator.slip import SlipKey

SKILLS: tuple[Skill, ...] = get_args(Skill)
NOT_PASSED_ON = ("unstated", "uncoded")
"""Causes that are the clarity of whoever knew the rule, and the discovery of whoever did not."""
ANSWERS_FOR: Mapping[Skill, tuple[str, ...]] = {
    "discovery": NOT_PASSED_ON,
    "decomposition": ("in-one-leap", "overloaded", "skipped", "out-of-sight"),
    "clarity": ("vague", "contradicted", "conflict", "malformed", *NOT_PASSED_ON),
    "context": ("buried", "distracted", "no-source"),
    "delegation": ("beyond-skill", "injected", "not-allowed"),
}
"""The causes that go back to each skill."""


@dataclass(frozen=True)
class SkillScore:
    """How well one skill was shown in an attempt. `figures` are what the score came about by."""

    skill: Skill
    score: float | None
    """0 to 1; None is not scored."""
    figures: Mapping[str, float | None] = field(default_factory=dict)
    worst: SlipKey | None = None
    """The cause that most of what is missing goes back to."""
    why_not: str = ""
    """Why it is not scored."""


@dataclass(frozen=True)
class Changed:
    """An attempt against the one before it, on the same draws."""

    changes: int
    """How many parts of the plan are others."""
    was: float
    """Wrong records a trial before."""
    less: Estimate
    """The paired difference in them: below 0 is better."""


def skills(
    evaluation: Evaluation, *, told: Collection[str] = (), heard: Heard | None = None,
    foretold: Foresight | None = None, spent: Spent | None = None, changed: Changed | None = None,
    blamed: Sequence[Blamed] = (),
) -> tuple[SkillScore, ...]:  # fmt: skip
    """All nine, in their order. `told` are the rules that the plan tells in so many words; None of
    the others means that it is not known. `blamed` are the causes that it was run without.
    """
    known = {fact.requirement for _, fact in heard.found} if heard else set()
    traced = _Traced(evaluation, {rule for rule in known if rule}, blamed)
    found = {
        "discovery": _discovery(traced, evaluation.scenario, heard),
        "decomposition": traced.scored("decomposition", occasion=True),
        "clarity": traced.scored(
            "clarity", occasion=bool(told), why_not="no rule was told to anybody"
        ),
        "context": _context(traced, evaluation.plan, evaluation.scenario),
        "delegation": traced.scored(
            "delegation", occasion=any(not (s.is_code or s.is_you) for s in evaluation.plan.steps),
            why_not="no step was given to an intern",
        ),
        "verification": _verification(evaluation),
        "economics": _economics(spent),
        "foresight": _foresight(foretold),
        "iteration": _iteration(changed),
    }  # fmt: skip
    if not evaluation.scored:
        return tuple(SkillScore(skill, None, why_not="no trial was scored") for skill in SKILLS)
    return tuple(found[skill] for skill in SKILLS)


class _Traced:
    """The damage of an evaluation, shared out among the skills that answer for it."""

    def __init__(
        self, evaluation: Evaluation, known: Collection[str], blamed: Sequence[Blamed]
    ) -> None:
        self.blame = evaluation.blame
        self.known = known
        self.saved = {key: one.loss.mean for one in blamed for key in one.causes}
        """The loss that goes with a cause and those that look like it, where it was measured."""
        counted = any(records for _, records in self.blame.values())
        first = {key: cost[counted] for key, cost in self.blame.items()}
        again = {key: weight * self._share(blamed, key) for key, weight in first.items()}
        # Where each alone saves nothing they hide one another: then it is who came first.
        self.weight = again if any(again.values()) else first
        failed = [
            trial for trial in evaluation.scored
            if not trial.accepted and (trial.wrong_records or trial.breaches)
        ]  # fmt: skip
        self.missing = len(failed) / max(1, len(evaluation.scored))
        """The share of trials that failed by what can be blamed on something."""

    def _share(self, blamed: Sequence[Blamed], key: SlipKey) -> float:
        """What is saved without a cause, as a share of what was lost by it first."""
        for one in blamed:
            lost = sum(self.blame[other][0] for other in one.causes if other in self.blame)
            if key in one.causes and lost > 0:
                return max(0.0, one.loss.mean) / lost
        return 1.0

    def _undiscovered(self, key: SlipKey) -> bool:
        rule = key.requirement
        return key.cause in NOT_PASSED_ON and rule is not None and rule not in self.known

    def _goes_back_to(self, skill: Skill, key: SlipKey) -> bool:
        if key.cause in NOT_PASSED_ON:
            return skill == ("discovery" if self._undiscovered(key) else "clarity")
        return key.cause in ANSWERS_FOR[skill]

    def scored(self, skill: Skill, *, occasion: bool, why_not: str = "") -> SkillScore:
        mine = [key for key in self.blame if self._goes_back_to(skill, key)]
        if not (mine or occasion):
            return SkillScore(skill, None, why_not=why_not)
        whole, part = sum(self.weight.values()), sum(self.weight[key] for key in mine)
        lost = self.missing * part / whole if whole > 0 else 0.0
        worst = max(mine, key=lambda key: self.weight[key], default=None)
        figures = {
            "missing": self.missing, "lost": lost,
            "wrong_records": sum(self.blame[key][1] for key in mine),
            "loss": sum(self.blame[key][0] for key in mine),
            "worst_wrong_records": self.blame[worst][1] if worst else 0.0,
            "worst_saves": self.saved.get(worst) if worst else None,
        }  # fmt: skip
        return SkillScore(skill, 1 - lost, figures, worst)


def _discovery(traced: _Traced, scenario: Scenario, heard: Heard | None) -> SkillScore:
    found = traced.scored(
        "discovery", occasion=bool(scenario.requirements), why_not="there is nothing to find out"
    )
    if heard is None or found.score is None:
        return found
    facts = {"heard": len(heard.found), "not_heard": len(heard.missed)}
    return replace(found, figures={**found.figures, **facts})


def _context(traced: _Traced, plan: Plan, scenario: Scenario) -> SkillScore:
    read = dict.fromkeys(name for step in plan.steps for name in step.reads)
    papers = [scenario.document[name] for name in read if name in scenario.document]
    given = bool(papers) or any(step.examples or step.retrieves for step in plan.steps)
    found = traced.scored(
        "context", occasion=given,
        why_not="nobody was given a paper or an example, and nobody lacked one",
    )  # fmt: skip
    if found.score is None or not papers:
        return found
    counts = {"papers": len(papers), "noise": sum(paper.noise for paper in papers)}
    return replace(found, figures={**found.figures, **counts})


def _verification(evaluation: Evaluation) -> SkillScore:
    """F1 of what checks, reviews and you found: 2 caught / (2 caught + let through + alarms)."""
    means = {
        "caught": evaluation.mean("caught"), "let_through": evaluation.mean("wrong_records"),
        "alarms": evaluation.mean("alarms"),
    }  # fmt: skip
    figures = {name: mean.mean for name, mean in means.items() if mean is not None}
    whole = sum(figures.values()) + figures.get("caught", 0.0)
    if whole <= 0:
        why_not = "nothing went wrong that could have been caught"
        return SkillScore("verification", None, figures, why_not=why_not)
    return SkillScore("verification", 2 * figures["caught"] / whole, figures)


def _economics(spent: Spent | None) -> SkillScore:
    if spent is None:
        why_not = "nothing was good enough to be used, or no reference plan tells what it costs"
        return SkillScore("economics", None, why_not=why_not)
    figures = {
        "reliability": spent.reliability, "cost": spent.cost, "your_minutes": spent.your_minutes,
        "share": spent.share, "usual_share": spent.usual,
    }  # fmt: skip
    return SkillScore("economics", spent.score, figures)


def _foresight(foretold: Foresight | None) -> SkillScore:
    if foretold is None:
        return SkillScore("foresight", None, why_not="nothing was said in advance")
    most = foretold.said[0]
    figures = {
        "said": most.said, "came": most.came, "brier": foretold.brier,
        "yours": sum(one.yours for one in foretold.said) / len(foretold.said),
        "skill": foretold.skill,
    }  # fmt: skip
    why_not = "" if foretold.score is not None else "no reference plans tell what is usual"
    return SkillScore("foresight", foretold.score, figures, why_not=why_not)


def _iteration(changed: Changed | None) -> SkillScore:
    """1 where it got better, 0 where worse, half where that may be luck; half of it where more than
    one thing was changed, since then nobody can tell which did it.
    """
    if changed is None or changed.changes == 0:
        return SkillScore("iteration", None, why_not="no other plan was run on these draws before")
    mean, low, high = changed.less
    figures = {
        "changes": float(changed.changes), "was": changed.was, "less": mean, "low": low,
        "high": high,
    }  # fmt: skip
    if low is None or high is None:
        return SkillScore("iteration", None, figures, why_not="one sample says nothing of luck")
    score = 1.0 if high < 0 else 0.0 if low > 0 else 0.5
    if changed.was == 0 and mean == 0:
        return SkillScore("iteration", None, figures, why_not="there was nothing left to improve")
    return SkillScore("iteration", score if changed.changes == 1 else score / 2, figures)
