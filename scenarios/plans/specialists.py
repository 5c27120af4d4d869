"""Specialists of a plan: who they are, what they are trained on, and what they can be given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scenarios.errors import did_you_mean, quoted
from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.plans.plan import RECORDS, Plan, Step
from scenarios.references import unique
from scenarios.scenario import Scenario

FOR_READERS: Mapping[str, str] = {
    "instructions": "they read none",
    "examples": "theirs are under 'specialists'",
    "batch": "they take each record by itself",
    "schema": "they give nothing but their answers",
    "votes": "they give the same answer each time",
    "ask": "they ask nothing",
    "answers": "they ask nothing",
    "retrieves": "they look at nothing but the record",
}
"""What a step of theirs cannot have, and why not."""


def check_specialists(
    plan: Plan, people: Iterable[str], scenario: Scenario, source: Source
) -> None:
    """Raise InputError for the first specialist who could not be trained, or given their step.

    `people` are those who are there without the plan.
    """
    taken = dict.fromkeys(people, "somebody who is there already")
    named = ((("specialists", i, "id"), one.id) for i, one in enumerate(plan.specialists))
    unique(named, source, taken)
    solved = [record.id for record in scenario.sheets("archive")]
    shown: set[str] = set()
    for i, one in enumerate(plan.specialists):
        place: Place = ("specialists", i, "examples")
        for j, example in enumerate(one.examples if one.examples != "all" else ()):
            if example not in solved:
                problem = f"{quoted(example)} is no solved record of the archive"
                mend = did_you_mean(example, solved, noun="the archive has")
                raise source.error((*place, j), problem, mend)
        shown |= set(solved if one.examples == "all" else one.examples)
        most = scenario.budget.labels
        if most is not None and len(shown) > most:
            problem = f"are {len(shown)} records, and there is a budget for {most}"
            raise source.error(place, problem, "choose those that teach most")
    trained = {one.id for one in plan.specialists}
    for i, step in enumerate(plan.steps):
        if step.assignee in trained:
            _check_step(plan, step, scenario, source, ("steps", i))


def _check_step(plan: Plan, step: Step, scenario: Scenario, source: Source, place: Place) -> None:
    for key, why in FOR_READERS.items():
        if source.has((*place, key)):
            problem = "is not for somebody who was trained"
            raise source.error((*place, key), problem, f"delete it: {why}")
    if len(step.produces) != 1:
        problem = f"are {len(step.produces)} results, and a specialist gives one"
        raise source.error((*place, "produces"), problem, "give the others to another step")
    name, result = next(iter(step.produces.items()))
    field = next((one for one in scenario.deliverable if one.name == name), None)
    sorts = field.type in ("choice", "boolean") if field else len(result.choices) > 1
    if not sorts or result.list or (field is not None and field.list):
        problem = "is not one of several words, and a specialist only sorts"
        mend = "give it to an intern" if field else "add 'choices: [...]'"
        raise source.error((*place, "produces", name), problem, mend)
    searches = scenario.records.rows is not None and not set(step.reads) & set(plan.step)
    if RECORDS not in step.reads or searches:
        problem = "has to have the records, one by one, before it"
        mend = "let it read a step that finds them as well" if searches else "add 'records'"
        raise source.error((*place, "reads"), problem, mend)
    for j, read in enumerate(step.reads):
        if read in scenario.document:
            problem = f"{quoted(read)} is a paper, and a specialist reads none"
            raise source.error((*place, "reads", j), problem, "take it out")
