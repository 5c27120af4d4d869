"""Candidates that check: what must add up, or agree, if all is right; and controls to do without.

A sum exists where a number and a list of numbers are at hand under some names; two results can be
compared where they mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from scenarios.language.operations import Operation, ParseMoney, ParseNumber
from scenarios.plans.plan import YOU, Check, Plan, Step
from scenarios.scenario import Scenario
from simulator.coaching.change import Change, edited
from simulator.coaching.parts import controls
from simulator.meaning import Meaning, asked, meaning
from simulator.scoring.evaluation import Evaluation
from simulator.slip import SlipKey

AMOUNTS = ("money", "number")
CENT = 0.005
"""Two amounts that differ by less are the same."""


def check(evaluation: Evaluation, step: Step, key: SlipKey) -> Iterator[Change]:
    """Checks on the step in which a cause showed, or on code that reads it."""
    plan, scenario = evaluation.plan, evaluation.scenario
    readers = (one for one in plan.steps if one.is_code and step.id in one.reads)
    for at in (step, *readers):
        known = {check.that for check in at.checks}
        back = None if at.id == step.id else step.id
        for that in _must_hold(scenario, plan, at):
            if that in known or (at.is_code and back is None):
                continue
            checks = (*at.checks, Check(that=that, redo=back))
            sent = f", redo: {back}" if back else ""
            for other in dict.fromkeys((at.otherwise, YOU)):
                yield Change(
                    key, f"Is there anything in `{at.id}` that must add up, or agree?",
                    f'In `{at.id}`, checks: [{{that: "{that}"{sent}}}], redo: 1, else: {other}',
                    edited(plan, at, checks=checks, redo=max(1, at.redo), otherwise=other),
                    "Look at what arrives there twice, or in parts and as a whole.", "check",
                )  # fmt: skip


def drop(evaluation: Evaluation, step: Step, key: SlipKey) -> Iterator[Change]:
    """The plan without one of the step's controls: what cries wolf can do more harm than good."""
    for part in controls(evaluation.plan, step):
        yield Change(
            key, f"Does everything that looks at `{step.id}` do some good?",
            f"In `{step.id}`, leave out: {part.part}", part.plan, kind="drop",
        )  # fmt: skip
    if step.otherwise == YOU:
        for otherwise, redo in (("keep", step.redo), (YOU, step.redo + 1)):
            yield Change(
                key, f"Does everything that comes to you from `{step.id}` have to?",
                f"In `{step.id}`, redo: {redo}, else: {otherwise}",
                edited(evaluation.plan, step, redo=redo, otherwise=otherwise), kind="else",
            )  # fmt: skip


def _must_hold(scenario: Scenario, plan: Plan, step: Step) -> Iterator[str]:
    """What must be true of a record at a step, as far as its plan lets one see."""
    arriving = [
        (name, result.list, meaning(scenario, asked(scenario, name, result)))
        for source in (*(plan.step[name] for name in step.reads if name in plan.step), step)
        for name, result in source.produces.items()
    ]
    lists = {name: is_list for name, is_list, _ in arriving}
    amounts = {name: is_list for name, is_list, means in arriving if _is_amount(means)}
    for operation in step.does:
        read = _read(operation)
        if read is not None:
            amounts[operation.set] = lists.get(read, False)
            amounts.pop(read, None)
    for whole, is_list in amounts.items():
        for some in (name for name, one in amounts.items() if one and not is_list):
            yield f"abs({whole} - sum({some})) < {CENT}"
    for (one, _, ours), (other, _, theirs) in combinations(arriving, 2):
        if ours.field is not None and ours.field is theirs.field:
            yield f"{one} == {other}"


def _read(operation: Operation) -> str | None:
    """What an operation reads an amount from; None where it does something else."""
    if isinstance(operation, ParseMoney):
        return operation.parse_money
    return operation.parse_number if isinstance(operation, ParseNumber) else None


def _is_amount(means: Meaning) -> bool:
    return means.field is not None and means.field.type in AMOUNTS
