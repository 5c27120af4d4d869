"""What the coach says before it is asked for the answer must not be the answer.

A hint that the reader would take for a rule is withheld, whoever wrote it: a learner could paste
it into their plan.
"""

from __future__ import annotations

from dataclasses import replace

from scenarios.scenario import Scenario
from simulator.coaching.change import Change
from simulator.reading import read

TOLD = 0.3
"""A text that is clear about a rule with this probability tells it."""


def discreet(scenario: Scenario, change: Change) -> Change:
    """The change with a nudge and a pointer that tell no rule."""
    says = change.says
    if tells(scenario, says):
        says = f"Look again at `{change.about.step}`."
    pointer = "" if tells(scenario, change.pointer) else change.pointer
    return replace(change, says=says, pointer=pointer)


def tells(scenario: Scenario, text: str) -> bool:
    """Whether the reader takes a rule of the scenario from a text."""
    return bool(text) and any(read(text, rule).clear >= TOLD for rule in scenario.requirements)
