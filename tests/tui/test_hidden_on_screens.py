"""Hidden names reach no screen: with all of them renamed, the screens are the same."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from scenarios.loading import load_cast, load_scenario
from simulator.storage import store
from tests.office import folder
from tests.tui.pilots import at_stage, settle, shown, wait_for, wait_for_screen
from tests.tui.played import played
from tests.tui.renaming import renamed
from tests.tui.test_hidden_names import COPYING
from tui.app import InternApp
from tui.planning.draft import Draft
from tui.screens import evaluation as evaluation_module
from tui.screens import handin
from tui.widgets.happenings import Happenings
from tui.workbook import Workbook

TRIALS = 16
STILL = 25


async def seen(pilot: Pilot[Any], book: Workbook) -> list[str]:
    """What the screens of the loop show, one after the other."""
    app = pilot.app
    assert isinstance(app, InternApp)
    app._books["invoices"] = book
    pictures = []

    async def look(words: str) -> None:
        await wait_for(pilot, lambda: words in shown(pilot), words)
        last: list[str] = []

        def still() -> bool:
            """Whether the last passes of the layout changed nothing."""
            last.append(shown(pilot))
            return len(last) > STILL and len(set(last[-STILL:])) == 1

        await wait_for(pilot, still, "a still screen")
        pictures.append(last[-1])

    await at_stage(pilot, "backbrief")
    await look("Mira does step")
    await at_stage(pilot, "predict")
    await look("What you fear")
    await at_stage(pilot, "live")
    await look("Enter: run it")
    rows = app.screen.query_one(Happenings)
    for place in range(rows.option_count):
        rows.highlighted = place
        rows.action_select()
        await wait_for_screen(pilot, "MessageScreen")
        await look("")
        await pilot.press("escape")
        await wait_for_screen(pilot, "LiveScreen")
    await at_stage(pilot, "evaluation")
    await look("kept as attempt")
    await at_stage(pilot, "debrief")
    await look("What would help most")
    await pilot.press("h", "h", "h")
    await look("The words")
    await at_stage(pilot, "attempts")
    await look("Attempt 1 is the first")
    await at_stage(pilot, "handin")
    await pilot.press("enter")
    await look("reliability")
    await pilot.press("enter")
    await look("Report card of attempt 2")
    return pictures


@pytest.mark.parametrize("plan", ["naive", "copying"])
@played
async def test_renaming_what_is_hidden_changes_no_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan: str
) -> None:
    monkeypatch.setenv("INTERN_NO_ANIMATION", "1")
    monkeypatch.setattr(store, "_now", lambda: "2026-01-01T00:00:00+00:00")
    monkeypatch.setattr(evaluation_module, "TRIALS", TRIALS)
    monkeypatch.setattr(handin, "TRIALS", TRIALS)
    shutil.copytree(folder(), tmp_path / "a")
    words = renamed(folder(), tmp_path / "b")
    pictures = []
    for name in ("a", "b"):
        home = tmp_path / name
        monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / f"kept-{name}"))
        scenario = load_scenario(home)
        draft = Draft(scenario, tmp_path / f"kept-{name}" / "draft.yaml")
        naive = (home / "plans" / "naive.yaml").read_text("utf-8")
        draft.load(naive if plan == "naive" else COPYING, plan)
        app = InternApp()
        async with app.run_test(size=(120, 60)) as pilot:
            await settle(pilot)
            book = Workbook(scenario, load_cast(), home, draft, store.Store())
            pictures.append(await seen(pilot, book))
    for one, other in zip(*pictures, strict=True):
        assert one.splitlines() == other.splitlines()
    assert not any(word in picture for picture in pictures[1] for word in words.values())
