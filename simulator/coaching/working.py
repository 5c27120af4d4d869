"""Candidates that change how a step is done: by whom, how many at once, in which pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.persona import Persona
from scenarios.plans.plan import Plan, Result, Step
from simulator.coaching.change import Change, edited, with_steps
from simulator.scoring.evaluation import Evaluation
from simulator.slip import SlipKey

TIERS = ("small", "mid", "frontier")
HARD = ("beyond-skill", "in-one-leap", "overloaded")
VOTES = 3
SIX = 6
"""So many records in one call are all handled."""


def work(
    evaluation: Evaluation, step: Step, cast: Mapping[str, Persona], key: SlipKey
) -> Iterator[Change]:
    """Other ways of doing the step in which a cause showed."""
    plan = evaluation.plan
    if key.cause in ("in-one-leap", "overloaded", "beyond-skill") and key.field is not None:
        yield from _write_down(evaluation, step, key)
    if key.cause in HARD or key.cause == "distracted":
        yield from _split(plan, step, key)
    if key.cause in (*HARD, "vague", "skipped", "malformed", "injected", "conflict", "buried"):
        best = ablest(cast, step.assignee)
        here = cast.get(step.assignee)
        if best is not None and (here is None or best.tier != here.tier):
            says, answer = f"Is `{step.id}` in the right hands?", f"assignee: {best.id}"
            yield Change(key, says, answer, edited(plan, step, assignee=best.id), kind="reassign")
    if key.cause == "skipped" and (step.batch == "all" or step.batch > SIX):
        says = f"How many records at a time can `{step.id}` do without leaving one out?"
        yield Change(key, says, "batch: 6", edited(plan, step, batch=SIX), kind="batch")
    elif key.cause in ("skipped", "distracted", "buried") and step.batch not in ("all", 1):
        half = int(step.batch) // 2
        says = f"How many records does `{step.id}` get at a time?"
        yield Change(key, says, f"batch: {half}", edited(plan, step, batch=half), kind="batch")
    if key.cause in HARD and step.votes == 1:
        says = f"Would `{step.id}` slip on the same records if it did them again?"
        yield Change(key, says, f"votes: {VOTES}", edited(plan, step, votes=VOTES), kind="votes")
    if key.cause == "malformed" and not step.enforce_schema:
        says = f"Can every answer of `{step.id}` be read?"
        plan_with = edited(plan, step, enforce_schema=True)
        yield Change(key, says, "schema: true", plan_with, kind="form")
    if key.cause == "out-of-sight" and step.batch != "all":
        says = f"Does `{step.id}` see all the records that it has to compare?"
        yield Change(key, says, "batch: all", edited(plan, step, batch="all"), kind="batch")


def widen(plan: Plan, step: Step, key: SlipKey) -> Iterator[Change]:
    """A step before it does all records: what it leaves out arrives empty."""
    if key.cause != "inherited":
        return
    for name in step.reads:
        source = plan.step.get(name)
        if source is not None and source.takes is not None:
            yield Change(
                key, f"What arrives at `{step.id}` of the records that `{name}` does not do?",
                f"In `{name}`, leave out: takes", edited(plan, source, takes=None), kind="takes",
            )  # fmt: skip


def ablest(cast: Mapping[str, Persona], but: str) -> Persona | None:
    """The intern of the highest tier, other than `but`."""
    interns = [p for p in cast.values() if p.kind == "intern" and p.id != but]
    return max(interns, key=lambda p: (TIERS.index(str(p.tier)), p.id), default=None)


def _write_down(evaluation: Evaluation, step: Step, key: SlipKey) -> Iterator[Change]:
    assert key.field is not None
    field = evaluation.scenario.field[key.field]
    if not field.hidden or not field.known_as or key.result not in step.produces:
        return
    name = next(n for i in range(1, 99) if (n := f"note_{i}") not in step.produces)
    result = Result(
        means=field.known_as[0], choices=tuple(c.value for c in field.choices), list=field.list
    )
    yield Change(
        key,
        f"What must `{step.id}` find out before it can give `{key.result}`?",
        f"In `{step.id}`, produce also: {field.known_as[0]}",
        edited(evaluation.plan, step, produces={name: result, **step.produces}),
        "What is found out on the way to a result can be a result, too.", "name",
    )  # fmt: skip


def _split(plan: Plan, step: Step, key: SlipKey) -> Iterator[Change]:
    """The result that went wrong in a step of its own, before the rest."""
    sent_back = any(check.redo == step.id for other in plan.steps for check in other.checks)
    bound = step.review or step.checks or sent_back or step.may or step.takes
    if bound or len(step.produces) < 2 or key.result not in step.produces:
        return
    name = next(n for i in range(1, 99) if (n := f"part-{i}") not in plan.step)
    own = step.model_copy(update={"id": name, "produces": {key.result: step.produces[key.result]}})
    others = {result: what for result, what in step.produces.items() if result != key.result}
    rest = step.model_copy(update={"produces": others, "reads": (*step.reads, name)})
    steps: list[Step] = []
    for other in plan.steps:
        if other.id == step.id:
            steps += [own, rest]
        elif step.id in other.reads:
            steps.append(other.model_copy(update={"reads": (*other.reads, name)}))
        else:
            steps.append(other)
    yield Change(
        key, f"Does `{step.id}` do several things at once?",
        f"Split `{key.result}` off from `{step.id}`.",
        with_steps(plan, steps), "One of them could have a step of its own.", "split",
    )  # fmt: skip
