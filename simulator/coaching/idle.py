"""What in a plan does nothing: parts that can be taken out at no cost that could be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from scenarios.plan import RECORDS, Plan, Step
from simulator.coaching.change import Simulate, edited, with_steps
from simulator.evaluation import Evaluation, paired
from simulator.reading import sentences
from simulator.statistics import Estimate


@dataclass(frozen=True)
class Idle:
    """A part of the plan, and what taking it out does a trial (without less with)."""

    step: str
    part: str
    plan: Plan = field(repr=False)
    loss: Estimate
    reliability: Estimate
    cost: Estimate
    minutes: Estimate


def idle(evaluation: Evaluation, simulate: Simulate, *, trials: int) -> list[Idle]:
    """Parts without which the plan is cheaper and, beyond noise, no worse; the dearest first.

    No worse: in money lost, in what is accepted and in your own minutes. On few trials a part that
    guards against what is rare looks idle, too: the intervals say how little is known.
    """
    found = []
    for step, part, plan in parts(evaluation.plan):
        other = simulate(plan, trials)
        both = {(t.sample, t.repeat) for t in other.scored}
        shared = tuple(t for t in evaluation.scored if (t.sample, t.repeat) in both)
        if not shared:
            continue
        attempt = replace(evaluation, scored=shared)
        metrics = ("loss", "accepted", "your_minutes", "cost", "minutes")
        loss, accepted, yours, cost, minutes = (paired(attempt, other, m) for m in metrics)
        if loss.low is None or accepted.high is None or yours.low is None:
            continue
        if loss.low <= 0 <= accepted.high and yours.low <= 0 and cost.mean < 0:
            found.append(Idle(step, part, plan, loss, accepted, cost, minutes))
    return sorted(found, key=lambda one: (one.cost.mean, one.minutes.mean))


def parts(plan: Plan) -> Iterator[tuple[str, str, Plan]]:
    """What can be taken out, one at a time: (step, the part in words, the plan without it)."""
    for step in plan.steps:
        for name in step.examples:
            others = tuple(other for other in step.examples if other != name)
            yield step.id, f"example {name}", edited(plan, step, examples=others)
        for name in step.reads:
            if name != RECORDS and name not in plan.step and not step.is_code:
                reads = tuple(other for other in step.reads if other != name)
                yield step.id, f"document {name}", edited(plan, step, reads=reads)
        if step.review is not None:
            yield step.id, "review", edited(plan, step, review=None)
        for place, check in enumerate(step.checks):
            checks = (*step.checks[:place], *step.checks[place + 1 :])
            yield step.id, f"check {check.that}", edited(plan, step, checks=checks)
        if step.redo:
            yield step.id, "redo", edited(plan, step, redo=0)
        for one in () if step.is_code else sentences(step.instructions):
            rest = step.instructions[: one.start] + step.instructions[one.end :]
            words = " ".join(one.text.split())
            yield step.id, f'"{words}"', edited(plan, step, instructions=rest)
        if (without := _without(plan, step)) is not None:
            yield step.id, "the step", without


def _without(plan: Plan, step: Step) -> Plan | None:
    """The plan without a step that nobody reads and nobody delivers by; None where it is needed."""
    read = any(step.id in other.reads for other in plan.steps)
    sent_back = any(check.redo == step.id for other in plan.steps for check in other.checks)
    # A result without words of the learner's own is a field of the deliverable.
    delivers = any(result.means is None for result in step.produces.values())
    if read or sent_back or delivers or len(plan.steps) == 1:
        return None
    return with_steps(plan, (other for other in plan.steps if other.id != step.id))
