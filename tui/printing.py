"""Plain text for people and programs: standard output is data, standard error is talk."""

from __future__ import annotations

import json
import math
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from scenarios.errors import printable

_WIDEST = 100
_NARROWEST = 16
_given: ContextVar[int | None] = ContextVar("columns", default=None)


def out(text: str = "") -> None:
    """Write a line to standard output, without characters that could steer a terminal."""
    sys.stdout.write(printable(text) + "\n")
    # Processes forked later would write again what is still in the buffer.
    sys.stdout.flush()


def out_json(data: Mapping[str, Any]) -> None:
    """Write one JSON object, the same bytes wherever it is written."""
    sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=True, allow_nan=False) + "\n")


def warn(text: str) -> None:
    """Write a line to standard error."""
    sys.stdout.flush()
    sys.stderr.write(printable(f"intern: {' '.join(text.split())}") + "\n")


def say(text: str) -> None:
    """Write a line of talk, which is no part of the data, to standard error."""
    sys.stdout.flush()
    sys.stderr.write(printable(text) + "\n")


@contextmanager
def columns(count: int) -> Iterator[None]:
    """Write for so many columns inside, whatever the terminal has."""
    before = _given.set(max(_NARROWEST, count))
    try:
        yield
    finally:
        _given.reset(before)


def width() -> int:
    """The columns to write for: those of the terminal, and not so many that lines tire the eye."""
    given = _given.get()
    if given is not None:
        return given
    return max(40, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def prose(text: str, indent: str = "") -> str:
    """`text` with its paragraphs wrapped; a paragraph is what empty lines set apart."""
    parts = text.strip().split("\n\n")
    return "\n\n".join(wrapped(" ".join(part.split()), indent) for part in parts)


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """One paragraph, wrapped; `hanging` begins the lines after the first."""
    return textwrap.fill(
        text, width(), initial_indent=indent, break_on_hyphens=False,
        subsequent_indent=indent if hanging is None else hanging,
    )  # fmt: skip


def verbatim(text: str, indent: str, most: int | None = None) -> str:
    """`text` with its own lines, indented; beyond `most` lines the middle is left out."""
    lines = text.strip("\n").splitlines()
    if most is not None and len(lines) > most:
        half = most // 2
        left_out = f"[... {len(lines) - 2 * half} lines ...]"
        lines = [*lines[:half], left_out, *lines[-half:]]
    return "\n".join(f"{indent}{line}".rstrip() for line in lines)


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), indent: str = "  ") -> str:
    """Columns two spaces apart, those in `right` aligned to the right; the last one wraps."""
    if not rows:
        return ""
    count = max(len(row) for row in rows)
    filled = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(len(row[i]) for row in filled) for i in range(count - 1)]
    lines = []
    for row in filled:
        cells = [
            cell.rjust(wide) if i in right else cell.ljust(wide)
            for i, (cell, wide) in enumerate(zip(row[:-1], widths, strict=True))
        ]
        start = indent + "".join(f"{cell}  " for cell in cells)
        gap = " " * len(start)
        if row[-1] and width() - len(start) < min(_NARROWEST, len(row[-1])):
            # No room beside the others: below them.
            lines.append(start.rstrip())
            start = gap = indent + "    "
        room = max(1, width() - len(gap))
        parts = textwrap.wrap(row[-1], room, break_on_hyphens=False) or [""]
        lines.append((start + parts[0]).rstrip())
        lines += [gap + part for part in parts[1:]]
    return "\n".join(lines)


def heading(text: str) -> str:
    """A heading, underlined so that it is one without colour."""
    return f"{text}\n{'-' * min(len(text), width())}"


def number(value: float) -> str:
    """A figure for people: grouped, and with as many decimals as tell something."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    text = f"{value:.2f}" if size >= 1 or size < 5e-5 else f"{value:.{_decimals(size)}f}"
    return "0" if float(text) == 0 else _bare(text)


def _decimals(size: float) -> int:
    """Decimals that show two figures of a number below 1, and at least two decimals."""
    return max(2, min(4, 1 - math.floor(math.log10(size))))


def _bare(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: float) -> str:
    """As `number`, with its sign."""
    text = number(value)
    return text if text.startswith("-") or text == "0" else f"+{text}"


def percent(value: float) -> str:
    """A share for people, never rounded up to certainty or down to nothing."""
    shown = f"{100 * value:.0f} %"
    if shown == "100 %" and value < 1:
        return "> 99 %"
    return "< 1 %" if shown == "0 %" and value > 0 else shown


def plural(count: int, noun: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def shown(value: object) -> str:
    """A value for people."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    if isinstance(value, tuple | list):
        return "; ".join(shown(item) for item in value) or "nothing"
    return str(value)
