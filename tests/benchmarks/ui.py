"""How quick the screens are, beside an empty Textual app's in the same run.

First paint: from the start of a fresh process to the first words on a pseudo-terminal, in turn with
an empty app; the median of the ratios of the rounds. Gap: the longest time between two ticks of a
timer inside the app while a run of three interns is played. Echo: from a key written to the
pseudo-terminal to its letter read from it, in a step with 2,000 words.

Run: python tests/benchmarks/ui.py [--json] [--rounds N]
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

WORDS = 2000
KEYS = b"QWZXVQWZXVQWZXVQWZXV"
PERIOD = 1 / 60
SIZE = (36, 120)

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("first picture")
Empty().run()
"""
EDITOR = """
from textual.app import App
from textual.widgets import TextArea
class Empty(App):
    def compose(self):
        yield TextArea("first picture " + "word " * {words})
Empty().run()
"""


class Process:
    """A program under a pseudo-terminal."""

    def __init__(self, *arguments: str, data: str = "") -> None:
        self.seen = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
            environment |= {"INTERN_DATA_DIR": data} if data else {}
            for name in ("COLUMNS", "LINES", "INTERN_PLAIN"):
                environment.pop(name, None)
            os.execve(sys.executable, [sys.executable, *arguments], environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))

    def wait_for(self, mark: bytes, seconds: float = 30.0) -> None:
        end = time.perf_counter() + seconds
        while mark not in self.seen:
            if time.perf_counter() > end:
                raise TimeoutError(f"never came: {mark!r}")
            self.read(0.05)

    def read(self, seconds: float) -> None:
        if select.select([self.fd], [], [], seconds)[0]:
            try:
                self.seen += os.read(self.fd, 1 << 16)
            except OSError:
                time.sleep(0.01)

    def rest(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.read(0.02)

    def type(self, keys: bytes) -> None:
        self.seen = b""
        os.write(self.fd, keys)

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def first_paint(mark: bytes, *arguments: str, data: str = "") -> float:
    began = time.perf_counter()
    process = Process(*arguments, data=data)
    try:
        process.wait_for(mark)
        return time.perf_counter() - began
    finally:
        process.end()


def paints(rounds: int, data: str) -> tuple[list[float], list[float]]:
    """Seconds to the first picture of an empty app and of ours, in turn; the first is not kept."""
    pairs = [
        (first_paint(b"picture", "-c", EMPTY),
         first_paint(b"Unreliable", "-m", "tui.cli", data=data))
        for _ in range(rounds + 1)
    ][1:]  # fmt: skip
    return [empty for empty, _ in pairs], [ours for _, ours in pairs]


def echoes(process: Process) -> float:
    """The median of the seconds from a key to its letter."""
    process.rest(1.0)
    taken = []
    for key in KEYS:
        began = time.perf_counter()
        process.type(bytes([key]))
        process.wait_for(bytes([key]), 5)
        taken.append(time.perf_counter() - began)
        process.rest(0.1)
    process.end()
    return statistics.median(taken)


def echo_of_ours(data: str) -> float:
    """In the step editor, by the way that a learner takes."""
    drafts = Path(data) / "drafts"
    drafts.mkdir(parents=True, exist_ok=True)
    sentences = " ".join(f"Copy the word{i} as it is printed." for i in range(WORDS // 7 + 1))
    plan = {"scenario": "invoices", "steps": [{
        "id": "copy", "assignee": "mira", "reads": ["records"], "produces": {"pay": None},
        "instructions": sentences,
    }]}  # fmt: skip
    (drafts / "invoices.yaml").write_text(json.dumps(plan), "utf-8")
    where = {"scenario": "invoices", "title": "x", "stage": "board", "tour": "done"}
    (Path(data) / "whereabouts.json").write_text(json.dumps(where), "utf-8")
    process = Process("-m", "tui.cli", data=data)
    process.wait_for(b"Next")
    process.rest(3.0)
    for mark in (b"[Plan]", b"Instructions"):
        process.type(b"\r")
        process.wait_for(mark)
        process.rest(1.0)
    return echoes(process)


def echo_of_empty() -> float:
    process = Process("-c", EDITOR.format(words=WORDS))
    process.wait_for(b"picture")
    return echoes(process)


def gap(which: str, data: str) -> float:
    """Seconds of the longest gap, as a child measures it under a pseudo-terminal."""
    out = Path(data) / f"gap-{which}.json"
    process = Process(str(Path(__file__).resolve()), "--child", which, str(out), data=data)
    end = time.perf_counter() + 120
    while not out.exists() and time.perf_counter() < end:
        process.read(0.02)
    process.rest(0.2)
    process.end()
    worst: float = json.loads(out.read_text("utf-8"))["worst"]
    return worst


def child(which: str, out: str) -> None:
    """Run an app that measures the gaps between its own ticks, and writes down the worst."""
    from textual.app import App

    worst = 0.0
    last = 0.0

    def tick() -> None:
        nonlocal worst, last
        now = time.perf_counter()
        if last:
            worst = max(worst, now - last)
        last = now

    def finish(app: App[Any]) -> None:
        whole = Path(out).with_suffix(".part")
        whole.write_text(json.dumps({"worst": worst}), "utf-8")
        whole.replace(out)
        app.exit(0)

    if which == "empty":

        class Empty(App[int]):
            def on_ready(self) -> None:
                self.set_interval(PERIOD, tick)
                self.set_timer(5, lambda: finish(self))

        Empty().run()
        return

    from tui.app import InternApp
    from tui.screens.live import LiveScreen

    class Measured(InternApp):
        def on_ready(self) -> None:
            super().on_ready()
            self.set_timer(4, self.watch_one)

        def watch_one(self) -> None:
            book = self.book("invoices")
            book.draft.load((book.home / "plans" / "expert.yaml").read_text("utf-8"), "expert")
            self.set_interval(PERIOD, tick)
            self.show_stage("live", book)
            self.set_interval(0.1, self.over)

        def over(self) -> None:
            screen = self.screen
            if isinstance(screen, LiveScreen) and screen.playing and screen.playing.over:
                finish(self)

    Measured().run()


def measure(rounds: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as data:
        empty, ours = paints(rounds, str(Path(data) / "paint"))
        found = {
            "first_paint_ratio": statistics.median(o / e for e, o in zip(empty, ours, strict=True)),
            "max_gap_ms": 1000 * gap("ours", data),
            "echo_ms": 1000 * echo_of_ours(str(Path(data) / "echo")),
            "first_paint_ms": 1000 * statistics.median(ours),
            "empty_first_paint_ms": 1000 * statistics.median(empty),
            "empty_max_gap_ms": 1000 * gap("empty", data),
            "empty_echo_ms": 1000 * echo_of_empty(),
        }
    return {name: round(value, 2) for name, value in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--child", nargs=2, metavar=("WHICH", "OUT"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        child(*chosen.child)
        return
    found = measure(chosen.rounds)
    if chosen.json:
        print(json.dumps({n: found[n] for n in ("first_paint_ratio", "max_gap_ms", "echo_ms")}))
        return
    print("                          ours   empty app     aim")
    print(f"first paint, ms        {found['first_paint_ms']:7.0f}   "
          f"{found['empty_first_paint_ms']:9.0f}")  # fmt: skip
    print(f"  ratio of the rounds  {found['first_paint_ratio']:7.2f}               < 1.5")
    print(f"worst gap, ms          {found['max_gap_ms']:7.1f}   "
          f"{found['empty_max_gap_ms']:9.1f}   < 100")  # fmt: skip
    print(f"echo of a key, ms      {found['echo_ms']:7.1f}   "
          f"{found['empty_echo_ms']:9.1f}   < 50")  # fmt: skip


if __name__ == "__main__":
    main()
