"""What the program's exit status means."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    DONE = 0
    SHORT = 1
    """A bar or a check fell short."""
    INPUT = 2
    """The input was wrong; one line on standard error says where and how to mend it."""
    INTERRUPTED = 130
    """Stopped by the user; what was finished has been reported."""
