"""Candidates that have what is about to be done shown to you first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenarios.language.expressions import names_in
from scenarios.language.operations import Operation
from scenarios.plans.plan import YOU, Check, Plan, Review, Step, Takes
from scenarios.scenario import Act, Scenario
from simulator.coaching.change import Change, edited
from simulator.coaching.ruling import arriving, as_yaml
from simulator.scoring.evaluation import Evaluation
from simulator.slip import SlipKey

_GOT = r"\bgot\b(?:\.(?P<field>\w+))?"
SAYS = "Who looks at what `{step}` is about to do, before it is done?"
WHICH = "Not all of it has to wait for you: what of it can do no harm?"


def approve(evaluation: Evaluation, step: Step, key: SlipKey) -> Iterator[Change]:
    """You look at all that cannot be undone, or at what is not free to be done."""
    if key.cause != "unapproved":
        return
    plan, scenario = evaluation.plan, evaluation.scenario
    acts = [
        act for act in scenario.acts
        if act.field == key.result and act.id in step.may and not act.undo
    ]  # fmt: skip
    says = SAYS.format(step=step.id)
    happens = " or ".join(f"({_of_results(act.done, key.result)})" for act in acts)
    if not acts:
        return
    if not step.is_code:
        if step.review is None:
            review = Review(by=YOU, of=(key.result,), takes=Takes(where=happens))
            yield Change(
                key, says,
                f'review: {{by: you, of: [{key.result}], takes: {{where: "{happens}"}}}}',
                edited(plan, step, review=review), kind="review",
            )  # fmt: skip
        return
    for that, does in ((f"not ({happens})", ()), _harmless(scenario, plan, step, acts)):
        if that:
            coded = f"does: {as_yaml(does)}, " if does else ""
            checks = (*step.checks, Check(that=that))
            yield Change(
                key, says, f'In `{step.id}`, {coded}checks: [{{that: "{that}"}}], else: you',
                edited(plan, step, does=(*step.does, *does), checks=checks, otherwise=YOU),
                WHICH, "check",
            )  # fmt: skip


def _harmless(
    scenario: Scenario, plan: Plan, step: Step, acts: list[Act]
) -> tuple[str, tuple[Operation, ...]]:
    """That nothing is done but what is free, as far as code can tell; empty where it cannot."""
    writer, said = arriving(scenario, plan, step), []
    for act in acts:
        done = _of_results(act.done, act.field)
        if act.free is None:
            said.append(f"not ({done})")
            continue
        free = _of_results(act.free, act.field)
        for name in names_in(free):
            if name not in step.produces:
                if not writer.work_out(name):
                    return "", ()
                free = re.sub(rf"\b{name}\b", writer.names[name], free)
        # A check sees values, and no columns of the records.
        said.append(f"(not ({done}) or {writer.put(free)})")
    return " and ".join(said), tuple(writer.does)


def _of_results(text: str, result: str) -> str:
    """An expression of what was delivered in terms of the step's results."""
    return " ".join(re.sub(_GOT, lambda got: got["field"] or result, text).split())
