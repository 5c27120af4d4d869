"""Key screens as they look: every line of text, and a mark that changes when a style does.

A picture is kept as text, so that a change of it can be read in a review. SNAPSHOT_UPDATE=1 writes
the pictures anew; look at them before they are committed.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.office import folder
from tests.tui.pilots import debriefed, settle, shown, wait_for, wait_for_screen
from tui.app import InternApp

PICTURES = Path(__file__).parent / "pictures"
SIZES = {"80x24": (80, 24), "120x36": (120, 36), "200x60": (200, 60)}
THEMES = {"dark": "nord", "light": "solarized-light"}
SCREENS = {
    "home": "Next",
    "brief": "Honor Delahaye",
    "interview": "Bea Lindgren",
    "board": "Ready",
    "step": "copy",
    "backbrief": "clear to me",
    "predict": "What you fear",
    "live": "This time",
    "evaluation": "kept as attempt",
    "debrief": "more help",
}
"""A screen -> words that stand on it when it is complete."""


BEFORE = {"step": "board", "debrief": "evaluation"}
"""A screen -> the stage that it is come to from."""


async def open_screen(pilot: Pilot[Any], name: str) -> None:
    app = pilot.app
    assert isinstance(app, InternApp)
    await wait_for_screen(pilot, "HomeScreen")
    if name != "home":
        book = app.book("invoices")
        plan = "naive" if name == "debrief" else "expert"
        book.draft.load((folder() / "plans" / f"{plan}.yaml").read_text("utf-8"), plan)
        app.show_stage(BEFORE.get(name, name), book)
        await settle(pilot)
        if name == "debrief":
            await wait_for(pilot, lambda: "kept as attempt" in shown(pilot), "the result")
            await pilot.press("enter")
            await wait_for_screen(pilot, "DebriefScreen")
            await debriefed(pilot)
        if name == "step":
            await wait_for(pilot, lambda: "Ready" in shown(pilot), "the board")
            await pilot.press("enter")
            await wait_for_screen(pilot, "StepScreen")
    await wait_for(pilot, lambda: SCREENS[name] in shown(pilot), f"{name}: {SCREENS[name]!r}")
    await settle(pilot)


def picture(pilot: Pilot[Any]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    styles = hashlib.sha256()
    for strip in strips:
        for text, style, _ in strip:
            styles.update(f"{len(text)}{style}\n".encode())
    text = "\n".join(strip.text.rstrip() for strip in strips)
    return f"{text}\n--- styles {styles.hexdigest()[:16]}\n"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_it_did(
    name: str, size: str, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERN_NO_ANIMATION", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)

    async def draw() -> str:
        app = InternApp()
        async with app.run_test(size=SIZES[size]) as pilot:
            await wait_for_screen(pilot, "HomeScreen")
            app.theme = THEMES[theme]
            await open_screen(pilot, name)
            return picture(pilot)

    seen = asyncio.run(draw())
    path = PICTURES / f"{name}-{size}-{theme}.txt"
    if os.environ.get("SNAPSHOT_UPDATE") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen, "utf-8")
    assert seen == path.read_text("utf-8")
