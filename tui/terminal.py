"""The terminal: whether screens can be drawn on it, who sits at it, and when it is gone."""

from __future__ import annotations

import os
import select
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

PLAIN = "INTERN_PLAIN"
_PATIENCE = 3.0
"""Seconds in which whatever is still to be kept has been kept."""


def can_draw() -> bool:
    """True where both ends are a terminal that can be steered, and nobody asked for plain text."""
    if os.environ.get(PLAIN) or os.environ.get("TERM", "") in ("", "dumb"):
        return False
    return sys.stdin.isatty() and sys.stdout.isatty()


def reply() -> str:
    """A line that whoever sits at the terminal writes; empty where there is nobody, or no answer.

    The talk about it goes to standard error.
    """
    if not sys.stdin.isatty():
        return ""
    sys.stdout.flush()
    sys.stderr.write("Your answer (Enter alone: they go on guessing): ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def on_hang_up(leave: Callable[[], object], status: int) -> None:
    """Have `leave` called from a thread once the terminal is gone; then end with `status`.

    The signal for it reaches only whoever leads the session, which may be `make`. What draws on a
    terminal that is gone may wait for it for ever, so that leaving in peace is not relied on.
    """
    if not hasattr(select, "poll"):
        return

    def watch() -> None:
        line = select.poll()
        # No event is asked for: that it hung up is told all the same, and nothing else is.
        line.register(sys.stdin.fileno(), 0)
        if any(event & select.POLLHUP for _, event in line.poll()):
            # Whoever is leaving already has nothing more to be told.
            with suppress(RuntimeError):
                leave()
            time.sleep(_PATIENCE)
            os._exit(status)

    threading.Thread(target=watch, name="hang-up", daemon=True).start()
