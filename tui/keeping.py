"""Keeping attempts: what cannot be kept is a warning, and never the end of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.errors import InputError
from tui.about import version
from tui.opening import Opened
from tui.printing import warn


def keep(opened: Opened, summary: Mapping[str, Any], *, revealed: bool) -> int | None:
    """Keep an attempt; its number, or None where it could not be kept."""
    from simulator.store import Store

    try:
        return Store().add_attempt(
            plan_text=opened.text, summary=summary, revealed=revealed, program=version()
        )
    except InputError as error:
        warn(f"this attempt is not kept: {error.one_line()}")
        return None
