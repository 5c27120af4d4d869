"""A plan as a picture: who does what, and what goes on to whom."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.errors import clip
from tui.page.html import Node, element
from tui.page.pictures import WIDE, box, line, picture, text
from tui.printing import plural

_ROW = 92


def plan_graph(steps: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Node:
    """The steps from top to bottom, those beside one another that can be done side by side."""
    sources = {
        step["id"]: [one for one in step.get("reads", ()) if any(s["id"] == one for s in steps)]
        for step in steps
    }
    rows = _rows(sources)
    places = {}
    for number, row in enumerate(rows):
        room = WIDE / len(row)
        width = min(300.0, room - 20)
        for place, name in enumerate(row):
            middle = (place + 0.5) * room
            places[name] = (middle, number * _ROW + 6.0, width)
    shapes = [
        shape for name, from_ in sources.items() for one in from_
        for shape in _arrow(places[one][0], places[one][1] + 54, *places[name][:2])
    ]  # fmt: skip
    who = {step["id"]: names.get(str(step.get("assignee")), str(step.get("assignee", "nobody")))
           for step in steps}  # fmt: skip
    for name, (middle, top, width) in places.items():
        shapes += [
            box(middle - width / 2, top, width, 54, "box", 8),
            text(middle, top + 24, _short(name, width), anchor="middle"),
            text(middle, top + 43, _short(who[name], width), anchor="middle", class_="faint"),
        ]
    says = " ".join(
        f"{name} is done by {who[name]}{f' from {_listed(from_)}' if from_ else ''}."
        for name, from_ in sources.items()
    )
    title = f"The plan: {plural(len(steps), 'step')}, from top to bottom"
    return picture("graph", title, says, len(rows) * _ROW - 24, *shapes)


def _rows(sources: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The steps by how many are before them on the longest way there."""
    rows: list[list[str]] = []
    left = dict(sources)
    while left:
        done = {name for row in rows for name in row}
        # A plan that ran has no circle; whatever was kept must not be able to hang the page.
        row = [name for name, from_ in left.items() if set(from_) <= done] or list(left)
        rows.append(row)
        left = {name: from_ for name, from_ in left.items() if name not in row}
    return rows


def _arrow(x: float, y: float, x2: float, y2: float) -> list[Node]:
    """A line, and a head on it that points the way it goes."""
    turn = math.degrees(math.atan2(y2 - y, x2 - x))
    head = element(
        "path", d="M0 0L-9 -4.5L-9 4.5Z", class_="head",
        transform=f"translate({x2:.1f} {y2 - 1:.1f}) rotate({turn:.1f})",
    )  # fmt: skip
    return [line(x, y, x2, y2 - 4, "line"), head]


def _short(said: str, width: float) -> str:
    most = max(4, int(width / 8))
    said = clip(said)
    return said if len(said) <= most else f"{said[: most - 3]}..."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)
