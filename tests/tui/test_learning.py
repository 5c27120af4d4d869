"""From a result to its reason and on to the next try: evaluation, debrief, prediction, medals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, OptionList

from agents import population
from simulator.scoring.evaluation import Evaluation
from tests.office import folder, reference, session
from tests.tui.pilots import at_stage, settle, shown, wait_for, wait_for_screen
from tests.tui.played import played
from tui.app import InternApp
from tui.screens import evaluation as evaluation_module
from tui.screens import handin
from tui.screens.debrief import DebriefScreen
from tui.screens.evaluation import EvaluationScreen
from tui.widgets.slider import Slider
from tui.workbook import Workbook

TRIALS = 32


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InternApp:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("INTERN_NO_ANIMATION", "1")
    monkeypatch.setattr(evaluation_module, "TRIALS", TRIALS)
    monkeypatch.setattr(handin, "TRIALS", TRIALS)
    return InternApp()


async def begin(pilot: Pilot[Any], plan: str = "naive") -> Workbook:
    app = pilot.app
    assert isinstance(app, InternApp)
    await settle(pilot)
    book = app.book("invoices")
    put(book, plan)
    return book


def put(book: Workbook, plan: str) -> None:
    book.draft.load((folder() / "plans" / f"{plan}.yaml").read_text("utf-8"), plan)


async def evaluated(pilot: Pilot[Any], book: Workbook) -> Evaluation:
    await at_stage(pilot, "evaluation")
    await finished(pilot)
    assert book.evaluation is not None
    return book.evaluation


async def finished(pilot: Pilot[Any]) -> None:
    await wait_for(pilot, lambda: "kept as attempt" in shown(pilot), "the result")


@pytest.mark.parametrize("size", [(80, 24), (130, 40)])
@played
async def test_from_watching_to_the_reason_by_enter_alone(
    app: InternApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        book = await begin(pilot)
        await at_stage(pilot, "live")
        await wait_for(pilot, lambda: "not good enough" in shown(pilot), "the end of the run")
        await pilot.press("enter")
        await wait_for_screen(pilot, "EvaluationScreen")
        await finished(pilot)
        assert "money lost" in shown(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, "DebriefScreen")
        await wait_for(pilot, lambda: "nothing you wrote" in shown(pilot), "the exhibit")
        assert "nobody told them" in shown(pilot)
        await wait_for(pilot, lambda: book.debrief is not None, "the advice")
        await settle(pilot)
        assert book.debrief is not None
        assert len(book.store.attempts("invoices")) == 1
        await pilot.press("enter")
        await wait_for_screen(pilot, "BoardScreen")


def rests_on(book: Workbook) -> str:
    """What the skills of the last attempt's card rest on."""
    return " ".join(one["evidence"] for one in book.store.attempts()[-1].summary["card"]["skills"])


@played
async def test_the_ladder_and_its_price(app: InternApp) -> None:
    async with app.run_test(size=(130, 50)) as pilot:
        book = await begin(pilot)
        await evaluated(pilot, book)
        await pilot.press("enter")
        await wait_for_screen(pilot, "DebriefScreen")
        await wait_for(pilot, lambda: book.debrief is not None, "the advice")
        await settle(pilot)
        assert "Measured: loss" in shown(pilot)
        assert book.debrief is not None
        best = book.debrief.advice[0].change
        assert best.pointer
        assert best.answer[-20:] not in shown(pilot)
        assert "Where to look" not in shown(pilot)
        await pilot.press("h")
        await settle(pilot)
        assert "Where to look" in shown(pilot)
        assert not book.store.attempts()[0].revealed
        await pilot.press("h")
        await settle(pilot)
        assert "The words" in shown(pilot)
        assert book.store.attempts()[0].revealed
        assert [one.answer for one in book.bought()] == [best.answer]
        # The report card goes by what causes cost, once that is measured.
        await wait_for(pilot, lambda: "Run again without it" in rests_on(book), "the card")
        # Coming back shows it all again, and measures nothing anew.
        await at_stage(pilot, "debrief")
        assert isinstance(app.screen, DebriefScreen)
        assert app.screen.measured


@played
async def test_a_hint_is_not_to_be_had_before_it_was_measured(app: InternApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await begin(pilot)
        await at_stage(pilot, "debrief")
        assert "Nothing was run" in shown(pilot)
        await pilot.press("h")
        assert isinstance(app.screen, DebriefScreen)
        assert app.screen.rung == 0
        await pilot.press("enter")
        await wait_for_screen(pilot, "EvaluationScreen")


@played
async def test_stopping_keeps_what_is_finished(
    app: InternApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation_module, "TRIALS", 8000)
    async with app.run_test(size=(100, 40)) as pilot:
        book = await begin(pilot)
        await at_stage(pilot, "evaluation")
        screen = app.screen
        assert isinstance(screen, EvaluationScreen)
        await wait_for(pilot, lambda: screen.shown, "some trials")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "Stopped after" in shown(pilot), "the stop")
        assert book.evaluation is not None
        assert book.evaluation.interrupted
        assert 0 < len(book.evaluation.scored) < 8000
        assert book.store.attempts()[0].trials == len(book.evaluation.scored)
        await pilot.press("escape")
        await wait_for_screen(pilot, "HomeScreen")


@played
async def test_the_next_try_is_predicted_compared_and_explained(app: InternApp) -> None:
    async with app.run_test(size=(130, 40)) as pilot:
        book = await begin(pilot)
        await evaluated(pilot, book)
        put(book, "expert")
        await pilot.press("ctrl+r")
        await wait_for_screen(pilot, "PredictScreen")
        await pilot.press("end", "left", "down", "right")
        await settle(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, "EvaluationScreen")
        await finished(pilot)
        assert book.prediction == 0.95
        assert book.draft.data["predict"] == {"reliability": 0.95, "wrong": {"pay": 0.55}}
        text = shown(pilot)
        for words in ("You expected 95 %", "Better than before", "better", "before"):
            assert words in text
        # The same plan again is not asked about, nor run.
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert isinstance(app.screen, EvaluationScreen)
        assert len(book.store.attempts()) == 2


