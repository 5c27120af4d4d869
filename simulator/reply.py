"""What comes back from a colleague: JSON, or not quite JSON, in a friendly note."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.model import Value

_DECODER = json.JSONDecoder()


def write(rows: Sequence[Mapping[str, Value]], *, broken: bool, bare: bool) -> str:
    """A reply as a model writes it. `broken` ones cannot be parsed; `bare` ones have no note."""
    text = json.dumps(rows, ensure_ascii=False)
    if broken:
        return "Sure! Here is the list:\n" + text[: max(1, len(text) * 2 // 3)] + " ..."
    return text if bare else f"All done! Here you go:\n{text}"


def parse(
    text: str, key: str = "record", *, by_line: bool = False
) -> dict[str, dict[str, Any]] | None:
    """The rows of a reply by what they say under `key`; None where it has no JSON of rows.

    `by_line`, where a record may have several, they go by `RECORD:LINE`, and none is lost: what
    says no line, or one that was said already, has a key of its own after the colon.
    Brackets in the note before the rows are passed over; half an array is not a reply.
    """
    at = 0
    while (at := _next(text, at)) >= 0:
        try:
            data, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            if _ROWS.match(text, at):
                return None
            at += 1
            continue
        rows = _rows(data, key, by_line)
        if rows is not None:
            return rows
        at = end
    return None


def question(text: str) -> tuple[str, str] | None:
    """What a reply asks, and the key that it is about ('' for none); None where it asks nothing."""
    at = text.find("{")
    if at < 0:
        return None
    try:
        data, _ = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None
    asked, about = data.get("ask"), data.get("about")
    if not isinstance(asked, str) or not asked.strip():
        return None
    return asked.strip(), about if isinstance(about, str) else ""


_ROWS = re.compile(r'(?:\[\s*)?\{\s*"')
"""The beginning of rows: what begins so and cannot be read to its end is broken off."""


def _next(text: str, start: int) -> int:
    places = [place for char in "[{" if (place := text.find(char, start)) >= 0]
    return min(places, default=-1)


def _rows(data: Any, key: str, by_line: bool) -> dict[str, dict[str, Any]] | None:
    if isinstance(data, dict) and key not in data:
        data = next((v for v in data.values() if isinstance(v, list)), None)
    rows = data if isinstance(data, list) else [data]
    found = [row for row in rows if isinstance(row, dict) and key in row]
    if not found and data != []:
        return None
    if not by_line:
        return {str(row[key]): row for row in found}
    out: dict[str, dict[str, Any]] = {}
    for row in found:
        name = str(row[key])
        at = name if ":" in name else f"{name}:{_line(row.get('line'))}"
        while at in out:
            at += "+"
        out[at] = row
    return out


def _line(value: Any) -> str:
    """The number of a line, however it was written."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, int | str) else "?"
