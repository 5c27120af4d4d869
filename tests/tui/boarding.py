"""What a learner does on the plan board and in a step, by keyboard."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.tui.pilots import paste, screen, settle, type_text, wait_for, wait_for_screen
from tui.screens.step import StepScreen


async def pick(pilot: Pilot[Any], *words: str) -> None:
    """Choose in a picker by typing part of the name."""
    await wait_for_screen(pilot, "Picker")
    before = pilot.app.screen
    for word in words:
        await write(pilot, word)
    await pilot.press("enter")
    await wait_for(pilot, lambda: pilot.app.screen is not before, "the end of the picker")


async def take(pilot: Pilot[Any], *names: str) -> None:
    """Take or leave some in a picker of many, and be done."""
    await wait_for_screen(pilot, "ManyPicker")
    before = pilot.app.screen
    for name in names:
        await paste(pilot, name)
        await pilot.press("enter", "ctrl+u")
    await pilot.press("escape")
    await wait_for(pilot, lambda: pilot.app.screen is not before, "the end of the picker")


async def fill(pilot: Pilot[Any], *texts: str) -> None:
    """Fill in the lines of a form from the first; " " ticks a box."""
    await wait_for_screen(pilot, "Form")
    for i, text in enumerate(texts):
        if i:
            await pilot.press("tab")
        if text == " ":
            await pilot.press("space")
        elif text:
            line = pilot.app.focused
            assert isinstance(line, Input)
            if line.value:
                await pilot.press("end", "ctrl+u")
            await write(pilot, text)
    await pilot.press("ctrl+s")
    await wait_for(pilot, lambda: screen(pilot) != "Form", "the form to be taken")


async def write(pilot: Pilot[Any], text: str) -> None:
    """Type what is short, paste what is long."""
    await (type_text if len(text) < 6 else paste)(pilot, text)


async def row(pilot: Pilot[Any], label: str, more: str = "") -> None:
    """Open a row of the step's settings."""
    await wait_for_screen(pilot, "StepScreen")
    step = pilot.app.screen
    assert isinstance(step, StepScreen)
    found = step.query_one("#settings", OptionList)
    while step.focused is not found:
        await pilot.press("tab")
    rows = step._rows
    wanted = next(i for i, one in enumerate(rows) if label == one.label and more in one.text)
    found.highlighted = wanted
    await pilot.press("enter")


async def add(pilot: Pilot[Any], name: str, who: str) -> None:
    """A step more, opened, with a name and a colleague."""
    await wait_for_screen(pilot, "BoardScreen")
    await pilot.press("a")
    await settle(pilot)
    await pilot.press("r")
    await fill(pilot, name)
    await wait_for_screen(pilot, "BoardScreen")
    if who != "mira":
        await pilot.press("w")
        await pick(pilot, who)
    await wait_for_screen(pilot, "BoardScreen")
    await pilot.press("enter")
    await wait_for_screen(pilot, "StepScreen")


async def operate(pilot: Pilot[Any], kind: str) -> None:
    """Add an operation of a kind."""
    await wait_for_screen(pilot, "StepScreen")
    step = pilot.app.screen
    while step.focused is not step.query_one("#operations"):
        await pilot.press("shift+tab")
    await pilot.press("end", "enter")
    await pick(pilot, kind)
