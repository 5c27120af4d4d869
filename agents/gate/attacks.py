"""Attacks: plans that say nothing, what each of them gained, and from which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agents.gate.bench import Bench
from agents.gate.share import METRICS, MOST, Gap, Metric, Share, share
from agents.gate.stages import Stage, StageName, escalating, saying, works
from scenarios.plans.plan import Plan
from scenarios.scenario import Requirement
from simulator.backbrief import backbrief
from simulator.parameters import figures
from simulator.reading import read
from simulator.scoring.evaluation import Evaluation

ESCALATED = "all-escalated"
REPEATED = "nouns-repeated-when-asked"
ROUNDS = 3
"""How often the bot of bare nouns answers the questions of the backbrief."""
SAVED = 0.05
"""Wrong records a trial below which what an attack got across is not worth telling."""
_HEARD = 0.1
"""The chance of being taken as said, clearly or vaguely, below which a requirement was not heard.

A record may carry two traps: where one rule sets it right, the other's blame falls as well.
"""
_NAMES: Mapping[Metric, str] = {
    "loss": "the loss", "wrong_records": "the wrong records", "accepted": "the reliability",
}  # fmt: skip


@dataclass(frozen=True)
class Understood:
    """A requirement that an attack got across, and the words that it was understood from.

    `saved` counts the wrong records a trial that it causes no longer. `clear` and `vague` are the
    reader's probabilities for the whole text; `words` is '' where absent is likelier than either.
    """

    requirement: str
    saved: float
    clear: float
    vague: float
    words: str

    def in_words(self) -> str:
        """For an author: what was understood, from what, and so what to mend."""
        what = f"'{self.requirement}' ({self.saved:.2f} fewer wrong records a trial)"
        taken = f"clear {self.clear:.0%}, vague {self.vague:.0%}"
        return f"{what}, from {self.words!r} ({taken})" if self.words else f"{what} ({taken})"


@dataclass(frozen=True)
class AttackResult:
    """What an attack gained on one stage, in each metric, and what it got across."""

    name: str
    stage: StageName
    text: str
    shares: tuple[Share, ...]
    understood: tuple[Understood, ...]

    @property
    def pays(self) -> bool:
        return any(one.pays for one in self.shares)

    def in_words(self) -> str:
        """What the attack gained, and which requirements were understood from which words."""
        gained = ", ".join(
            f"{one.share.mean:.0%} of {_NAMES[one.metric]} ({one.share.low:.0%} to "
            f"{one.share.high:.0%}, allowed {one.most:.0%})"
            for one in self.shares
            if one.pays and one.share
        )
        said = [one.in_words() for one in self.understood] or ["nothing of what it says"]
        return (
            f"attack '{self.name}' ({self.stage}) closes too much of the gap between the empty "
            f"plan and the expert's: {gained}. Understood: " + "; ".join(said)
        )


class Attacker:
    """Runs attacks on a bench and measures them against one gap."""

    def __init__(self, bench: Bench, gap: Gap) -> None:
        self.bench = bench
        self.gap = gap

    def says(self, stage: Stage, name: str, text: str) -> AttackResult:
        """Tell every intern of the stage the same text."""
        return self._run(stage, name, saying(stage.floor, text, self.bench.cast), text)

    def passes_up(self, stage: Stage) -> AttackResult:
        """Leave every record to you.

        Your minutes are real work, and set so many records right whoever passes them up: that
        share may be gained in loss and wrong records. In reliability nothing is allowed for it.
        """
        scenario = self.bench.scenario
        minutes = scenario.budget.your_minutes / figures("mid").you_minutes
        yours = minutes / sum(scenario.records.sample.values())
        return self._run(stage, ESCALATED, escalating(stage.floor), "", yours)

    def echoes(self, stage: Stage, nouns: str) -> AttackResult:
        """A bot that writes bare nouns, and answers every question by repeating them."""
        scenario, cast = self.bench.scenario, self.bench.cast
        plan = saying(stage.floor, nouns, cast)
        for _ in range(ROUNDS):
            asked = {
                brief.step: [one.words for one in brief.sentences if one.sure == "unsure"]
                for brief in backbrief(scenario, plan, cast)
            }
            steps = tuple(
                step.model_copy(
                    update={"instructions": "\n".join([step.instructions, *asked[step.id]])}
                )
                if works(step, cast)
                else step
                for step in plan.steps
            )
            plan = Plan(scenario=plan.scenario, steps=steps)
        text = next(step.instructions for step in plan.steps if works(step, cast))
        return self._run(stage, REPEATED, plan, text)

    def _run(
        self, stage: Stage, name: str, plan: Plan, text: str, yours: float = 0.0
    ) -> AttackResult:
        floor, found = self.bench.run(stage.floor), self.bench.run(plan)
        shares = tuple(
            share(self.gap, floor, found, metric, MOST + (yours if metric != "accepted" else 0.0))
            for metric in METRICS
        )
        requirements = self.bench.scenario.requirements
        return AttackResult(
            name, stage.name, text, shares, tuple(_understood(requirements, text, floor, found))
        )


def _understood(
    requirements: tuple[Requirement, ...], text: str, floor: Evaluation, found: Evaluation
) -> Iterator[Understood]:
    """What the attack got across, the requirement that saved most first."""
    before, after = _caused(floor), _caused(found)
    saved = {need.id: before[need.id] - after[need.id] for need in requirements}
    for need in sorted(requirements, key=lambda need: -saved[need.id]):
        if saved[need.id] > SAVED:
            reading = read(text, need)
            if reading.clear + reading.vague >= _HEARD:
                words = " ".join(reading.words.split())
                yield Understood(need.id, saved[need.id], reading.clear, reading.vague, words)


def _caused(evaluation: Evaluation) -> Mapping[str, float]:
    """Wrong records a trial by the requirement that first caused them."""
    out: Counter[str] = Counter()
    for key, (_, records) in evaluation.blame.items():
        if key.requirement is not None:
            out[key.requirement] += records  # type: ignore[assignment]
    return out
