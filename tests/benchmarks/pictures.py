"""Pictures of the key screens for the README, as SVG files in docs/.

Run: python tests/benchmarks/pictures.py [FOLDER]
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tui.app import InternApp  # noqa: E402
from tui.whereabouts import Whereabouts  # noqa: E402

SIZES = {"80x24": (80, 24), "120x36": (120, 36)}
SCREENS = ("home", "brief", "interview", "board", "live", "evaluation", "debrief")
QUESTION = "What went wrong last quarter?"
SECONDS = 60.0


async def until(pilot: Pilot[int], ready: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not ready() and time.monotonic() < end:
        await pilot.pause(0.05)
    await pilot.pause(0.2)


async def draw(folder: Path, size: str) -> None:
    """Draw all screens at a size: the naive plan's run and failure, and the expert's board."""
    app = InternApp()
    async with app.run_test(size=SIZES[size]) as pilot:
        await pilot.pause(1.0)
        book = app.book("invoices")
        for name in SCREENS:
            plan = "naive" if name in ("live", "evaluation", "debrief") else "expert"
            path = book.home / "plans" / f"{plan}.yaml"
            if name in ("board", "live"):
                book.draft.load(path.read_text("utf-8"), path.name)
            if name != "home":
                app.show_stage(name, book)
                await pilot.pause(0.5)
            if name == "interview":
                await ask(pilot)
            if name == "live":
                await pilot.pause(1.0)
                await pilot.press("s")
            if name == "evaluation":
                await until(pilot, lambda: book.evaluation is not None)
            if name == "debrief":
                await until(pilot, lambda: book.debrief is not None)
            await pilot.pause(0.5)
            picture = app.export_screenshot(title="intern", simplify=True)
            # The pictures name a font on somebody's server; whoever looks uses one of their own.
            picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
            (folder / f"{name}-{size}.svg").write_text(picture, "utf-8")


async def ask(pilot: Pilot[int]) -> None:
    """Ask the question as it is meant, and wait for what is said."""
    from textual.widgets import Input

    pilot.app.screen.query_one("#question", Input).value = QUESTION
    said = len(pilot.app.screen.query(".said"))
    await pilot.press("enter")
    await until(pilot, lambda: len(pilot.app.screen.query(".said")) > said + 1)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        with tempfile.TemporaryDirectory() as data:
            os.environ["INTERN_DATA_DIR"] = data
            Whereabouts(tour="done").keep()
            asyncio.run(draw(folder, size))


if __name__ == "__main__":
    main()
