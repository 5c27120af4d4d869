"""Candidates that leave to code what code can work out, and have somebody read what it needs.

A result that follows from facts by a rule of the scenario is no longer decided in anybody's head:
the step finds out the facts, and a step of code after it does the rest. Where a sum and its parts
can both be had, code can see whether they add up, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.field import Field
from scenarios.plans.plan import CODE, RECORDS, YOU, Check, Plan, Step
from scenarios.scenario import Scenario
from simulator.coaching.change import Change, replaced, with_steps
from simulator.coaching.checking import AMOUNTS, CENT
from simulator.coaching.facts import computable, facts, with_papers
from simulator.coaching.ruling import arriving, as_yaml, doing, ruled
from simulator.meaning import asked, meaning
from simulator.scoring.evaluation import Evaluation
from simulator.slip import SlipKey

IN_THE_HEAD = "`{step}` works `{result}` out in its head. What of it could be left to code?"
FACTS = "Code is exact, and needs facts to work on. Have them written down, and nothing more."
PARTS = "Is there anything in `{step}` that must add up?"
WHOLE = "Have the parts copied as well as the whole: code can see whether they agree."


def compute(evaluation: Evaluation, step: Step, key: SlipKey) -> Iterator[Change]:
    """The result that went wrong worked out by code, and what could be seen to add up there."""
    scenario, plan = evaluation.scenario, evaluation.plan
    coded = _coded(scenario, plan, step, key.result)
    if coded is not None:
        says, pointer = IN_THE_HEAD.format(step=step.id, result=key.result), FACTS
        for made in (coded, *_adding_up(scenario, coded, step.id)):
            yield Change(key, says, answer(plan, made), made, pointer, "compute")
    says = PARTS.format(step=step.id)
    for made in _adding_up(scenario, plan, step.id):
        yield Change(key, says, answer(plan, made), made, WHOLE, "check")


def _coded(scenario: Scenario, plan: Plan, step: Step, wrong: str) -> Plan | None:
    """The plan with a step's computable results given by code that reads the facts from it."""
    moved = {
        name: field
        for name, result in step.produces.items()
        if (field := meaning(scenario, asked(scenario, name, result)).field) is not None
        and computable(field)
    }
    if wrong not in moved or step.checks:
        return None
    order = {field.name: place for place, field in enumerate(scenario.fields)}
    moved = dict(sorted(moved.items(), key=lambda item: order[item[1].name]))
    held = {name: result for name, result in step.produces.items() if name not in moved}
    asks = facts(scenario, plan, step, moved.values(), held)
    if asks is None or not (held or asks):
        return None
    own = next(n for i in range(1, 99) if (n := f"code-{i}") not in plan.step)
    acts = {act.id for act in scenario.acts if act.field in moved}
    reader = step.model_copy(update={
        "produces": {**asks, **held}, "reads": with_papers(scenario, step, asks),
        "may": tuple(name for name in step.may if name not in acts),
        "review": step.review and step.review.model_copy(update={"of": (*asks, *held)}),
    })  # fmt: skip
    sources = (name for name in step.reads if name in plan.step)
    code = Step(
        id=own, assignee=CODE, reads=(RECORDS, *sources, step.id),
        produces={name: step.produces[name] for name in moved},
        may=tuple(name for name in step.may if name in acts),
    )  # fmt: skip
    plan = _inserted(plan, reader, code)
    for name, field in moved.items():
        does = ruled(scenario, plan, code, name, field.name)
        if does is None:
            return None
        code = doing(code, does)
    return replaced(plan, code)


def _adding_up(scenario: Scenario, plan: Plan, reader: str) -> Iterator[Plan]:
    """The plan with a check that a sum is that of its parts, where code reads a step."""
    step = plan.step[reader]
    for code in plan.steps:
        if not code.is_code or reader not in code.reads or code.checks:
            continue
        wholes = list(_amounts(scenario, code))
        for parts in (field for field in scenario.fields if field.list and field.type in AMOUNTS):
            asks = facts(scenario, plan, step, [parts], step.produces)
            if not asks:
                continue
            more = step.model_copy(update={"produces": {**asks, **step.produces}})
            writer = arriving(scenario, replaced(plan, more), code)
            for whole in wholes:
                if writer.work_out(whole.name) and writer.work_out(parts.name):
                    that = f"abs({writer.names[whole.name]} - sum({writer.names[parts.name]}))"
                    checked = code.model_copy(update={
                        "does": (*code.does, *writer.does), "redo": 1, "otherwise": YOU,
                        "checks": (Check(that=f"{that} < {CENT}", redo=reader),),
                    })  # fmt: skip
                    yield replaced(plan, more, checked)


def _amounts(scenario: Scenario, code: Step) -> Iterator[Field]:
    """The amounts that the results of code are worked out from."""
    left = [field for name, result in code.produces.items()
            if (field := meaning(scenario, asked(scenario, name, result)).field)]  # fmt: skip
    seen: set[str] = set()
    while left:
        for name in scenario.parents[left.pop().name]:
            field = scenario.field[name]
            if name not in seen:
                seen.add(name)
                left.append(field)
                if field.type in AMOUNTS and not field.list and computable(field):
                    yield field


def _inserted(plan: Plan, reader: Step, code: Step) -> Plan:
    """The plan with a step changed and code after it, for whoever read the step."""
    steps: list[Step] = []
    for other in plan.steps:
        if other.id == reader.id:
            steps += [reader, code]
        elif reader.id in other.reads:
            steps.append(other.model_copy(update={"reads": (*other.reads, code.id)}))
        else:
            steps.append(other)
    return with_steps(plan, steps)


def answer(before: Plan, after: Plan) -> str:
    """The words that make one plan of the other: what is asked for, the code and its checks."""
    said = []
    for step in after.steps:
        old = before.step.get(step.id)
        if old != step:
            said.append(_coded_so(old, step) if step.is_code else _asked_so(old, step))
    return ". ".join(filter(None, said))


def _coded_so(old: Step | None, step: Step) -> str:
    new = "" if old else "a step of code, "
    if old is None or old.reads != step.reads:
        new += f"reads: [{', '.join(step.reads)}], "
    checks = ""
    if old is None or old.checks != step.checks:
        checks = "".join(
            f', checks: [{{that: "{one.that}", redo: {one.redo}}}], redo: {step.redo}, '
            f"else: {step.otherwise}"
            for one in step.checks
        )
    names = ", ".join(step.produces)
    return f"In `{step.id}`, {new}produces: {names}, does: {as_yaml(step.does)}{checks}"


def _asked_so(old: Step | None, step: Step) -> str:
    asks = []
    for name, one in step.produces.items():
        if old is None or name not in old.produces:
            form = f" (one of {', '.join(one.choices)})" if one.choices else ""
            asks.append(f"{name}: {one.means}{' (a list)' if one.list else form}")
    papers = [name for name in step.reads if old is None or name not in old.reads]
    reads = f", and read: {', '.join(papers)}" if papers else ""
    return f"In `{step.id}`, produce: {'; '.join(asks)}{reads}" if asks else ""
