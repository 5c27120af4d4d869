"""What the coach says before it is asked for the answer must not be the answer.

A hint that the reader would take for a rule is withheld, whoever wrote it: a learner could paste
it into their plan, alone or with what was said before it.
"""

from __future__ import annotations

from dataclasses import replace

from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from simulator.coaching.change import Change
from simulator.reading import read

TOLD = 0.3
"""A text that is clear about a rule with this probability tells it."""
LOOK = "Look again."


def discreet(scenario: Scenario, plan: Plan, change: Change) -> Change:
    """The change of a plan with a nudge and a pointer that tell no rule.

    Neither alone, nor both together, nor at the end of the instructions of the step in question.
    """
    step = plan.step.get(change.about.step)
    had = step.instructions if step is not None else ""
    nudges = (change.says, f"Look again at `{change.about.step}`.")
    says = next((text for text in nudges if not tells(scenario, text, had)), LOOK)
    after = (change.pointer, f"{says} {change.pointer}")
    told = bool(change.pointer) and any(tells(scenario, text, had) for text in after)
    return replace(change, says=says, pointer="" if told else change.pointer)


def tells(scenario: Scenario, text: str, had: str = "") -> bool:
    """Whether the reader takes a rule from a text, by itself or after what it `had` before."""
    return any(
        read(f"{before}\n{text}", rule).clear >= read(before, rule).clear + TOLD
        for before in dict.fromkeys(("", had)) for rule in scenario.requirements
    )  # fmt: skip
