"""Candidates for code that does not do what was meant.

Either it reads numbers wrongly, or its rule is not the rule. The scenario's own rule is then put
in the learner's names, from whatever arrives; where something that it needs does not, there is no
such candidate.
"""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.plan import Step
from simulator.coaching.change import Change, edited, replaced
from simulator.coaching.ruling import as_yaml, ruled
from simulator.evaluation import Evaluation
from simulator.slip import SlipKey


def code(evaluation: Evaluation, step: Step, key: SlipKey) -> Iterator[Change]:
    """How numbers are read, here and in all other code, and the rule itself."""
    if key.cause != "uncoded":
        return
    plan, scenario = evaluation.plan, evaluation.scenario
    changed = [one for other in plan.steps if (one := _last(other)) is not other]
    if changed:
        where = " and ".join(f"`{one.id}`" for one in changed)
        yield Change(
            key,
            f"Look at how `{step.id}` reads numbers: not everybody writes them alike.",
            f"In {where}: decimal: last",
            replaced(plan, *changed),
            kind="code",
        )
    does = ruled(scenario, plan, step, key.result, key.field)
    if does is not None:
        requirement = scenario.requirement.get(key.requirement or "")
        nudge, pointer = requirement.hints[:2] if requirement else ("", "")
        says = f"`{step.id}` does what was written, and that is not what was meant. {nudge}".strip()
        edit = edited(plan, step, does=does)
        yield Change(key, says, f"In `{step.id}`, does: {as_yaml(does)}", edit, pointer, "code")


def _last(step: Step) -> Step:
    """The step with every number read by its last separator."""
    does = tuple(
        operation.model_copy(update={"decimal": "last"})
        if getattr(operation, "decimal", "last") != "last" else operation
        for operation in step.does
    )  # fmt: skip
    return step if does == step.does else step.model_copy(update={"does": does})
