"""Where an attack's words are put, and what they are compared with.

Words that say nothing must not pay; structure may. So an attack is compared with its *floor*, a
plan of the same structure that says nothing:

- `bare`: the empty plan, one step that produces the deliverable.
- `spread`: the steps of the expert's plan with everything blanked that interns are told
  (instructions, examples, documents) and without its checks and reviews. Rules are easier to get
  across here than in one step, so the same text is a stronger attack; and what results mean and
  what code does, being structure, is the floor's as well. Controls stay out because they find what
  was not understood, and would hide what the words gained.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from scenarios.persona import Persona
from scenarios.plans.plan import Check, Plan, Result, Step
from scenarios.scenario import Scenario

StageName = Literal["bare", "spread"]
Cast = Mapping[str, Persona]


@dataclass(frozen=True)
class Stage:
    """A plan that says nothing, to say something in."""

    name: StageName
    floor: Plan


def stages(scenario: Scenario, expert: Plan, cast: Cast) -> tuple[Stage, ...]:
    """The stages of a scenario: only the bare one where the expert's plan is a single step."""
    bare = Stage("bare", empty(scenario, expert, cast))
    if len(expert.steps) < 2:
        return (bare,)
    return (bare, Stage("spread", silent(scenario, expert, cast)))


def silent(scenario: Scenario, plan: Plan, cast: Cast) -> Plan:
    """The plan's structure: nothing that an intern is told, no check and no review."""
    return _with_steps(plan, lambda step: _untold(_uncontrolled(step), scenario, cast))


def empty(scenario: Scenario, expert: Plan, cast: Cast) -> Plan:
    """One step that produces the deliverable with no instructions, by the expert's first intern."""
    who = [step.assignee for step in expert.steps if works(step, cast)]
    who += [id_ for id_, persona in cast.items() if persona.kind == "intern"]
    produces = {field.name: Result() for field in scenario.deliverable}
    return Plan(scenario=scenario.id, steps=(Step(id="all", assignee=who[0], produces=produces),))


def saying(plan: Plan, text: str, cast: Cast) -> Plan:
    """The plan with `text` as the instructions of each of its interns."""

    def told(step: Step) -> Step:
        return step.model_copy(update={"instructions": text}) if works(step, cast) else step

    return _with_steps(plan, told)


def escalating(plan: Plan) -> Plan:
    """The plan with every record of every step passed up to you, done or not."""

    def passed_up(step: Step) -> Step:
        never = Check(that="1 == 2")
        return step.model_copy(update={"checks": (never,), "otherwise": "you"})

    return _with_steps(plan, passed_up)


def _untold(step: Step, scenario: Scenario, cast: Cast) -> Step:
    if not works(step, cast):
        return step
    reads = tuple(name for name in step.reads if name not in scenario.document)
    return step.model_copy(update={"instructions": "", "examples": (), "reads": reads})


def _uncontrolled(step: Step) -> Step:
    blank = {"checks": (), "review": None, "redo": 0, "otherwise": "keep"}
    return step.model_copy(update=blank)


def works(step: Step, cast: Cast) -> bool:
    """Whether an intern does the step, and so reads what it says."""
    who = cast.get(step.assignee)
    return who is not None and who.kind == "intern"


def _with_steps(plan: Plan, change: Callable[[Step], Step]) -> Plan:
    # A new plan and not a copy: a copy would keep what was worked out from the old steps.
    return Plan(scenario=plan.scenario, steps=tuple(change(step) for step in plan.steps))
