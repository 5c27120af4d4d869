"""Somebody is tried at a step before it is theirs: who, on how many records, and what came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.app import App

from scenarios.errors import InputError
from scenarios.plans.plan import Plan
from tui.outcomes import piloted
from tui.planning import menus
from tui.planning.outline import people
from tui.printing import plural
from tui.screens.looking import LookingScreen
from tui.widgets.form import Entry, Form
from tui.widgets.picker import Choice, Picker
from tui.workbook import Workbook

PILOT = "*pilot*"
_USUAL = 8


def choice(book: Workbook) -> list[Choice[str]]:
    """What is offered beside the colleagues, where the scenario has pilots."""
    most = book.scenario.budget.pilots
    if not most:
        return []
    told = f"{_things(book, most)} may be piloted in all, each for wages"
    return [Choice(PILOT, "+ a pilot", f"somebody does a few first; {told}")]


async def pilot(app: App[Any], book: Workbook, name: str) -> None:
    """Have somebody do a step on a few records, and show what came of it."""
    try:
        plan, left = book.draft.plan(), piloted.left_of(book.scenario, book.pilots())
    except InputError as error:
        app.notify(error.one_line(), severity="warning", markup=False)
        return
    chosen = book.draft.step(name) or {}
    able = menus.colleagues(people(book.draft, book.cast), ["intern", "specialist"])
    who = await app.push_screen_wait(
        Picker(f"Who is tried at {name}?", able, chosen.get("assignee"))
    )
    if who is None:
        return

    def judge(filled: Mapping[str, str]) -> str | None:
        text = filled["records"]
        fits = text.isascii() and text.isdigit() and 1 <= int(text) <= 1000
        return None if fits else "Write a number from 1."

    entry = Entry(
        "records", f"On how many {book.scenario.records.name}s?", str(_USUAL), judge=judge
    )
    about = (
        f"{_things(book, left)} can still be piloted. What arrives is right, and nobody checks. "
        "A pilot that was made is shown again for nothing."
    )
    filled = await app.push_screen_wait(Form(f"A pilot of {name}", [entry], about))
    if filled is not None:
        title = f"A pilot of {name} with {who}"
        most = int(filled["records"])
        await app.push_screen_wait(
            LookingScreen(title, lambda say, stop: _told(book, plan, name, who, most))
        )


def _told(book: Workbook, plan: Plan, step: str, who: str, most: int) -> str:
    from agents.piloting import trying

    wanted = trying(book.scenario, plan, book.cast, step, who, most=most)
    found, paid = piloted.made(book.store, wanted)
    return piloted.told(book.scenario, found, book.pilots(), paid=paid)


def _things(book: Workbook, count: int) -> str:
    return plural(count, book.scenario.records.name)
