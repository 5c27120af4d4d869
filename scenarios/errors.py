"""The one way in which the program says that something a person wrote is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_SHOWN = 60
_REPLACED = "\N{REPLACEMENT CHARACTER}"


class InputError(Exception):
    """Bad input, in one line: where it is, what is wrong with it and how to mend it.

    `file` and `line` (from 1) say where; `field` is the dotted path of the value, as its author
    wrote it (`steps.copy.reads`); `mend` is an instruction.
    """

    def __init__(
        self,
        problem: str,
        *,
        mend: str = "",
        file: str = "",
        line: int | None = None,
        field: str = "",
    ) -> None:
        self.problem = problem
        self.mend = mend
        self.file = file
        self.line = line
        self.field = field
        super().__init__(self.one_line())

    def one_line(self) -> str:
        """`FILE:LINE: FIELD: PROBLEM; MEND`, without what is not known."""
        where = f"{self.file}:{self.line}" if self.file and self.line else self.file
        parts = [part for part in (where, self.field, self.problem) if part]
        text = ": ".join(parts)
        if self.mend:
            text = f"{text}; {self.mend}"
        return printable(" ".join(text.split()))


def printable(text: str) -> str:
    """`text` without the control characters that could steer a terminal (tab, newline stay)."""
    return "".join(c if c in "\n\t" or c.isprintable() else _REPLACED for c in text)


def clip(text: str) -> str:
    """`text` on one line, cut where it is too long to be shown in a message."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def quoted(value: object) -> str:
    """A value as a message shows it: in quotes, on one line, not too long."""
    return f"'{clip(str(value))}'"


def did_you_mean(word: str, known: Iterable[str], *, noun: str = "known") -> str:
    """A mend for a name that is not among `known`: the nearest ones, or all when they are few."""
    names = list(dict.fromkeys(known))
    near = get_close_matches(word[: 2 * _SHOWN], names, n=2, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(quoted(name) for name in near) + "?"
    if not names:
        return f"there is nothing {noun} here"
    return f"{noun}: " + ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
