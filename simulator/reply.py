"""What comes back from a colleague: JSON, or not quite JSON, in a friendly note."""

from __future__ import annotations

import json
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


def parse(text: str) -> dict[str, dict[str, Any]] | None:
    """The rows of a reply by record id; None where there is no JSON of rows in it."""
    for at, char in enumerate(text):
        if char not in "[{":
            continue
        try:
            data, _ = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            # A broken array is not searched for whole rows: half a reply is not a reply.
            return None
        if isinstance(data, dict):
            data = next((v for v in data.values() if isinstance(v, list)), [data])
        rows = [row for row in data if isinstance(row, dict) and "record" in row]
        if rows or data == []:
            return {str(row["record"]): row for row in rows}
    return None
