"""Candidates for code that does not do what was meant.

Either it reads numbers wrongly, or its rule is not the rule. The scenario's own rule is then put
in the learner's names, from whatever arrives; where something that it needs does not, somebody is
asked for it, or decides the whole result. Where there is no such rule, solved records may show what
exception it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.persona import Persona
from scenarios.plans.plan import RECORDS, Plan, Step
from scenarios.scenario import Scenario
from simulator.blueprint import Blueprint
from simulator.coaching.change import Change, replaced, told
from simulator.coaching.computing import answer
from simulator.coaching.excepting import exceptions
from simulator.coaching.facts import facts, with_papers
from simulator.coaching.ruling import doing, ruled
from simulator.scoring.evaluation import Evaluation
from simulator.slip import SlipKey

CODED = "Is what `{step}` works out right for every record?"
NUMBERS = "Does everybody write numbers the way `{step}` reads them?"
MISSED = "Look at what its rule would ask about, and whether anybody writes that down."
NOT_EXACT = "Code is for what follows from facts. Reading is for people."


def code(
    evaluation: Evaluation, step: Step, cast: Mapping[str, Persona], key: SlipKey
) -> Iterator[Change]:
    """How numbers are read, here and in all other code, and the rule itself."""
    if key.cause != "uncoded":
        return
    plan, scenario = evaluation.plan, evaluation.scenario
    changed = [one for other in plan.steps if (one := _last(other)) is not other]
    if changed:
        where = " and ".join(f"`{one.id}`" for one in changed)
        yield Change(
            key,
            NUMBERS.format(step=step.id),
            f"In {where}: decimal: last",
            replaced(plan, *changed),
            kind="code",
        )
    does = ruled(scenario, plan, step, key.result, key.field)
    requirement = scenario.requirement.get(key.requirement or "")
    nudge, pointer = requirement.hints[:2] if requirement else ("", "")
    says = f"{CODED.format(step=step.id)} {nudge}".strip()
    for mended in (
        *(() if does is None else (doing(step, does),)),
        *exceptions(Blueprint(scenario, plan, step, cast[step.assignee], None), key.result),
    ):
        edit = replaced(plan, mended)
        yield Change(key, says, answer(plan, edit), edit, pointer, "code")
    for made in () if does is not None else _with_facts(scenario, plan, step, key):
        says = f"Does everything arrive at `{step.id}` that it would have to know?"
        yield Change(key, says, answer(plan, made), made, MISSED, "code")
    for reader in _readers(plan, step):
        back = _handed_back(scenario, plan, step, reader, key)
        if back is not None:
            words = scenario.requirement[key.requirement].said[0] if key.requirement else ""
            says = f"Can what `{key.result}` takes be put into code by you?"
            told_ = (
                f"In `{reader.id}` and not in `{step.id}`, produce: {key.result}. {words}".strip()
            )
            yield Change(key, says, told_, back, NOT_EXACT, "code")


def _last(step: Step) -> Step:
    """The step with every number read by its last separator."""
    does = tuple(
        operation.model_copy(update={"decimal": "last"})
        if getattr(operation, "decimal", "last") != "last" else operation
        for operation in step.does
    )  # fmt: skip
    return step if does == step.does else step.model_copy(update={"does": does})


def _readers(plan: Plan, step: Step) -> Iterator[Step]:
    """The interns' steps with the records on their desk that a step of code reads."""
    for name in step.reads:
        source = plan.step.get(name)
        if source is not None and RECORDS in source.reads and not (source.is_code or source.is_you):
            yield source


def _with_facts(scenario: Scenario, plan: Plan, step: Step, key: SlipKey) -> Iterator[Plan]:
    """The rule in code, which reads a step more, or has one find out what it needs besides."""
    if key.field is None:
        return
    arriving = [plan.step[name].produces for name in step.reads if name in plan.step]
    own = {name: result for name, result in step.produces.items() if name != key.result}
    held = {name: result for some in (*arriving, own) for name, result in some.items()}
    place = plan.steps.index(step)
    for earlier in plan.steps[:place]:
        if earlier.id not in step.reads:
            more = step.model_copy(update={"reads": (*step.reads, earlier.id)})
            does = ruled(scenario, plan, more, key.result, key.field)
            if does is not None:
                yield replaced(plan, doing(more, does))
                return
    for reader in _readers(plan, step):
        asks = facts(scenario, plan, reader, [scenario.field[key.field]], held)
        if asks:
            more = reader.model_copy(update={
                "produces": {**asks, **reader.produces},
                "reads": with_papers(scenario, reader, asks),
            })  # fmt: skip
            asking = replaced(plan, more)
            does = ruled(scenario, asking, step, key.result, key.field)
            if does is not None:
                yield replaced(asking, doing(step, does))


def _handed_back(
    scenario: Scenario, plan: Plan, step: Step, reader: Step, key: SlipKey
) -> Plan | None:
    """The result decided by a reader that is told the rule; None where code does nothing else."""
    held = {name: result for name, result in step.produces.items() if name != key.result}
    if not held or key.result not in step.produces:
        return None
    papers = (name for name in step.reads if name in scenario.document)
    acts = {act.id for act in scenario.acts if act.field == key.result}
    words = scenario.requirement[key.requirement].said[0] if key.requirement else ""
    asked = reader.model_copy(update={
        "produces": {**reader.produces, key.result: step.produces[key.result]},
        "reads": tuple(dict.fromkeys((*reader.reads, *papers))),
        "may": (*reader.may, *(name for name in step.may if name in acts)),
    })  # fmt: skip
    code = step.model_copy(update={
        "produces": held,
        "does": tuple(one for one in step.does if one.set != key.result),
        "may": tuple(name for name in step.may if name not in acts),
    })  # fmt: skip
    after = (
        one.model_copy(update={"reads": (*one.reads, reader.id)})
        for one in plan.steps if step.id in one.reads and reader.id not in one.reads
    )  # fmt: skip
    return replaced(plan, told(asked, words) if words else asked, code, *after)
