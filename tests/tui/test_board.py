"""The plan board and the step editor, by keyboard and by mouse."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, TextArea

from scenarios.files.source import parse
from tests.office import folder
from tests.tui.boarding import add, fill, operate, pick, row, take, write
from tests.tui.pilots import (
    at_stage,
    screen,
    settle,
    shown,
    type_text,
    wait_for,
    wait_for_screen,
)
from tui.app import InternApp
from tui.planning.draft import Draft
from tui.screens.board import BoardScreen

PLANS = folder() / "plans"
SMALL, WIDE = (80, 24), (120, 36)


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.chdir(tmp_path)


def play(story: Callable[[Pilot[Any], Draft], Any], size: tuple[int, int], plan: str = "") -> None:
    """Play a story on the board, which begins with `plan`."""

    async def run() -> None:
        app = InternApp()
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            draft = app.book("invoices").draft
            if plan:
                draft.load((PLANS / f"{plan}.yaml").read_text("utf-8"), plan)
            await at_stage(pilot, "board")
            await story(pilot, draft)

    asyncio.run(run())


async def write_split(  # noqa: PLR0915 - a whole plan
    pilot: Pilot[Any], draft: Draft
) -> None:
    """The plan `split`, written by keyboard from nothing."""
    goal = parse((PLANS / "split.yaml").read_text("utf-8"), "split").data
    assert "There is no step yet" in shown(pilot)
    copy, kind, _ = goal["steps"]

    await add(pilot, "copy", "mira")
    await write(pilot, copy["instructions"])
    await row(pilot, "", "a result")
    await pick(pilot, "my own")
    await fill(pilot, "printed_total", copy["produces"]["printed_total"])
    await row(pilot, "", "a result")
    await pick(pilot, "my own")
    await fill(pilot, "printed_lines", copy["produces"]["printed_lines"]["means"], "", " ")
    await row(pilot, "reads")
    await take(pilot, "two-page-note")
    await row(pilot, "batch")
    await fill(pilot, "6")
    await row(pilot, "form")
    await pilot.press("escape")

    await add(pilot, "kind", "mira")
    await write(pilot, kind["instructions"])
    await row(pilot, "", "a result")
    await pick(pilot, "my own")
    await fill(pilot, "kind", kind["produces"]["kind"]["means"], "invoice; credit note")
    await row(pilot, "batch")
    await fill(pilot, "6")
    await row(pilot, "form")
    await pilot.press("escape")

    await add(pilot, "sums", "tally")
    await row(pilot, "", "a result")
    await pick(pilot, "pay")
    await row(pilot, "reads")
    await take(pilot, "copy step", "kind step")
    await operate(pilot, "read amount")
    await pick(pilot, "printed_total")
    await pick(pilot, "last")
    await fill(pilot, "total")
    await operate(pilot, "repeats")
    await take(pilot, "sender", "total this")
    await fill(pilot, "10", "earlier")
    await pick(pilot, "received")
    await operate(pilot, "work it out")
    await fill(pilot, goal["steps"][2]["does"][2]["to"], "pay")
    await wait_for(pilot, lambda: "376.26" in shown(pilot), "what it gives on the preview records")
    assert "Ready: ctrl+r runs it" in shown(pilot)
    await pilot.press("escape")
    await wait_for_screen(pilot, "BoardScreen")

    assert draft.problem() is None
    assert draft.data == goal
    again = Draft(draft.scenario, draft.path)
    again.open()
    assert again.data == goal
    while draft.undo():
        pass
    assert draft.steps == []


@pytest.mark.timeout(240)
def test_a_plan_is_written_by_keyboard_from_an_empty_board() -> None:
    play(write_split, SMALL)


def test_enter_begins_with_the_naive_plan_and_undo_empties_the_board() -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        await pilot.press("enter")
        await wait_for(pilot, lambda: "Ready" in shown(pilot), "the naive plan")
        assert [step["id"] for step in draft.steps] == ["ledger"]
        await pilot.press("ctrl+z")
        await wait_for(pilot, lambda: "no step yet" in shown(pilot), "the empty board")
        await pilot.press("ctrl+y")
        await wait_for(pilot, lambda: "ledger" in shown(pilot), "the naive plan again")

    play(story, SMALL)


def test_steps_are_moved_merged_split_and_taken_out() -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        def ids() -> list[str]:
            return [step["id"] for step in draft.steps]

        await pilot.press("U")
        await wait_for(pilot, lambda: ids() == ["kind", "copy", "sums"], "copy to be second")
        await pilot.press("u")
        await wait_for(pilot, lambda: ids() == ["copy", "kind", "sums"], "copy to be first")
        await pilot.press("x")
        await take(pilot)
        await wait_for(pilot, lambda: ids() == ["copy", "copy-2", "kind", "sums"], "two steps")
        assert draft.problem() is None
        await pilot.press("m")
        await wait_for(pilot, lambda: ids() == ["copy", "kind", "sums"], "one step again")
        assert draft.problem() is None
        await pilot.press("d")
        await wait_for(pilot, lambda: ids() == ["kind", "sums"], "copy to be gone")
        assert "printed_total" in shown(pilot).split("Not a plan yet.")[1]
        await pilot.press("ctrl+z")
        await wait_for(pilot, lambda: "Ready" in shown(pilot), "copy to be back")

    play(story, SMALL, "split")


def test_the_mouse_does_it_too() -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        await pilot.click("#tool-add")
        await wait_for(pilot, lambda: len(draft.steps) == 4, "a step more")
        await pilot.click("#tool-delete")
        await wait_for(pilot, lambda: len(draft.steps) == 3, "a step less")
        await pilot.press("up", "up")
        await pilot.click("#steps", offset=(4, 2))
        await settle(pilot)
        board = pilot.app.screen
        assert isinstance(board, BoardScreen)
        assert board.chosen is not None
        assert board.chosen["id"] == "kind"
        await pilot.click("#steps", offset=(4, 2))
        await wait_for_screen(pilot, "StepScreen")
        await pilot.click("#settings", offset=(4, 2))
        await wait_for_screen(pilot, "Picker")
        await pilot.click("#choices", offset=(4, 0))
        await wait_for(pilot, lambda: draft.steps[1]["assignee"] == "pip", "Pip at the desk")

    play(story, SMALL, "split")


def test_a_plan_that_is_none_says_why_and_costs_are_alive() -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        assert "wages 0.054 (of 4)" in shown(pilot)
        await pilot.press("w")
        await pick(pilot, "Oswin")
        await wait_for(pilot, lambda: "wages 0.65" in shown(pilot), "Oswin's wages")
        await pilot.press("a")
        await wait_for(pilot, lambda: "Not a plan yet" in shown(pilot), "the problem")
        assert "step step, what it gives: is empty; add one" in shown(pilot)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert screen(pilot) == "BoardScreen"

    play(story, WIDE, "naive")


def test_the_plan_is_shown_and_saved_as_the_command_line_takes_it(tmp_path: Path) -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        await pilot.press("y")
        await wait_for_screen(pilot, "Reading")
        assert pilot.app.screen.query_one(TextArea).text == draft.text()
        await pilot.press("escape", "s")
        await fill(pilot, "mine.yaml")
        await wait_for(pilot, (tmp_path / "mine.yaml").exists, "the file")
        assert (tmp_path / "mine.yaml").read_text("utf-8") == draft.text()
        await pilot.press("s")
        await wait_for_screen(pilot, "Form")
        await pilot.press("end", "ctrl+u")
        await type_text(pilot, "mine.yaml")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "already" in shown(pilot), "the refusal")

    play(story, SMALL, "split")


def test_what_is_typed_is_in_the_file_soon_and_at_once_in_the_plan() -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        await pilot.press("enter")
        await wait_for_screen(pilot, "StepScreen")
        await type_text(pilot, "Deduct [b]credit notes[/b].")
        assert "Deduct [b]credit notes[/b]." in draft.steps[0]["instructions"]
        await wait_for(
            pilot, lambda: "credit notes[/b]." in draft.path.read_text("utf-8"), "the file"
        )
        await pilot.press("escape")
        await wait_for_screen(pilot, "BoardScreen")
        assert "Deduct [b]credit notes[/b]." in shown(pilot)
        await pilot.press("ctrl+z")
        await wait_for(pilot, lambda: "Deduct" not in shown(pilot), "the words before")

    play(story, SMALL, "naive")


def test_the_learners_own_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        await pilot.press("enter")
        await wait_for_screen(pilot, "StepScreen")
        await pilot.press("ctrl+e")
        await wait_for(
            pilot, lambda: draft.steps[0]["instructions"] == "Written outside.", "the text"
        )
        await pilot.press("ctrl+z")
        await wait_for(
            pilot, lambda: draft.steps[0]["instructions"].startswith("Go through"), "undo"
        )

    monkeypatch.setattr("tui.screens.step.edit_outside", lambda app, text: "Written outside.")
    play(story, SMALL, "naive")


@pytest.mark.timeout(120)
def test_checks_reviews_and_the_rest_are_set_and_taken_out() -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        written = parse((PLANS / "sum-check.yaml").read_text("utf-8"), "sum-check").data["steps"]
        goal = {step["id"]: step for step in written}
        blind = {"by": "oswin", "of": ["kind"], "blind": True}
        await pilot.press("down", "enter")
        await row(pilot, "examples")
        await take(pilot, "inv-0516")
        await row(pilot, "review")
        await pick(pilot, "Oswin")
        await fill(pilot, " ")
        await row(pilot, "else")
        await pick(pilot, "you")
        await wait_for_screen(pilot, "StepScreen")
        assert draft.step("kind") == {**goal["kind"], "review": blind, "else": "you"}
        await pilot.press("escape")
        await wait_for_screen(pilot, "BoardScreen")
        await pilot.press("down", "enter")
        await operate(pilot, "read amount")
        await pick(pilot, "printed_lines")
        await pick(pilot, "last")
        await fill(pilot, "lines")
        await wait_for_screen(pilot, "StepScreen")
        await pilot.press("u", "u")
        await row(pilot, "", "a check")
        await wait_for_screen(pilot, "Form")
        await type_text(pilot, "abs(totl)")
        assert "did you mean 'total'?" in shown(pilot)
        await fill(pilot, goal["sums"]["checks"][0]["that"])
        await pick(pilot, "copy")
        await row(pilot, "redo")
        await pick(pilot, "3")
        await row(pilot, "else")
        await pick(pilot, "you")
        await wait_for_screen(pilot, "StepScreen")
        assert draft.step("sums") == {**goal["sums"], "redo": 3}
        await pilot.press("home", *["down"] * 5, "d")
        await wait_for(pilot, lambda: "checks" not in draft.steps[2], "no check")

    play(story, WIDE, "split")


def test_what_a_step_takes_is_chosen_refused_and_taken_back() -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        await pilot.press("enter")
        await row(pilot, "takes")
        await wait_for_screen(pilot, "Form")
        assert "Expressions over: file, sender, received." in shown(pilot)
        await type_text(pilot, "recieved")
        assert "did you mean 'received'?" in shown(pilot)
        await pilot.press("ctrl+u")
        await fill(pilot, "len(file) > 3", "12", "received")
        await wait_for_screen(pilot, "StepScreen")
        taken = {"where": "len(file) > 3", "most": 12, "by": "received"}
        assert draft.steps[0]["takes"] == taken
        await row(pilot, "takes")
        await wait_for_screen(pilot, "Form")
        await pilot.press("ctrl+u", "tab", "end", "ctrl+u", "tab", "end", "ctrl+u", "ctrl+s")
        await wait_for_screen(pilot, "StepScreen")
        assert "takes" not in draft.steps[0]

    play(story, SMALL, "naive")


def test_an_undone_step_closes_its_editor() -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        await pilot.press("a", "enter")
        await wait_for_screen(pilot, "StepScreen")
        await pilot.press("tab", "ctrl+z")
        await wait_for_screen(pilot, "BoardScreen")
        assert len(draft.steps) == 1

    play(story, SMALL, "naive")


def test_the_preview_table_has_the_records() -> None:
    async def story(pilot: Pilot[Any], draft: Draft) -> None:
        await pilot.press("down", "down", "enter")
        await wait_for_screen(pilot, "StepScreen")
        table = pilot.app.screen.query_one("#preview", DataTable)
        await wait_for(pilot, lambda: table.row_count == 4, "the preview")

    play(story, SMALL, "sum-check")
