"""An edit of a plan that might help, and what it did when it was tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from scenarios.plans.plan import Plan, Step
from simulator.scoring.evaluation import Scored
from simulator.scoring.statistics import Estimate
from simulator.slip import SlipKey
from simulator.trial import TrialKey

Simulate = Callable[[Plan, Sequence[TrialKey]], Sequence[Scored]]
"""Runs a plan on trials of an attempt. May raise KeyboardInterrupt, to be let through."""


@dataclass(frozen=True)
class Change:
    """An edit of a plan: what the coach says of it, the words that make it, the plan with it.

    `says` and `pointer` hold no value from the truth; `answer` gives everything away. `pointer`
    says where to look; it is empty where there is nowhere.
    """

    about: SlipKey
    says: str
    answer: str
    plan: Plan = field(repr=False)
    pointer: str = ""
    kind: str = "tell"


@dataclass(frozen=True)
class Advice:
    """A change and its measured effect a trial on the attempt's own draws (change less attempt).

    `loss` and `cost` are in the scenario's money and wages, `minutes` those of the critical path,
    `yours` those that reach you. `before` and `after` are reliabilities, `wages` what the attempt
    cost.
    """

    change: Change
    loss: Estimate
    reliability: Estimate
    cost: Estimate
    minutes: Estimate
    yours: Estimate
    before: float
    after: float
    wages: float
    overspends: bool = False
    """Whether it takes wages that were within the scenario's budget over it."""

    @property
    def noise(self) -> bool:
        """Whether what it did could as well be luck, in money lost and in reliability."""
        low, high = self.reliability.low, self.loss.high
        return (low is None or low <= 0) and (high is None or high >= 0)


def with_steps(plan: Plan, steps: Iterable[Step]) -> Plan:
    """The plan with other steps. A copy of the model would keep the old ones' index."""
    return Plan(
        scenario=plan.scenario, steps=tuple(steps), predict=plan.predict,
        specialists=plan.specialists, labels=plan.labels,
    )  # fmt: skip


def replaced(plan: Plan, *steps: Step) -> Plan:
    """The plan with these steps in place of those of the same id."""
    by_id = {step.id: step for step in steps}
    return with_steps(plan, (by_id.get(step.id, step) for step in plan.steps))


def edited(plan: Plan, step: Step, **update: object) -> Plan:
    """The plan with one step changed."""
    return replaced(plan, step.model_copy(update=update))


def told(step: Step, words: str) -> Step:
    """The step with a sentence more."""
    text = f"{step.instructions.rstrip()}\n{words}\n".lstrip()
    return step.model_copy(update={"instructions": text})
