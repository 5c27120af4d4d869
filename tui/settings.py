"""What the learner chose for all sittings."""

from __future__ import annotations

import os

from tui.remembered import recall, remember

NAME = "settings"
DARK, LIGHT, TERMINAL = "nord", "solarized-light", "ansi-dark"
"""The themes that are offered by name: dark, light, and the terminal's own colours."""


def theme() -> str:
    """The theme that was chosen last, which may not exist any more."""
    found = recall(NAME).get("theme")
    return found if isinstance(found, str) else DARK


def keep_theme(name: str) -> None:
    """Remember a theme for the next sitting."""
    remember(NAME, {**recall(NAME), "theme": name})


def animated() -> bool:
    """Whether things may move that need not."""
    return not os.environ.get("INTERN_NO_ANIMATION")
