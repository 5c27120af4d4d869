"""Driving the app in tests: wait for what is to happen, never for the clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual import events
from textual.pilot import Pilot

from tui.app import InternApp
from tui.screens.debrief import DebriefScreen

LIMIT = 60.0
"""Seconds after which what was waited for is not going to happen, on a busy machine either."""


def screen(pilot: Pilot[Any]) -> str:
    """The name of the class of the screen on top."""
    return type(pilot.app.screen).__name__


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every message that was sent has been dealt with."""
    await pilot.pause()
    await pilot.pause()


async def wait_for(pilot: Pilot[Any], predicate: Callable[[], object], message: str) -> None:
    """Wait until `predicate` is true; fail with `message` where it never is."""
    end = time.monotonic() + LIMIT
    while not predicate():
        if time.monotonic() > end:
            raise AssertionError(f"never came: {message} (on {screen(pilot)})")
        await pilot.pause()
        await asyncio.sleep(0.005)


async def wait_for_screen(pilot: Pilot[Any], name: str) -> None:
    """Wait until the screen on top is of the class `name`, and drawn."""
    await wait_for(pilot, lambda: screen(pilot) == name, f"the screen {name}")
    await settle(pilot)


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type `text`, key by key, as a person would."""
    names = {" ": "space", "\n": "enter"}
    await pilot.press(*(names.get(char, char) for char in text))
    await settle(pilot)


async def paste(pilot: Pilot[Any], text: str) -> None:
    """Paste `text` into what has the focus: a long text is not typed key by key."""
    assert pilot.app.screen.focused is not None, "nothing to paste into"
    pilot.app.post_message(events.Paste(text))
    await settle(pilot)


def shown(pilot: Pilot[Any]) -> str:
    """All that the screen shows, as text."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


async def debriefed(pilot: Pilot[Any]) -> DebriefScreen:
    """The debrief on top, once everything is measured."""
    page = pilot.app.screen
    assert isinstance(page, DebriefScreen)

    def done() -> bool:
        busy = any(one.group == "debrief" and one.is_running for one in page.workers)
        return page.measured and not busy

    await wait_for(pilot, done, "all that is measured")
    await settle(pilot)
    return page


async def at_stage(pilot: Pilot[Any], name: str, scenario: str = "invoices") -> None:
    """Go straight to a stage of a scenario."""
    app = pilot.app
    assert isinstance(app, InternApp)
    await settle(pilot)
    before = app.screen
    app.show_stage(name, app.book(scenario))
    await wait_for(pilot, lambda: app.screen is not before, f"the stage {name}")
    await settle(pilot)
