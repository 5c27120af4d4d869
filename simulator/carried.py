"""How clearly each rule of a plan reaches whoever decides what it governs (model.md, Reading)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod

from scenarios.persona import Persona
from scenarios.plans.plan import Plan
from scenarios.scenario import Requirement, Scenario
from simulator.behaviour.job import understand
from simulator.blueprint import Blueprint
from simulator.staffing import staffed

CLEAR = 0.95
"""The least probability at which a rule of an expert's plan counts as told (judged).

The reader gives .93 to .98 to plain sentences of people; what is told worse is below .9.
"""


@dataclass(frozen=True, slots=True)
class Carried:
    """A rule at a step whose intern decides what it governs, said or in the head.

    `clear` is the probability that the call tells it clearly, over all its sources; `words` is the
    learner's sentence that says it best, '' where none does.
    """

    step: str
    requirement: Requirement
    clear: float
    words: str
    sources: tuple[str, ...]


def carried(scenario: Scenario, plan: Plan, cast: Mapping[str, Persona]) -> Iterator[Carried]:
    """Every rule of every step that should carry it; code, specialists and you do not read."""
    people = staffed(cast, plan)
    for step in plan.steps:
        if step.is_code or step.is_you:
            continue
        blueprint = Blueprint(scenario, plan, step, people[step.assignee], None)
        if blueprint.specialist is not None:
            continue
        job = understand(scenario, blueprint.persona, blueprint.head)
        rules = {rule.index: rule for decision in job.decisions for rule in decision.rules}
        for index in sorted(rules):
            rule = rules[index]
            clear = 1.0 - prod(1.0 - telling.clear for telling in rule.tellings)
            sources = tuple(telling.source for telling in rule.tellings)
            yield Carried(step.id, rule.requirement, clear, rule.words, sources)
