"""A lane a colleague: what each is busy with, and the end of what they write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from textwrap import wrap

from textual.content import Content

from tui.playing import Playing
from tui.vocabulary import mark
from tui.widgets.plain import lines, plain


def lanes(
    playing: Playing, desks: Mapping[str, tuple[str, str]], called: Callable[[str], str],
    written: int, wide: int,
) -> Content:  # fmt: skip
    """The desks (state and what it is about, by colleague), each with `written` lines of text."""
    parts: list[Content] = []
    for who, (state, what) in desks.items():
        shown = mark(state)
        head = (
            plain(f"{called(who):<8}", "bold"),
            plain(f"{shown.glyph} {shown.word} ", shown.style),
            plain(what),
        )
        parts.append(Content("").join(head).truncate(wide, ellipsis=True))
        if who not in playing.writers:
            continue
        text = wrap(" ".join(playing.writing(who).split()), wide - 4)[-written:]
        text += [""] * (written - len(text))
        parts += [plain(f"  {line}", "dim") for line in text]
    return lines(*parts)


def counts(states: Iterable[str]) -> Content:
    """How many records are in each state."""
    said = [f"{mark(s).glyph} {mark(s).word} {n}" for s, n in Counter(states).items()]
    return plain("   ".join(said))
