"""Candidates that look: a second pair of eyes, yours on what is dearest, another try, asking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.persona import Persona
from scenarios.plans.plan import YOU, Review, Step, Takes
from scenarios.scenario import Scenario
from simulator.coaching.change import Change, edited
from simulator.coaching.working import ablest
from simulator.scoring.evaluation import Evaluation
from simulator.slip import SlipKey

SLIPS = ("beyond-skill", "in-one-leap", "overloaded", "injected", "vague", "distracted", "buried")
YOURS = 6
"""So many records a trial are shown to you where the dearest are."""


def look(
    evaluation: Evaluation, step: Step, cast: Mapping[str, Persona], key: SlipKey
) -> Iterator[Change]:
    """Controls on the step in which a cause showed."""
    plan, scenario = evaluation.plan, evaluation.scenario
    if key.cause not in SLIPS or key.result not in step.produces:
        return
    best = ablest(cast, step.assignee)
    if step.review is None and best is not None:
        says = f"Would two colleagues come to the same `{key.result}` in `{step.id}`?"
        review = Review(by=best.id, of=(key.result,), blind=True)
        words = f"review: {{by: {best.id}, of: [{key.result}], blind: true}}"
        with_redo = edited(plan, step, review=review, redo=max(1, step.redo))
        yield Change(key, says, f"{words}, redo: 1", with_redo, kind="review")
        to_you = edited(plan, step, review=review, otherwise=YOU)
        yield Change(key, says, f"{words}, else: you", to_you, kind="review")
    if step.review is None:
        for column in _sizes(scenario):
            takes = Takes(most=YOURS, by=column)
            of = tuple(step.produces)
            yield Change(
                key, f"Some records are dearer than others. Who looks at those of `{step.id}`?",
                f"review: {{by: you, of: [{', '.join(of)}], "
                f"takes: {{most: {YOURS}, by: {column}}}}}",
                edited(plan, step, review=Review(by=YOU, of=of, takes=takes)), kind="review",
            )  # fmt: skip
    elif step.otherwise == "keep" and step.review.by != YOU:
        says = f"What becomes of work of `{step.id}` that fails its review?"
        yield Change(key, says, "else: you", edited(plan, step, otherwise=YOU), kind="else")
        if step.redo == 0:
            yield Change(key, says, "redo: 1", edited(plan, step, redo=1), kind="redo")


def _sizes(scenario: Scenario) -> list[str]:
    """The columns of the records that are numbers, by which the dearest can be found."""
    record = next(iter(scenario.lots["practice"]))
    return [
        name for name, value in record.columns.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    ][:2]  # fmt: skip
