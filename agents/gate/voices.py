"""The expert's plan in other voices: as good as the expert's, and in words of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from agents.gate.stages import Cast, works
from scenarios.plans.plan import Plan
from scenarios.scenario import Requirement, Scenario
from simulator.copying import NEAR, likeness
from simulator.reading import sentences
from simulator.scoring.evaluation import Evaluation, paired
from simulator.scoring.statistics import Estimate

VOICES = ("expert-terse", "expert-bulleted", "expert-chatty", "expert-non-native")
"""The plans that say what the expert's says, each in its own way."""
WITHIN = 0.07
"""So far may their reliabilities lie apart (design: behaviour.md, Proof)."""


@dataclass(frozen=True)
class VoiceResult:
    """How much more reliable one plan is than another that says the same."""

    one: str
    other: str
    difference: Estimate

    @property
    def unfair(self) -> bool:
        """Whether they lie more than seven points apart, and not by luck.

        As with attacks: the estimate must be beyond the limit and its interval must exclude zero.
        """
        mean, low, high = self.difference
        return abs(mean) > WITHIN and low is not None and high is not None and not low <= 0 <= high

    def in_words(self) -> str:
        mean, low, high = self.difference
        span = f" ({low:+.0%} to {high:+.0%})" if low is not None and high is not None else ""
        return (
            f"'{self.other}' is {mean:+.0%}{span} as reliable as '{self.one}', which says the same "
            f"in other words; {WITHIN:.0%} is allowed"
        )


@dataclass(frozen=True)
class Copied:
    """A sentence of a voice that is nearly one of the author's exemplars."""

    voice: str
    step: str
    sentence: str
    requirement: str
    exemplar: str
    likeness: float

    def in_words(self) -> str:
        return (
            f"'{self.voice}', step '{self.step}': {self.sentence!r} is nearly the exemplar "
            f"{self.exemplar!r} of '{self.requirement}' ({self.likeness:.0f} % alike; "
            f"{NEAR:.0f} % is too near): a voice has to be written without looking at them"
        )


def compared(runs: Mapping[str, Evaluation]) -> Iterator[VoiceResult]:
    """Every pair of the plans, on the same draws."""
    for one, other in combinations(runs, 2):
        yield VoiceResult(one, other, paired(runs[one], runs[other], "accepted"))


def copied(name: str, plan: Plan, scenario: Scenario, cast: Cast) -> Iterator[Copied]:
    """The sentences of a voice that are near matches of an exemplar of any requirement."""
    for step in plan.steps:
        texts = [step.instructions] if works(step, cast) else []
        if step.review is not None and step.review.instructions:
            texts.append(step.review.instructions)
        for text in texts:
            for sentence in sentences(text):
                near = nearest(sentence.text, scenario.requirements)
                if near is not None:
                    need, exemplar, alike = near
                    words = " ".join(sentence.text.split())
                    yield Copied(name, step.id, words, need.id, exemplar, alike)


def nearest(
    sentence: str, requirements: tuple[Requirement, ...]
) -> tuple[Requirement, str, float] | None:
    """The exemplar that a sentence is nearly, if any, and how alike they are in percent."""
    found = [
        (likeness(sentence, exemplar), need, exemplar)
        for need in requirements
        for exemplar in (*need.said, *need.vague, *need.contradicted)
    ]
    alike, need, exemplar = max(found, key=lambda one: one[0], default=(0.0, None, ""))
    return None if need is None or alike < NEAR else (need, exemplar, alike)
