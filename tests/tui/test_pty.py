"""The installed program in a terminal of its own: it draws, is left, and leaves no trace."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 30.0
ALTERNATE, NORMAL = b"\x1b[?1049h", b"\x1b[?1049l"


class Terminal:
    """`intern` under a pseudo-terminal."""

    def __init__(
        self, data: Path, environment: Mapping[str, str] | None = None, *, below: bool = False
    ) -> None:
        """`below` starts it as make does: its parent hears of a hang-up, and tells nobody."""
        settings = {
            **os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT),
            "INTERN_DATA_DIR": str(data), "INTERN_NO_ANIMATION": "1", **(environment or {}),
        }  # fmt: skip
        for name in ("COLUMNS", "LINES"):
            settings.pop(name, None)
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.seen = b""
        self.status: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for stream in (0, 1, 2):
                os.dup2(slave, stream)
            program = [sys.executable, "-m", "tui.cli"]
            if below:
                program = ["/bin/sh", "-c", 'trap : HUP; "$0" "$@"; exit "$?"', *program]
            os.execve(program[0], program, settings)

    def read(self, seconds: float = 0.05) -> None:
        ready, _, _ = select.select([self.master], [], [], seconds)
        if ready:
            try:
                self.seen += os.read(self.master, 65536)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise

    def wait_for(self, text: bytes) -> None:
        """Read until `text` was written."""
        end = time.monotonic() + SECONDS
        while text not in self.seen:
            assert time.monotonic() < end, f"never came: {text!r} in {self.seen[-2000:]!r}"
            self.read()

    def type(self, keys: bytes) -> None:
        """Type, after what was seen so far."""
        self.seen = b""
        os.write(self.master, keys)

    def ended(self) -> int:
        """Read until the program has ended; its exit status."""
        end = time.monotonic() + SECONDS
        while self.status is None:
            assert time.monotonic() < end, "never ended"
            self.read()
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        self.read()
        return self.status

    def close(self) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    found = Terminal(tmp_path / "kept")
    yield found
    found.close()


def test_it_draws_and_is_left_with_the_terminal_as_it_was(terminal: Terminal) -> None:
    terminal.wait_for(b"Unreliable Intern")
    terminal.wait_for(b"Corvin Paper")
    assert ALTERNATE in terminal.seen
    terminal.type(b"\x11")
    assert terminal.ended() == 0
    assert NORMAL in terminal.seen
    assert b"\x1b[?25h" in terminal.seen
    assert b"Traceback" not in terminal.seen
    assert termios.tcgetattr(terminal.slave) == terminal.before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_polite_end_restores_the_terminal(terminal: Terminal, number: int) -> None:
    terminal.wait_for(b"Corvin Paper")
    terminal.seen = b""
    os.kill(terminal.pid, number)
    assert terminal.ended() == 130
    assert NORMAL in terminal.seen
    assert termios.tcgetattr(terminal.slave) == terminal.before


@pytest.mark.parametrize("below", [False, True], ids=["told", "below another program"])
def test_a_terminal_that_is_closed_leaves_nothing_running(tmp_path: Path, below: bool) -> None:
    terminal = Terminal(tmp_path / "kept", below=below)
    try:
        terminal.wait_for(b"Corvin Paper")
        terminal.type(b"\r")
        terminal.wait_for(b"What happens")
        for side in (terminal.master, terminal.slave):
            # Nobody reads any more what it draws.
            os.dup2(os.open(os.devnull, os.O_RDWR), side)
        assert terminal.ended() == 130
    finally:
        terminal.close()


def test_ctrl_c_twice_leaves(terminal: Terminal) -> None:
    terminal.wait_for(b"Corvin Paper")
    terminal.type(b"\x03")
    terminal.wait_for(b"again")
    terminal.type(b"\x03")
    assert terminal.ended() == 0


@pytest.mark.parametrize("plain", [{"INTERN_PLAIN": "1"}, {"TERM": "dumb"}])
def test_plain_text_where_no_screen_can_be(tmp_path: Path, plain: dict[str, str]) -> None:
    terminal = Terminal(tmp_path / "kept", plain)
    try:
        terminal.wait_for(b"A first look")
        assert ALTERNATE not in terminal.seen
    finally:
        terminal.close()


def test_kill_loses_nothing_that_was_typed_a_second_ago(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait_for(b"Corvin Paper")
    # The map, the board with the plan of the first scenario, a step, its instructions.
    terminal.type(b"\x1b[Bp")
    terminal.wait_for(b"[Plan]")
    terminal.read(0.5)
    terminal.type(b"a")
    terminal.wait_for(b"nothing yet")
    terminal.type(b"\r")
    terminal.wait_for(b"Instructions")
    terminal.read(0.5)
    draft = tmp_path / "kept" / "drafts" / "invoices.yaml"
    word = b"zebra"
    for place in range(3):
        terminal.type(word + str(place).encode() + b" ")
        terminal.read(0.2)
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        terminal.read()
    os.kill(terminal.pid, signal.SIGKILL)
    assert terminal.ended() == -signal.SIGKILL
    assert "zebra2" in draft.read_text("utf-8")
