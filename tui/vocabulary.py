"""How states are shown, everywhere: a glyph, a word and a colour. Colour never stands alone."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """A state as it is shown. `style` is a variable of the theme."""

    glyph: str
    word: str
    style: str


MARKS = {
    "waiting": Mark("·", "waiting", "$text-muted"),
    "working": Mark("»", "working", "$accent"),
    "done": Mark("✓", "done", "$success"),
    "again": Mark("↻", "again", "$warning"),
    "review": Mark("?", "in review", "$secondary"),
    "asks": Mark("¿", "asks you", "$primary"),
    "votes": Mark("%", "votes differ", "$secondary"),
    "found": Mark("!", "found wrong", "$warning"),
    "you": Mark("@", "came to you", "$primary"),
    "wrong": Mark("✗", "wrong", "$error"),
    "right": Mark("✓", "right", "$success"),
    "fairly": Mark("~", "fairly sure", "$warning"),
    "unsure": Mark("?", "not sure", "$error"),
    "fault": Mark("#", "fault", "$error"),
}


def mark(state: str) -> Mark:
    """The mark of a state; an unknown one is shown by its own word."""
    return MARKS.get(state, Mark("·", state, "$text"))
