"""What a step of code gives on the preview records, as far as it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from scenarios.language.operations import Operation
from scenarios.persona import Persona
from scenarios.plans.plan import CODE, Result
from simulator.blueprint import Blueprint
from simulator.debriefing.attribution import on_true_inputs
from simulator.rows import previewed
from tui.planning.draft import Draft
from tui.planning.outline import outline
from tui.printing import shown

_OPERATION: TypeAdapter[Any] = TypeAdapter(Operation)


class Preview(NamedTuple):
    """A table: a column for each value that is set, a row for each record."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    problem: str = ""


def blueprint(draft: Draft, cast: Mapping[str, Persona], name: str) -> Blueprint | None:
    """The step of code with those of its operations that are complete."""
    steps = outline(draft, cast)
    found = next((one for one in steps if one.step.id == name), None)
    raw = draft.step(name)
    if found is None and raw is not None and raw.get("assignee") == CODE:
        # A step that gives nothing yet can have operations all the same.
        whole = Draft(draft.scenario, draft.path)
        stand_in = {**raw, "produces": {"nothing": "nothing yet"}, "checks": [], "does": []}
        whole.data = {
            "steps": [stand_in if step["id"] == name else step for step in draft.steps]
        }  # fmt: skip
        found = next((one for one in outline(whole, cast) if one.step.id == name), None)
    if found is None or raw is None:
        return None
    does = tuple(filter(None, map(_operation, raw.get("does", ()))))
    step = found.step.model_copy(update={"does": does, "produces": {"nothing": Result()}})
    return replace(found, step=step)


def preview(found: Blueprint) -> Preview:
    """What its operations give if all that the step reads is right; not quick at first."""
    records = previewed(found.scenario)
    names = tuple(dict.fromkeys(operation.set for operation in found.step.does))
    try:
        made = on_true_inputs(found, records)
    except ValueError as error:
        return Preview((), (), str(error))
    return Preview(names, tuple(_row(record, made[record], names) for record in records))


def _row(record: str, made: Mapping[str, Any], names: Sequence[str]) -> tuple[str, ...]:
    return (record, *(shown(made.get(name)) for name in names))


def _operation(raw: Mapping[str, Any]) -> Any:
    try:
        return _OPERATION.validate_python(raw)
    except ValidationError:
        return None
