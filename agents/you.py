"""You: whoever runs the team, with few minutes. Escalated records are set right while they last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agents.desk import Work
from scenarios.plan import YOU, Plan
from scenarios.scenario import Scenario
from scenarios.values import canonical
from simulator.blueprint import Blueprint
from simulator.parameters import figures
from simulator.trial import StepWork, TrialKey


def settle(
    scenario: Scenario, plan: Plan, blueprints: Mapping[str, Blueprint],
    keys: Sequence[TrialKey], work: Work,
) -> dict[str, list[StepWork]]:  # fmt: skip
    """Look at every record that was passed up to you, in the order of the plan and the folder."""
    touched: dict[str, list[StepWork]] = {}
    f = figures("mid")
    for t, key in enumerate(keys):
        spent = sum(minutes_spent(work[step.id][t]) for step in plan.steps)
        for step in plan.steps:
            state = work[step.id][t]
            waiting = [r for r in key.records if _waits(state, r)]
            for record in waiting:
                del state.pending[record]
                in_time = spent + f.you_minutes <= scenario.budget.your_minutes + 1e-9
                state.escalated[record] = in_time
                if not in_time:
                    continue
                spent += f.you_minutes
                state.finish += f.you_minutes * 60
                _set_right(blueprints[step.id], key, state, record, f.you_right)
            if waiting:
                touched[step.id] = work[step.id]
    return touched


def minutes_spent(state: StepWork) -> float:
    """Your minutes on a step's records."""
    return figures("mid").you_minutes * sum(state.escalated.values())


def _waits(state: StepWork, record: str) -> bool:
    return record in state.pending and state.pending[record].target == YOU


def _set_right(
    blueprint: Blueprint, key: TrialKey, state: StepWork, record: str, chance: float
) -> None:
    right = blueprint.settled_right(record)
    now = state.values.setdefault(record, {})
    was_right = bool(now) and all(
        canonical(now.get(name)) == canonical(value) for name, value in right.items()
    )
    if was_right or key.draws("you", record=record) < chance:
        now.update(right)
        state.slips[record] = []
    state.renew(record)
