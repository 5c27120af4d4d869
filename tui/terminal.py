"""Whether there is a terminal that screens can be drawn on."""

from __future__ import annotations

import os
import sys

PLAIN = "INTERN_PLAIN"


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
