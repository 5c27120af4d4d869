"""What a learner foretold over all attempts, and whether it came true as often as they said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from scenarios.errors import InputError
from scenarios.files.source import parse
from simulator.scoring.statistics import mean_interval
from simulator.storage.store import Attempt

ENOUGH = 10
"""Predictions that a reliability diagram takes: two for each of its five groups, on average, since
a group of one says how that run went and nothing of how such predictions fare."""
GROUPS = 5


class Group(NamedTuple):
    """Predictions that said about the same: a point of the reliability diagram."""

    said: float
    came: float
    low: float | None
    high: float | None
    """The 95 % interval of what came, over the predictions; None where there is only one."""
    size: int
    """How many predictions."""


def diagram(pairs: Sequence[tuple[float, float]]) -> list[Group]:
    """What was said against what came, in five groups by what was said; empty ones are left out.

    `pairs` are (said, came). Empty where there are fewer than `ENOUGH`.
    """
    if len(pairs) < ENOUGH:
        return []
    groups: dict[int, list[tuple[float, float]]] = {}
    for pair in pairs:
        groups.setdefault(min(int(pair[0] * GROUPS), GROUPS - 1), []).append(pair)
    return [_group(groups[place]) for place in sorted(groups)]


def _group(pairs: Sequence[tuple[float, float]]) -> Group:
    mean, low, high = mean_interval([[came] for _, came in pairs])
    said = sum(said for said, _ in pairs) / len(pairs)
    if low is None or high is None:
        return Group(said, mean, None, None, len(pairs))
    return Group(said, mean, max(0.0, low), min(1.0, high), len(pairs))


def kept(attempts: Iterable[Attempt]) -> list[tuple[float, float]]:
    """The predictions that were kept with attempts, as (said, came), oldest first.

    Whoever has seen a plan run foretells nothing: of the runs of one plan only the first counts.
    """
    return [
        (float(one["said"]), float(one["came"]))
        for attempt in first_runs(attempts)
        for one in (attempt.summary.get("foresight") or {}).get("said", ())
    ]


def first_runs(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Of attempts, oldest first, those whose steps had not been run before in their scenario."""
    seen: set[tuple[str, str]] = set()
    found = []
    for attempt in attempts:
        name = attempt.scenario, steps_of(attempt.plan_text)
        if name not in seen:
            seen.add(name)
            found.append(attempt)
    return found


@lru_cache(maxsize=1024)
def steps_of(plan_text: str) -> str:
    """The steps of a plan's text as text of their own, whatever is predicted beside them."""
    try:
        data: Any = parse(plan_text, "plan").data
    except InputError:
        return plan_text
    steps = data.get("steps") if isinstance(data, dict) else None
    return json.dumps(steps, sort_keys=True, default=str)
