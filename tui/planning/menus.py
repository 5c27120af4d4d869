"""What can be chosen on the board and in a step: colleagues, sources, records, results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from scenarios.persona import Persona
from scenarios.plans.plan import RECORDS, STEP_ID
from scenarios.rows import shown_text
from scenarios.scenario import Record, Scenario
from simulator.parameters import span
from simulator.rows import answers
from tui.brief import answer_is
from tui.planning.draft import Draft
from tui.planning.editing import fresh_id
from tui.planning.outline import after
from tui.widgets.form import Entry
from tui.widgets.picker import Choice


def colleagues(
    cast: Mapping[str, Persona], kinds: Iterable[str] = ("intern", "specialist", "code", "you")
) -> list[Choice[str]]:
    """Who can be given a step: interns, cheapest first, then who is trained, code, and you."""
    order = list(kinds)
    people = [one for one in cast.values() if one.kind in order]
    people.sort(key=lambda one: (order.index(one.kind), one.price, one.id))
    return [
        Choice(one.id, one.name, terms(one), " ".join(one.cv.split())) for one in people
    ]  # fmt: skip


def terms(one: Persona) -> str:
    """What a colleague takes, on one line."""
    if one.kind == "you":
        return f"{one.seconds:g} seconds a record"
    if one.kind == "specialist":
        return f"trained for it, {one.price:g} per 1,000 tokens"
    if one.tier is None:
        return "code, free and at once"
    return (
        f"{one.price:g} and {one.seconds:g} s per 1,000 tokens, {one.hands} hands, "
        f"keeps {span(one.tier)} rules"
    )


def sources(draft: Draft, name: str) -> list[Choice[str]]:
    """What a step may read: the records, steps that do not wait for it, and documents."""
    scenario = draft.scenario
    waiting = after(draft, name) | {name}
    out = [Choice(RECORDS, RECORDS, f"each {scenario.records.name}, with its text")]
    for step in draft.steps:
        if step["id"] not in waiting:
            given = ", ".join(step.get("produces", {})) or "nothing yet"
            out.append(Choice(step["id"], step["id"], f"step, gives {given}"))
    for paper in scenario.documents:
        out.append(Choice(paper.id, paper.id, paper.title, paper.text.strip()))
    chosen = draft.step(name)
    known = {one.value for one in out}
    # What is read though it cannot be: it can only be taken out.
    for stray in (chosen or {}).get("reads", ()):
        if stray not in known:
            out.append(Choice(stray, stray, "cannot be read here"))
    return out


def solved(scenario: Scenario, chosen: Iterable[str] = ()) -> list[Choice[str]]:
    """The solved records of the archive, each with its text and its right answer."""
    archive = scenario.sheets("archive")
    out = [Choice(one.id, one.id, _columns(one), _record(scenario, one)) for one in archive]
    known = {one.value for one in out}
    return out + [Choice(one, one, "is not solved") for one in chosen if one not in known]


def _columns(record: Record) -> str:
    return ", ".join(f"{key} {_shown(value)}" for key, value in record.columns.items())


def _record(scenario: Scenario, record: Record) -> str:
    told = [f"{name}: {_shown(value)}" for name, value in answers(scenario, record)]
    said = f"{answer_is(scenario)} {', '.join(told)}"
    return "\n".join([said, "", shown_text(scenario, record).strip()])


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def step_name(draft: Draft, name: str) -> Entry:
    """The line of a form that asks for another name of a step."""

    def judge(filled: Mapping[str, str]) -> str | None:
        new = filled["name"]
        if not re.fullmatch(STEP_ID, new) or len(new) > 40:
            return "Use small letters, digits, '-' and '_', and begin with a letter."
        if new != name and fresh_id(draft, new) != new:
            return "That is the name of something else."
        return None

    return Entry("name", "Name, used wherever the step is read", name, judge=judge)
