"""You: whoever runs the team, with few minutes. Escalated records are set right while they last."""

from __future__ import annotations

from collections.abc import Sequence

from agents.agenda import Blueprints, Work
from agents.asking import reserved
from scenarios.plans.plan import YOU
from simulator.blueprint import Blueprint
from simulator.events import CameToYou, Watch
from simulator.parameters import figures
from simulator.trial import StepWork, TrialKey


def settle(
    blueprints: Blueprints, keys: Sequence[TrialKey], work: Work, watch: Watch | None
) -> dict[str, list[StepWork]]:
    """Look at every record that was passed up to you, in the order of the plan and the folder."""
    touched: dict[str, list[StepWork]] = {}
    f = figures("mid")
    any_ = next(iter(blueprints.values()))
    budget, kept = any_.scenario.budget.your_minutes, reserved(any_.plan, any_.scenario)
    for t, key in enumerate(keys):
        spent = sum(minutes_looked(work[step][t]) for step in blueprints) + kept
        for step, blueprint in blueprints.items():
            state = work[step][t]
            waiting = [record for record in key.records if _waits(state, record)]
            for record in waiting:
                del state.pending[record]
                in_time = spent + f.you_minutes <= budget + 1e-9
                state.escalated[record] = in_time
                if in_time:
                    spent += f.you_minutes
                    state.finish += f.you_minutes * 60
                    _set_right(blueprint, key, state, record, f.you_right)
                if watch is not None:
                    watch(CameToYou(state.finish, step, record, in_time))
            if waiting:
                touched[step] = work[step]
    return touched


def minutes_spent(state: StepWork) -> float:
    """Your minutes on a step: its records, and its questions."""
    return minutes_looked(state) + figures("mid").you_minutes * state.questions


def minutes_looked(state: StepWork) -> float:
    """Your minutes on a step's records."""
    return figures("mid").you_minutes * sum(state.escalated.values())


def _waits(state: StepWork, record: str) -> bool:
    return record in state.pending and state.pending[record].target == YOU


def _set_right(
    blueprint: Blueprint, key: TrialKey, state: StepWork, record: str, chance: float
) -> None:
    right = blueprint.settled_right(record)
    now = state.values.setdefault(record, {})
    was_right = blueprint.is_right(record, now)
    if not was_right:
        state.suspected[record] = True
    if was_right or key.draws("you", record=record) < chance:
        now.update(right)
        state.slips[record] = []
    state.renew(record)
