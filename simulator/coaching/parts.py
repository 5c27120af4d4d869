"""What each part of the plan does: the attempt again without it, on its own draws.

A part without which nothing gets worse is idle. A check or a review without which more is lost has
saved the difference, and what it took in wages and time is what that cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from scenarios.plans.plan import RECORDS, Plan, Step
from simulator.coaching.change import Simulate, edited, with_steps
from simulator.reading import sentences
from simulator.scoring.evaluation import Evaluation, Scored, paired
from simulator.scoring.statistics import Estimate
from simulator.trial import TrialKey


@dataclass(frozen=True)
class Part:
    """Something that can be taken out of a plan: where, what it is in words, the plan without."""

    step: str
    part: str
    plan: Plan = field(repr=False)
    control: bool = False
    """Whether it is a check or a review, which finds what is wrong."""


@dataclass(frozen=True)
class Without:
    """What taking a part out does a trial: without it less with it, in the figures of `Scored`."""

    part: Part
    loss: Estimate
    reliability: Estimate
    wrong_records: Estimate
    cost: Estimate
    minutes: Estimate
    your_minutes: Estimate

    @property
    def idle(self) -> bool:
        """Whether the plan is cheaper without it and, beyond noise, no worse.

        No worse: in money lost, in what is accepted and in your own minutes. On few trials a part
        that guards against what is rare looks idle, too: the intervals say how little is known.
        """
        loss, accepted, yours = self.loss.low, self.reliability.high, self.your_minutes.low
        if loss is None or accepted is None or yours is None:
            return False
        return loss <= 0 <= accepted and yours <= 0 and self.cost.mean < 0


def idle(
    evaluation: Evaluation, simulate: Simulate, rounds: Sequence[Sequence[TrialKey]]
) -> list[Without]:
    """The parts that do nothing, the dearest first; those that do are soon left alone.

    `rounds` are trials of the evaluation. Raises what `simulate` raises.
    """
    found = []
    for part in parts(evaluation.plan):
        without, scored = None, list[Scored]()
        for keys in filter(None, rounds):
            scored += simulate(part.plan, keys)
            without = weigh(evaluation, part, scored)
            if without is None or not without.idle:
                break
        if without is not None and without.idle:
            found.append(without)
    return sorted(found, key=lambda one: (one.cost.mean, one.minutes.mean))


def saved(evaluation: Evaluation, simulate: Simulate, keys: Sequence[TrialKey]) -> list[Without]:
    """What the checks and reviews of the plan do, in its order, whether they save or cost.

    Raises what `simulate` raises.
    """
    weighed = (
        weigh(evaluation, part, simulate(part.plan, keys))
        for part in parts(evaluation.plan) if part.control
    )  # fmt: skip
    return [one for one in weighed if one is not None]


def weigh(evaluation: Evaluation, part: Part, scored: Iterable[Scored]) -> Without | None:
    """What taking a part out did in trials without it; None where there is nothing to compare."""
    fair = tuple(one for one in scored if not one.faults)
    other = replace(evaluation, plan=part.plan, scored=fair)
    known = {(t.sample, t.repeat) for t in evaluation.scored}
    if not any((t.sample, t.repeat) in known for t in fair):
        return None
    metrics = ("loss", "accepted", "wrong_records", "cost", "minutes", "your_minutes")
    return Without(part, *(paired(evaluation, other, metric) for metric in metrics))


def parts(plan: Plan) -> Iterator[Part]:
    """What can be taken out, one at a time."""
    for step in plan.steps:
        yield from _papers(plan, step)
        yield from controls(plan, step)
        if step.redo:
            yield Part(step.id, "redo", edited(plan, step, redo=0))
        for one in () if step.is_code else sentences(step.instructions):
            rest = step.instructions[: one.start] + step.instructions[one.end :]
            words = " ".join(one.text.split())
            yield Part(step.id, f'"{words}"', edited(plan, step, instructions=rest))
        if (without := _without(plan, step)) is not None:
            yield Part(step.id, "the step", without)


def _papers(plan: Plan, step: Step) -> Iterator[Part]:
    for name in step.examples:
        examples = _but(step.examples, name)
        yield Part(step.id, f"example {name}", edited(plan, step, examples=examples))
    for name in step.reads:
        if name != RECORDS and name not in plan.step and not step.is_code:
            reads = _but(step.reads, name)
            yield Part(step.id, f"document {name}", edited(plan, step, reads=reads))


def controls(plan: Plan, step: Step) -> Iterator[Part]:
    """The checks and the review of a step, each with the plan without it."""
    if step.review is not None:
        yield Part(step.id, "review", edited(plan, step, review=None), control=True)
    for place, check in enumerate(step.checks):
        checks = (*step.checks[:place], *step.checks[place + 1 :])
        yield Part(step.id, f"check {check.that}", edited(plan, step, checks=checks), control=True)


def _but(names: Iterable[str], left_out: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != left_out)


def _without(plan: Plan, step: Step) -> Plan | None:
    """The plan without a step that nobody reads and nobody delivers by; None where it is needed."""
    read = any(step.id in other.reads for other in plan.steps)
    sent_back = any(check.redo == step.id for other in plan.steps for check in other.checks)
    # A result without words of the learner's own is a field of the deliverable.
    delivers = any(result.means is None for result in step.produces.values())
    if read or sent_back or delivers or len(plan.steps) == 1:
        return None
    return with_steps(plan, (other for other in plan.steps if other.id != step.id))
