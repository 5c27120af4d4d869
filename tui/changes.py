"""What changed between two attempts, and what it did."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

from scenarios.errors import InputError
from scenarios.scenario import Scenario
from scenarios.source import parse
from simulator.store import Attempt
from tui.draft import Draft
from tui.printing import number, percent

_MEANS = {"loss": "money lost", "wrong_records": "wrong {thing}s", "cost": "wages",
          "minutes": "minutes"}  # fmt: skip


def plan_diff(scenario: Scenario, before: str, after: str) -> list[str]:
    """The lines that differ, with a few around them; nothing where the plans are the same."""
    old, new = (_lines(scenario, text) for text in (before, after))
    found = difflib.unified_diff(old, new, lineterm="", n=2)
    return [line for line in found if not line.startswith(("---", "+++"))]


def _lines(scenario: Scenario, text: str) -> list[str]:
    """A plan as the board would write it, so that layout and comments are no differences."""
    draft = Draft(scenario, Path())
    try:
        data = parse(text, "plan").data
    except InputError:
        return text.splitlines()
    if not isinstance(data, dict):
        return text.splitlines()
    draft.data = data
    return draft.text().splitlines()


def figure(attempt: Attempt, name: str) -> float | None:
    """The mean of a figure of an attempt; None where no trial was scored."""
    found: Any = attempt.summary.get(name)
    mean = found.get("mean") if isinstance(found, dict) else None
    return float(mean) if isinstance(mean, int | float) else None


def did(scenario: Scenario, before: Attempt, after: Attempt) -> str:
    """What came of the one and of the other, in a line."""
    parts = []
    for name, label in _MEANS.items():
        was, now = figure(before, name), figure(after, name)
        if was is not None and now is not None:
            said = label.format(thing=scenario.unit)
            parts.append(f"{said} {number(was)} -> {number(now)}")
    was, now = figure(before, "reliability"), figure(after, "reliability")
    if was is not None and now is not None:
        parts.insert(2, f"reliability {percent(was)} -> {percent(now)}")
    told = "; ".join(parts) or "nothing was scored"
    if (before.lot, before.seed) != (after.lot, after.seed):
        told += " (on other records)"
    return told
