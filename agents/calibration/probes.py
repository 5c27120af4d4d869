"""Probes: questions whose answers code can check exactly, built from a seed.

Nearly all are answered in lines `KEY: VALUE`, so that format is no part of what is measured;
the probes of format ask for JSON. A probe holds items; each is right or wrong by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from simulator.order import tokens_in

VERSION = 1
"""Of the battery; answers to another version are not counted."""

Kind = Literal["equals", "differs", "present", "blank", "object", "list"]
_BLANK = re.compile(
    r"^(|-+|—|none|null|n/?a|unknown|blank|empty|\(?not (there|given|found|stated|known|available"
    r"|provided|mentioned|specified|listed)\b.*|no .*)\.?$",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"^[\s*>-]*\**(?:KEY[: ]+)?([A-Za-z0-9]+)\.?\**\s*[:=]\**[ \t]*(.*?)\s*$", re.MULTILINE
)


class Item(NamedTuple):
    """One thing to get right: what the line `key` has to be, by `kind`."""

    key: str
    kind: Kind
    value: str
    late: bool = False
    """Whether it is in the last third of its list."""


class Cell(NamedTuple):
    """What outcomes are counted together: a mechanism, a size or a case of it, a part of a list."""

    mechanism: str
    case: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """One call: its text, and what a right answer has."""

    id: str
    mechanism: str
    case: str
    text: str
    items: tuple[Item, ...]

    @property
    def tokens(self) -> int:
        """Estimate of the tokens of question and answer."""
        return tokens_in(self.text) + sum(tokens_in(f"{i.key}: {i.value}  ") for i in self.items)

    def mark(self, reply: str) -> Iterator[tuple[Cell, bool]]:
        """Whether each item is right in a reply."""
        said = dict(reversed(_LINE.findall(reply)))
        for item in self.items:
            yield Cell(self.mechanism, self.case, item.late), _right(item, said, reply)


def _right(item: Item, said: Mapping[str, str], reply: str) -> bool:
    if item.kind in ("object", "list"):
        return _parses(reply, item.kind)
    got = said.get(item.key)
    if item.kind == "present":
        return bool(got)
    if item.kind == "blank":
        return got is None or bool(_BLANK.match(got.strip(" *`\"'")))
    same = got is not None and got.strip(" *`\"'") == item.value
    return same if item.kind == "equals" else not same


def _parses(reply: str, kind: Kind) -> bool:
    """Whether a reply is bare JSON, or JSON in one fence, of the form that was asked for."""
    fenced = re.fullmatch(r"\s*```(?:json)?\s*\n(.*?)\n?```\s*", reply, re.DOTALL)
    try:
        data: Any = json.loads(fenced[1] if fenced else reply)
    except (ValueError, RecursionError):
        return False
    rows = data if kind == "list" and isinstance(data, list) else [data]
    if kind == "list" and (not isinstance(data, list) or len(data) != 3):
        return False
    return all(
        isinstance(row, dict)
        and set(row) == {"name", "count"}
        and isinstance(row["name"], str)
        and isinstance(row["count"], int)
        and not isinstance(row["count"], bool)
        for row in rows
    )


__all__ = ["VERSION", "Cell", "Item", "Kind", "Probe"]
