"""Plans that nobody wrote: the expert's, with parts of it left out and its hands shuffled.

They show what is possible in a scenario. Each is drawn from a key, so that a scenario always has
the same ones: bot i of n leaves out each part that the author lists beside the plans
(`removals.yaml`) with probability (i / n)^2, from nothing to everything and more often little;
parts that were cut already with another are passed over. Then each step that is an intern's gets
another of the cast, and another number of records a call, with a chance of `_SHUFFLED` each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from scenarios.chance import uniform
from scenarios.errors import InputError
from scenarios.files.source import is_file
from scenarios.persona import Persona
from scenarios.plans.file import load_plan
from scenarios.plans.plan import Plan, Step
from scenarios.plans.removals import FILE, Removal, load_removals, plan_without
from scenarios.scenario import Scenario
from simulator.coaching.change import with_steps

_SHUFFLED = 0.25
_BATCHES = (1, 3, 6, 12, "all")


def bots(
    plans: Path, scenario: Scenario, cast: Mapping[str, Persona], count: int
) -> Iterator[Plan]:
    """At most `count` different plans, made from those in the folder `plans`.

    None where there is no plan of an expert, or where nothing is known of what carries it. Raises
    InputError where one of the two is not as it should be.
    """
    if not is_file(plans / FILE):
        return
    listed = load_removals(plans / FILE)
    whole = load_plan(plans / f"{listed.plan}.yaml", lambda _: scenario, cast).plan
    seen = {whole.model_dump_json()}
    for number in range(count):
        key = f"{scenario.id}|bot|{number}"
        share = (number / max(1, count - 1)) ** 2
        out = [one for one in listed.removals if uniform(f"{key}|{one.name}") < share]
        plan = _without(plans, listed.plan, out, scenario, cast) or whole
        plan = with_steps(plan, (_shuffled(step, key, cast) for step in plan.steps))
        said = plan.model_dump_json()
        if said not in seen:
            seen.add(said)
            yield plan


def _without(
    plans: Path, name: str, out: list[Removal], scenario: Scenario, cast: Mapping[str, Persona]
) -> Plan | None:
    """The plan without as many of the parts as go together; None where none could be cut."""
    left: Plan | None = None
    gone: tuple[Removal, ...] = ()
    for one in out:
        edits = tuple(edit for removal in (*gone, one) for edit in removal.edits)
        try:
            left = plan_without(plans, name, Removal(edits=edits), scenario, cast)
        except InputError:
            continue
        gone = *gone, one
    return left


def _shuffled(step: Step, key: str, cast: Mapping[str, Persona]) -> Step:
    """The step in other hands, perhaps, and with other batches."""
    if step.is_code or step.is_you or step.assignee not in cast:
        return step
    key = f"{key}|{step.id}"
    changes: dict[str, object] = {}
    if uniform(f"{key}|who") < _SHUFFLED:
        interns = [name for name, one in cast.items() if one.kind == "intern"]
        changes["assignee"] = interns[int(uniform(f"{key}|whom") * len(interns))]
    if uniform(f"{key}|batch") < _SHUFFLED:
        changes["batch"] = _BATCHES[int(uniform(f"{key}|size") * len(_BATCHES))]
    return step.model_copy(update=changes)
