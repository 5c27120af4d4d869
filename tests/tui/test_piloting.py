"""Trying somebody in the step editor: offered where the scenario has pilots, told at any size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from scenarios.scenario import Budget
from tests.tui.boarding import fill, pick, row
from tests.tui.pilots import at_stage, settle, shown, wait_for, wait_for_screen
from tests.tui.played import played
from tui.app import InternApp
from tui.workbook import Workbook

PLAN = """\
scenario: invoices
steps:
  - {id: ledger, assignee: mira, produces: {pay: ~}, schema: true, instructions: Add it up.}
"""
BUDGET = Budget(money=4, minutes=30, your_minutes=3, pilots=12)


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("INTERN_NO_ANIMATION", "1")


def words(pilot: Pilot[Any]) -> str:
    """What the screen shows, without its lines."""
    return " ".join(shown(pilot).replace("│", " ").split())


async def at_step(pilot: Pilot[Any], budget: Budget | None = BUDGET) -> Workbook:
    """In the step editor of a plan of one step."""
    app = pilot.app
    assert isinstance(app, InternApp)
    book = app.book("invoices")
    if budget is not None:
        book.scenario = book.scenario.model_copy(update={"budget": budget})
    book.draft.load(PLAN, "plan")
    await at_stage(pilot, "board")
    await pilot.press("enter")
    await wait_for_screen(pilot, "StepScreen")
    return book


@played
async def test_somebody_is_tried_and_the_step_stays_whose_it_was() -> None:
    async with InternApp().run_test(size=(80, 24)) as pilot:
        book = await at_step(pilot)
        for told in ("It took", "You had made this pilot before: nothing was paid. It took"):
            await row(pilot, "who")
            await pick(pilot, "pilot")
            await pick(pilot, "Oswin")
            await fill(pilot, "8")
            await wait_for_screen(pilot, "LookingScreen")
            await wait_for(pilot, lambda: "oswin did step" in shown(pilot), "what came out")
            assert "8 invoices, " in words(pilot)
            await pilot.press("end")
            await wait_for(pilot, lambda: "4 invoices can still be" in words(pilot), "its cost")
            assert told in words(pilot)
            await pilot.press("escape")
            await wait_for_screen(pilot, "StepScreen")
            await pilot.resize_terminal(120, 36)
        step = book.draft.step("ledger")
        assert step is not None
        assert step["assignee"] == "mira"
        (kept,) = book.pilots()
        assert (kept.who, kept.step, len(kept.seen)) == ("oswin", "ledger", 8)
        assert book.session().piloted == kept.cost
        await row(pilot, "who")
        await pick(pilot, "pilot")
        await pick(pilot, "Pip")
        await fill(pilot, "5")
        await wait_for(pilot, lambda: "4 invoices of 12 can still" in words(pilot), "why not")


@played
async def test_nobody_is_tried_where_the_scenario_has_no_pilots() -> None:
    async with InternApp().run_test(size=(80, 24)) as pilot:
        await at_step(pilot, None)
        await row(pilot, "who")
        await wait_for_screen(pilot, "Picker")
        await settle(pilot)
        assert "a specialist" in shown(pilot)
        assert "a pilot" not in shown(pilot)