@played
async def test_a_sentence_put_better_is_run_with_one_key(app: InternApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        book = await begin(pilot)
        await evaluated(pilot, book)
        with book.draft.editing() as steps:
            steps[0]["instructions"] = "Write down what we have to pay for each document."
        await pilot.press("ctrl+r")
        await wait_for_screen(pilot, "EvaluationScreen")
        await wait_for(pilot, lambda: len(book.store.attempts()) == 2, "the second attempt")
        with book.draft.editing() as steps:
            steps[0]["instructions"] += " A credit note counts with a minus."
        await settle(pilot)
        await pilot.press("ctrl+r")
        await wait_for_screen(pilot, "PredictScreen")


@played
async def test_what_is_not_said_is_not_predicted(app: InternApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        book = await begin(pilot)
        await at_stage(pilot, "predict")
        slider = app.screen.query_one("#reliability", Slider)
        assert slider.has_focus
        await pilot.press("right", "backspace")
        assert slider.share is None
        await pilot.press("enter")
        await wait_for_screen(pilot, "EvaluationScreen")
        assert book.prediction is None
        await finished(pilot)


@played
async def test_a_reading_is_contested(app: InternApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        book = await begin(pilot)
        await at_stage(pilot, "backbrief")
        await wait_for(pilot, lambda: "Mira does step ledger" in shown(pilot), "the backbrief")
        await wait_for(pilot, lambda: isinstance(app.focused, OptionList), "the list")
        await pilot.press("x")
        await wait_for(pilot, lambda: "[contested]" in shown(pilot), "the note")
        await pilot.press("x")
        found = book.store.contested("invoices")
        assert [(one.step, one.sentence[:10]) for one in found] == [("ledger", "Go through")]
        await at_stage(pilot, "backbrief")
        await wait_for(pilot, lambda: "[contested]" in shown(pilot), "the note, kept")
        await pilot.press("enter")
        await wait_for_screen(pilot, "LiveScreen")


@played
async def test_attempts_tell_what_changed_and_can_be_loaded(app: InternApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        book = await begin(pilot)
        await evaluated(pilot, book)
        with book.draft.editing() as steps:
            steps[0]["batch"] = 6
        await at_stage(pilot, "predict")
        await pilot.press("enter")
        await wait_for_screen(pilot, "EvaluationScreen")
        await wait_for(pilot, lambda: len(book.store.attempts()) == 2, "the second attempt")
        before = book.draft.text()
        await at_stage(pilot, "attempts")
        await wait_for(pilot, lambda: "From attempt 1 to 2" in shown(pilot), "the difference")
        assert "records a call: all -> 6" in shown(pilot)
        await pilot.press("up")
        await wait_for(pilot, lambda: "Attempt 1 is the first" in shown(pilot), "the first")
        await pilot.press("down", "space", "up")
        await wait_for(pilot, lambda: "From attempt 1 to 2" in shown(pilot), "the pair")
        assert app.screen.query_one(DataTable).cursor_row == 0
        await pilot.press("enter")
        await wait_for_screen(pilot, "BoardScreen")
        assert "batch" not in book.draft.steps[0]
        assert book.draft.undo()
        assert book.draft.text() == before


@played
async def test_attempts_are_measured_and_placed_on_request(
    app: InternApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(population, "BOTS", 2)
    monkeypatch.setattr(population, "TRIALS", 8)
    monkeypatch.setattr(population, "references", lambda _: [folder() / "plans" / "rules.yaml"])
    async with app.run_test(size=(120, 60)) as pilot:
        book = await begin(pilot)
        for plan in ("naive", "split"):
            path = folder() / "plans" / f"{plan}.yaml"
            evaluation = session(reference(plan)).evaluate(trials=16)
            book.keep(evaluation, path.read_text("utf-8"))
        await at_stage(pilot, "attempts")
        await wait_for(pilot, lambda: "copy: a new step" in shown(pilot), "what changed")
        await pilot.press("c")
        await wait_for_screen(pilot, "LookingScreen")
        await wait_for(pilot, lambda: "What became of the causes" in shown(pilot), "the difference")
        assert "better" in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, "AttemptsScreen")
        await pilot.press("s")
        await wait_for(pilot, lambda: "Reliability against wages" in shown(pilot), "the picture")
        assert "attempt 2" in shown(pilot)
        assert "rules" not in shown(pilot)


@pytest.mark.parametrize(("plan", "words"), [
    ("expert", "MEDAL"), ("naive", "No medal this time"),
])  # fmt: skip
@played
async def test_handing_in(app: InternApp, plan: str, words: str) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        book = await begin(pilot, plan)
        await at_stage(pilot, "handin")
        assert f"{TRIALS} times on sealed records" in " ".join(shown(pilot).split())
        assert not book.store.attempts()
        await pilot.press("enter")
        await wait_for(pilot, lambda: words in shown(pilot), "the medal, or none")
        for said in ("gold is 85 %", "wages", "your minutes"):
            assert said in shown(pilot)
        attempt = book.store.attempts()[0]
        assert (attempt.lot, attempt.seed) == ("sealed", book.scenario.seed)
        assert (attempt.summary["medal"] is None) == (plan == "naive")
        assert book.evaluation is None
        for record in book.scenario.lots["sealed"]:
            assert record.id not in shown(pilot)
