"""A scenario, a plan and people that mean harm: nothing crashes, no code gets to the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from scenarios.loading import load_cast, load_scenario
from scenarios.persona import Persona
from scenarios.scenario import Scenario
from simulator.storage.store import Store
from tests.scenarios.tiny import PLAN, write
from tests.tui.pilots import at_stage, settle, shown, wait_for, wait_for_screen
from tests.tui.played import played
from tui.app import InternApp
from tui.planning.draft import Draft
from tui.screens.stage import STAGES
from tui.workbook import Workbook

MARKUP = "[/etc/x] [bold]b[/bold] [@click=app.quit]q[/] $text {0} %s \\["
EVIL = (
    "[/etc/x] [bold]b[/bold] [@click=app.quit]q[/] [red \x1b[31mred\x1b[0m \x1b]52;c;eA==\x07 "
    "\x9b31m \u202eevil\u2069 \u200f $text {0} %s \\[ \r back"
)
CELL = EVIL.replace("\r", "")
LONG = EVIL + " " + "x" * 3000 + "\n" + "y " * 2000
ID = "parcels"


def harmless(text: str) -> bool:
    """Whether a rendered screen holds nothing that steers a terminal or turns text around."""
    return not any(
        unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in text if char not in "\n"
    )


def evil_scenario(folder: Path) -> Scenario:
    """The tiny scenario with every text that a learner sees made hostile."""
    found = load_scenario(write(folder))
    documents = tuple(
        paper.model_copy(update={"title": EVIL, "text": LONG if paper.file.endswith(".md")
                                 else f"country,rate\n{CELL},2\n"})
        for paper in found.documents
    )  # fmt: skip
    people = tuple(
        person.model_copy(update={
            "name": EVIL, "role": EVIL, "greeting": LONG, "unsure": LONG, "leading": LONG,
            "closed": LONG, "spent": LONG,
            "knows": tuple(fact.model_copy(update={"says": LONG}) for fact in person.knows),
        })
        for person in found.stakeholders
    )  # fmt: skip
    lots = {
        lot: tuple(
            row.model_copy(update={
                "text": f"{row.text}\n{LONG}",
                "columns": {name: EVIL if isinstance(value, str) else value
                            for name, value in row.columns.items()},
            })
            for row in rows
        )
        for lot, rows in found.lots.items()
    }  # fmt: skip
    fields = tuple(
        field if field.hidden else field.model_copy(update={"description": EVIL})
        for field in found.fields
    )
    records = found.records.model_copy(update={"name": "pa\x1b[31mrcel[/x]"})
    loss = found.loss.model_copy(update={"currency": "[E]\x1b[1m"})
    return found.model_copy(update={
        "title": EVIL, "track": EVIL, "summary": EVIL, "boss": EVIL, "brief": LONG, "loss": loss,
        "documents": documents, "stakeholders": people, "lots": lots, "fields": fields,
        "records": records,
    })  # fmt: skip


def evil_cast() -> Mapping[str, Persona]:
    return {
        name: one.model_copy(update={"name": f"[/{name}]\x1b[7m", "cv": LONG})
        for name, one in load_cast().items()
    }


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InternApp:
    """The app with the hostile scenario on its map, and a hostile plan on its board."""
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    scenario = evil_scenario(tmp_path / ID)
    draft = Draft(scenario, tmp_path / "draft.yaml")
    draft.load(PLAN, "plan")
    for step in draft.steps:
        if "instructions" in step:
            step["instructions"] = f"{step['instructions']}\n{LONG}"
    app = InternApp()
    app._books[ID] = Workbook(scenario, evil_cast(), tmp_path / ID, draft, Store())
    return app


def _more_said(app: InternApp, before: int) -> bool:
    """Whether a question and its answer are shown more than before."""
    return len(app.screen.query(".said")) > before + 1


async def look(pilot: Pilot[Any], where: str) -> None:
    await settle(pilot)
    text = shown(pilot)
    bad = sorted({hex(ord(char)) for char in text if char != "\n" and not harmless(char)})
    assert not bad, f"{where}: {bad}"


@pytest.mark.parametrize("stage", STAGES)
@played
async def test_nothing_hostile_gets_through(app: InternApp, stage: str) -> None:
    async with app.run_test(size=(90, 30)) as pilot:
        await look(pilot, "home")
        await at_stage(pilot, stage, ID)
        await look(pilot, stage)
        for key in ("down", "f1", "escape", "tab", "down"):
            await pilot.press(key)
            await look(pilot, f"{stage} after {key}")


@played
async def test_all_papers_and_replies(app: InternApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await at_stage(pilot, "brief", ID)
        assert "[/etc/x] [bold]b[/bold] [@click=app.quit]q[/]" in shown(pilot)
        for _ in range(20):
            await pilot.press("down")
            await look(pilot, "brief")
        await pilot.press("slash", *"[/etc", "enter", "n")
        await look(pilot, "searching")
        await at_stage(pilot, "interview", ID)
        for question in ("Hello?", "[/x]"):
            before = len(app.screen.query(".said"))
            await pilot.press(*question, "enter")
            await wait_for(pilot, partial(_more_said, app, before), "a reply")
            await look(pilot, "interview")


@played
async def test_an_evaluation_and_its_debrief(app: InternApp) -> None:
    book = app.book(ID)
    for step in book.draft.steps:
        # Control codes in a plan are refused before it is run; markup is not.
        if "instructions" in step:
            step["instructions"] = f"Copy what is printed. {MARKUP}"
    async with app.run_test(size=(100, 40)) as pilot:
        await at_stage(pilot, "evaluation", ID)
        await wait_for(pilot, lambda: book.evaluation is not None, "an evaluation")
        await look(pilot, "evaluation")
        await at_stage(pilot, "debrief", ID)
        await wait_for(pilot, lambda: book.debrief is not None, "a debrief")
        await look(pilot, "debrief")
        app.show_takeaway(book)
        await wait_for_screen(pilot, "TakeawayScreen")
        await look(pilot, "takeaway")


@played
async def test_what_is_notified(app: InternApp) -> None:
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        app.notify(EVIL)
        await look(pilot, "a notice")


def test_the_test_can_tell() -> None:
    assert not harmless("a\x1b[31m")
    assert not harmless("\u202e")
    assert harmless("[/etc/x] ü…│")
