"""A question on the live screen: the run waits and goes on, and the plan has the answer then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.agents.eager import always
from tests.tui.pilots import at_stage, shown, type_text, wait_for, wait_for_screen
from tests.tui.played import played
from tui.app import InternApp
from tui.screens import answering
from tui.screens.live import LiveScreen
from tui.widgets.question import QuestionBox

PLAN = """\
scenario: invoices
steps:
  - {id: ledger, assignee: mira, produces: {pay: ~}, instructions: Add it up., ask: true}
"""


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("INTERN_NO_ANIMATION", "1")


async def asked(pilot: Pilot[Any]) -> LiveScreen:
    """The live screen, at a question."""
    await at_stage(pilot, "live")
    screen = pilot.app.screen
    assert isinstance(screen, LiveScreen)
    box = screen.query_one(QuestionBox)
    await wait_for(pilot, lambda: box.has_class("-put"), "the question")
    return screen


@played
async def test_a_question_waits_for_its_answer_which_every_trial_has_then() -> None:
    app = InternApp()
    with always():
        async with app.run_test(size=(80, 24)) as pilot:
            app.book("invoices").draft.load(PLAN, "plan")
            screen = await asked(pilot)
            assert "Mira asks" in shown(pilot)
            assert "waits for you" in shown(pilot)
            assert screen.end is None
            await type_text(pilot, "Credit notes [/b] count as minus.")
            await pilot.press("enter")
            await wait_for(pilot, lambda: screen.end, "the end of the run")
            assert not screen.query_one(QuestionBox).has_class("-put")
            assert "answer: Credit notes [/b] count as minus." in shown(pilot)
            step = app.book("invoices").draft.step("ledger")
            assert step is not None
            assert step["answers"] == {"pay": "Credit notes [/b] count as minus."}
            # The plan answers from now on.
            await at_stage(pilot, "board")
            await at_stage(pilot, "live")
            again = app.screen
            assert isinstance(again, LiveScreen)
            await wait_for(pilot, lambda: again.end, "the end of another run")


@played
async def test_a_run_that_was_left_at_a_question_is_offered_and_gone_on_with() -> None:
    with always():
        app = InternApp()
        async with app.run_test(size=(80, 24)) as pilot:
            app.where.tour = "done"
            app.book("invoices").draft.load(PLAN, "plan")
            text = (await asked(pilot)).query_one("#asked").render()
        other = InternApp()
        async with other.run_test(size=(80, 24)) as pilot:
            await wait_for(pilot, lambda: "the run that waits for you" in shown(pilot), "the offer")
            await pilot.press("enter")
            await wait_for_screen(pilot, "LiveScreen")
            screen = other.screen
            assert isinstance(screen, LiveScreen)
            box = screen.query_one(QuestionBox)
            await wait_for(pilot, lambda: box.has_class("-put"), "the question")
            assert box.query_one("#asked").render() == text
            await pilot.press("enter")
            await wait_for(pilot, lambda: screen.end, "the end of the run")
            assert "no answer; they go on guessing" in shown(pilot)


@played
async def test_a_step_that_asks_no_more_has_no_answers() -> None:
    app = InternApp()
    async with app.run_test(size=(80, 24)):
        draft = app.book("invoices").draft
        draft.load(PLAN.replace("ask: true", 'ask: true, answers: {pay: "As minus."}'), "plan")
        answering.turn(draft, "ledger")
        step = draft.step("ledger")
        assert step is not None
        assert "ask" not in step
        assert "answers" not in step
        assert draft.problem() is None
        draft.undo()
        assert draft.step("ledger") != step
        assert draft.problem() is None
