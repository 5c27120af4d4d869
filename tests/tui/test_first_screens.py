"""The map, the brief, the interview, and the first session: what a learner meets first."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from simulator.storage.store import Store
from tests.tui.pilots import at_stage, settle, shown, wait_for, wait_for_screen
from tests.tui.played import played
from tui.app import InternApp
from tui.whereabouts import Whereabouts
from tui.widgets.foot import MOST, Foot


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of its own."""
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("INTERN_NO_ANIMATION", "1")
    return tmp_path / "kept"


@played
async def test_the_first_session_needs_nothing_but_enter() -> None:
    app = InternApp()
    seen: list[str] = []
    book = app.book("invoices")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Press Enter" in shown(pilot)
        for _ in range(400):
            name = type(app.screen).__name__
            if name not in seen:
                seen.append(name)
            if name == "BoardScreen":
                break
            if name == "DebriefScreen":
                await wait_for(pilot, lambda: book.debrief is not None, "the debrief")
            await pilot.press("enter")
            await settle(pilot)
        assert seen == [
            "HomeScreen", "LiveScreen", "EvaluationScreen", "DebriefScreen", "BoardScreen",
        ]  # fmt: skip
        assert book.debrief is not None
        assert book.debrief.cause is not None
        assert "three edits" in shown(pilot)
        assert app.where.tour == "explained"
        await pilot.press("escape")
        await wait_for_screen(pilot, "HomeScreen")
        await wait_for(pilot, lambda: "go on with your plan" in shown(pilot), "what is next")


@played
async def test_one_continues_where_one_was(kept: Path) -> None:
    Whereabouts("invoices", "Corvin Paper and 23 others", "interview", "explained").keep()
    app = InternApp()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "go on asking: Corvin Paper" in shown(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, "InterviewScreen")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"tour": 3, "stage": []}', '{"tour": "odd"}'])
@played
async def test_a_broken_state_file_is_no_trouble(kept: Path, text: str) -> None:
    kept.mkdir()
    (kept / "whereabouts.json").write_text(text)
    (kept / "settings.json").write_text(text)
    app = InternApp()
    async with app.run_test() as pilot:
        await wait_for(pilot, lambda: "Corvin Paper" in shown(pilot), "the map")


@played
async def test_the_map_tells_what_was_reached() -> None:
    summary = {"scenario": "invoices", "plan": "p", "lot": "sealed", "model": "sim", "seed": 1,
               "trials": 200, "reliability": {"mean": 0.72}, "cost": {"mean": 1},
               "minutes": {"mean": 5}}  # fmt: skip
    store = Store()
    store.add_attempt(plan_text="", summary=summary, revealed=False, program="0")
    practice = {**summary, "lot": "practice", "reliability": {"mean": 0.5}}
    store.add_attempt(plan_text="", summary=practice, revealed=False, program="0")
    Whereabouts("invoices", "Corvin Paper and 23 others", "handin", "explained").keep()
    app = InternApp()
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_for(pilot, lambda: "silver medal" in shown(pilot), "the medal")
        assert "best 50 %" in shown(pilot)
        assert "the next job" in shown(pilot)


@played
async def test_the_brief_is_read_and_searched() -> None:
    app = InternApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_stage(pilot, "brief")
        assert "The folder for the payment run is ready" in shown(pilot)
        await pilot.press("slash", *"coffee", "enter")
        await settle(pilot)
        assert "Coffee rota" in shown(pilot)
        papers = app.screen.query_one("#papers", OptionList)
        first = papers.highlighted
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("slash", *"no such word anywhere", "enter")
        await settle(pilot)
        assert papers.highlighted is not None
        assert first is not None
        await pilot.press("enter")
        await wait_for_screen(pilot, "InterviewScreen")


@played
async def test_a_click_on_a_paper_opens_it_and_leads_nowhere() -> None:
    app = InternApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_stage(pilot, "brief")
        await pilot.click("#papers", offset=(4, 3))
        await settle(pilot)
        assert type(app.screen).__name__ == "BriefScreen"
        assert "For each of 24 invoices" in shown(pilot)


@played
async def test_an_interview_is_kept_and_begun_again() -> None:
    app = InternApp()
    question = "What went wrong last quarter?"
    async with app.run_test(size=(100, 40)) as pilot:
        await at_stage(pilot, "interview")
        assert "5 answers left" in shown(pilot)
        app.screen.query_one("#question", Input).value = question
        await pilot.press("enter")
        await wait_for(pilot, lambda: "4 answers left" in shown(pilot), "an answer")
        assert "Fourteen papers wrong" in shown(pilot)
        app.screen.query_one("#question", Input).value = question
        await pilot.press("enter")
        await wait_for(pilot, lambda: "4 answers left  It cost nothing." in shown(pilot), "again")
    turns = Store().turns("invoices", "bea")
    assert [turn.question for turn in turns] == [question] * 2

    app = InternApp()
    async with app.run_test(size=(100, 40)) as pilot:
        await at_stage(pilot, "interview")
        assert "Fourteen papers wrong" in shown(pilot)
        await pilot.press("ctrl+o")
        await wait_for_screen(pilot, "ConfirmScreen")
        await pilot.press("enter")
        await wait_for_screen(pilot, "InterviewScreen")
        assert "4 answers left" in shown(pilot)
        await pilot.press("ctrl+o")
        await wait_for_screen(pilot, "ConfirmScreen")
        await pilot.press("y")
        await wait_for(pilot, lambda: "5 answers left" in shown(pilot), "a new interview")
        assert Store().turns("invoices", "bea") == []
        await pilot.press("enter")
        await wait_for_screen(pilot, "BoardScreen")


