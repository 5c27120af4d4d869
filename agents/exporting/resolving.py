"""A plan as data that a program of its own can run; what such a program cannot do is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agents.models import forms
from scenarios.errors import InputError
from scenarios.persona import Persona
from scenarios.plans.plan import YOU, Plan, Step, Takes
from scenarios.scenario import Scenario
from scenarios.unbuilt import refuse
from simulator.blueprint import Blueprint
from simulator.order import Head, head_text, system_message
from simulator.staffing import staffed

MODEL = "gpt-4o-mini"
"""What the program asks for where MODEL says nothing."""
_NOT_YET = ("pattern", "parse_time")


def blueprints(
    scenario: Scenario, plan: Plan, cast: Mapping[str, Persona]
) -> dict[str, Blueprint]:  # fmt: skip
    """The steps of a plan, in its order. Raises InputError for what cannot be exported."""
    refuse(scenario)
    refuse(plan)
    cast = staffed(cast, plan)
    if scenario.records.rows is not None:
        raise _refused("scenario", "records.rows", "searches texts for rows")
    for step in plan.steps:
        _check(scenario, step)
    return {
        step.id: Blueprint(
            scenario, plan, step, cast[step.assignee],
            cast[step.review.by] if step.review else None,
        )
        for step in plan.steps
    }  # fmt: skip


def resolved(scenario: Scenario, steps: Mapping[str, Blueprint]) -> dict[str, Any]:
    """What the program is told, as JSON-like data."""
    return {
        "scenario": scenario.id,
        "model": MODEL,
        "deliverable": {
            field.name: next(name for name, one in steps.items() if field.name in one.step.produces)
            for field in scenario.deliverable
        },
        "steps": [_step(one) for one in steps.values()],
    }


def records(scenario: Scenario, names: Sequence[str]) -> list[dict[str, Any]]:
    """Records as the program reads them, without what would be right."""
    found = [scenario.record[name] for name in names]
    listed = [{"id": one.id, "text": one.text, "columns": dict(one.columns)} for one in found]
    plain: list[dict[str, Any]] = json.loads(json.dumps(listed))
    return plain


def collections(scenario: Scenario, plan: Plan) -> dict[str, list[dict[str, str]]]:
    """The documents of each collection that the plan looks into, by its name."""
    wanted = {step.retrieves.source for step in plan.steps if step.retrieves is not None}
    papers = scenario.document
    return {
        one.id: [
            {"id": name, "title": papers[name].title, "text": papers[name].text}
            for name in one.documents
        ]
        for one in scenario.collections if one.id in wanted
    }  # fmt: skip


def _step(one: Blueprint) -> dict[str, Any]:
    step = one.step
    intern = not step.is_code
    review = None
    if step.review is not None:
        assert one.reviewer is not None
        review = {
            "of": list(step.review.of), "takes": _where(step.review.takes),
            **_order(one.reviewer, one.review_head),
        }  # fmt: skip
    return {
        "id": step.id,
        "code": step.is_code,
        "upstream": list(one.upstream),
        "reads_records": one.reads_records,
        "produces": list(step.produces),
        "takes": _where(step.takes),
        **(_order(one.persona, one.head) if intern else {}),
        "specialist": one.specialist is not None,
        "ask": step.ask and intern,
        "asks": system_message(one.persona, replace(one.head, asks=True)) if intern else "",
        "answers": {name: text.strip() for name, text in step.answers.items()},
        "retrieves": step.retrieves and step.retrieves.model_dump(by_alias=True, mode="json"),
        "votes": step.votes,
        "batch": step.batch,
        "does": [operation.model_dump(mode="json") for operation in step.does],
        "tables": {name: [dict(line) for line in table] for name, table in one.tables.items()}
        if step.is_code else {},
        "checks": [{"that": c.that, "redo": c.redo or step.id} for c in step.checks],
        "review": review,
        "redo": step.redo,
        "else": step.otherwise,
        "words": {name: dict(result.words) for name, result in one.results.items()},
    }  # fmt: skip


def _order(persona: Persona, head: Head) -> dict[str, Any]:
    return {
        "system": system_message(persona, head),
        "head": head_text(head),
        "form": forms.of(head) if head.enforce_schema else None,
        "judges": head.role == "review",
    }


def _where(takes: Takes | None) -> str | None:
    return None if takes is None else takes.where


def _check(scenario: Scenario, step: Step) -> None:
    if step.is_you:
        raise _refused(step.id, "assignee", "is yours, and a program cannot do it")
    if step.review is not None and step.review.by == YOU:
        raise _refused(step.id, "review.by", "is you, and a program cannot ask you")
    if step.may:
        raise _refused(step.id, "may", "allows acts, which are this game's own")
    if step.votes > 1 and any(
        field.name in step.produces and field.type == "prose" for field in scenario.deliverable
    ):
        raise _refused(step.id, "votes", "compares prose, which only this game can")
    looks = step.review.takes if step.review else None
    for place, takes in (("takes", step.takes), ("review.takes", looks)):
        if takes is not None and (takes.most is not None or takes.by is not None):
            name = "most" if takes.most is not None else "by"
            raise _refused(step.id, f"{place}.{name}", "draws lots, which are this game's own")
    for number, operation in enumerate(step.does):
        for kind in _NOT_YET:
            if hasattr(operation, kind):
                raise _refused(step.id, f"does.{number}.{kind}", "is not in the program yet")
    if step.review is not None and any(
        field.name in step.review.of and field.type == "prose" for field in scenario.deliverable
    ):
        raise _refused(step.id, "review.of", "compares prose, which only this game can")


def _refused(step: str, field: str, why: str) -> InputError:
    where = f"steps.{step}.{field}" if step != "scenario" else f"scenario.{field}"
    return InputError(
        f"cannot be exported: it {why}", field=where, mend="take it out of a copy, and export that"
    )