@played
async def test_a_window_that_is_too_small_says_so() -> None:
    app = InternApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.resize_terminal(50, 20)
        await wait_for(pilot, lambda: "make the window larger" in shown(pilot), "the notice")
        await pilot.resize_terminal(80, 24)
        await wait_for_screen(pilot, "HomeScreen")


@played
async def test_themes_are_chosen_and_remembered(kept: Path) -> None:
    for name in ("solarized-light", "ansi-dark"):
        app = InternApp()
        async with app.run_test() as pilot:
            await settle(pilot)
            app.theme = name
            await settle(pilot)
        assert json.loads((kept / "settings.json").read_text())["theme"] == name
        app = InternApp()
        async with app.run_test() as pilot:
            await settle(pilot)
            assert app.theme == name


@played
async def test_help_explains_lists_keys_and_words() -> None:
    app = InternApp()
    async with app.run_test(size=(100, 50)) as pilot:
        await at_stage(pilot, "brief")
        await pilot.press("f1")
        await wait_for_screen(pilot, "HelpScreen")
        assert "Not everything here matters" in shown(pilot)
        await pilot.press("k")
        await settle(pilot)
        assert "all keys" in shown(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert "the share of trials good enough to be used" in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, "BriefScreen")
        await pilot.press("question_mark")
        await wait_for_screen(pilot, "HelpScreen")


@played
async def test_after_handing_in_there_are_five_habits_once() -> None:
    summary = {"scenario": "invoices", "plan": "p", "lot": "sealed", "model": "sim", "seed": 1,
               "trials": 200, "reliability": {"mean": 0.2}, "cost": {"mean": 1},
               "minutes": {"mean": 5}, "loss": {"mean": 9000}}  # fmt: skip
    steps = "- {id: a, instructions: Copy.}"
    store = Store()
    for loss, words in ((900, "Copy."), (90, "Copy. A credit note has a minus.")):
        practice = {**summary, "lot": "practice", "loss": {"mean": loss}}
        text = "steps:\n" + steps.replace("Copy.", words)
        store.add_attempt(plan_text=text, summary=practice, revealed=False, program="0")
    store.add_attempt(plan_text="", summary=summary, revealed=False, program="0")
    app = InternApp()
    async with app.run_test(size=(100, 60)) as pilot:
        await at_stage(pilot, "handin")
        await pilot.press("escape")
        await wait_for_screen(pilot, "TakeawayScreen")
        assert "5. Check where it hurts" in shown(pilot)
        assert "In your attempts 1 and 2: loss 900 -> 90" in shown(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, "HomeScreen")
        await at_stage(pilot, "handin")
        await pilot.press("escape")
        await wait_for_screen(pilot, "HomeScreen")


@played
async def test_the_foot_of_the_map_comes_with_its_keys() -> None:
    app = InternApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "Attempts" in shown(pilot), "the foot")


@pytest.mark.parametrize("stage", ["brief", "interview", "board", "attempts"])
@played
async def test_the_footer_has_six_keys_at_most_and_help(stage: str) -> None:
    app = InternApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_stage(pilot, stage)
        rows = app.screen.query_one(Foot).chosen()
        assert len(rows) <= MOST
        assert any(binding.key == "f1" for binding, _, _ in rows)


@played
async def test_copying_says_only_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    app = InternApp()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await at_stage(pilot, "brief")
        await pilot.mouse_down("#reader", offset=(4, 3))
        await pilot.hover("#reader", offset=(20, 6))
        await pilot.mouse_up("#reader", offset=(20, 6))
        await settle(pilot)
        assert app.screen.get_selected_text()
        await pilot.press("ctrl+c")
        await wait_for(pilot, lambda: "Not every terminal does" in shown(pilot), "a notice")
        assert app.clipboard


@played
async def test_ctrl_c_leaves_when_pressed_twice() -> None:
    app = InternApp()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+c")
        await settle(pilot)
        assert app.is_running
        await pilot.press("ctrl+c")
        await settle(pilot)
    assert app.return_code == 0


def test_langgraph_is_not_imported_before_the_first_picture() -> None:
    import subprocess

    code = (
        "import asyncio, sys\n"
        "from tui.app import InternApp\n"
        "slow = {'langgraph', 'langchain_core', 'openai', 'pydantic', 'sqlalchemy', 'yaml'}\n"
        "class App(InternApp):\n"
        "    def on_ready(self):\n"
        "        self.seen = slow & set(sys.modules)\n"
        "        self.exit(0)\n"
        "app = App()\n"
        "app.run(headless=True)\n"
        "sys.exit(str(app.seen) if app.seen else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
