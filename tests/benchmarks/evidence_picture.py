"""The picture of the evidence: published against simulated, a small field for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any

COLUMNS, SIDE, GAP, HEAD, TOP = 6, 110, 28, 40, 46
MARKS = {"small": ("#b3541e", "circle"), "mid": ("#20639b", "square"),
         "frontier": ("#2f7d4f", "diamond")}  # fmt: skip
TEXT = 'font-family="sans-serif" font-size="11" fill="#222"'


def picture(rows: Sequence[Mapping[str, Any]]) -> str:
    """An SVG of all rows: what lies on the diagonal came out as published."""
    lines = -(-len(rows) // COLUMNS)
    width = COLUMNS * (SIDE + GAP) + GAP
    height = TOP + lines * (SIDE + GAP + HEAD)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">',
        "<title>Published against simulated, by mechanism</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{GAP}" y="20" {TEXT}>across: published, up: simulated, 0 to 1; '
        "the grey band is .05 either way; dashed: on judged values</text>",
    ]
    for n, (tier, (colour, shape)) in enumerate(MARKS.items()):
        x = GAP + 6 + n * 90
        parts += [mark(shape, x, 33, colour), f'<text x="{x + 9}" y="37" {TEXT}>{tier}</text>']
    for n, row in enumerate(rows):
        left = GAP + n % COLUMNS * (SIDE + GAP)
        top = TOP + n // COLUMNS * (SIDE + GAP + HEAD) + HEAD
        parts += _field(row, left, top)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _field(row: Mapping[str, Any], left: int, top: int) -> list[str]:
    right, bottom, off = left + SIDE, top + SIDE, SIDE * 0.05
    dash = "" if row["counts"] else ' stroke-dasharray="3 3"'
    band = (
        f"{left},{bottom} {left},{bottom - off} {right - off},{top} {right},{top} "
        f"{right},{top + off} {left + off},{bottom}"
    )
    title = wrap(f"{row['mechanism']} ({row['rmse']:.2f})".replace("(0.", "(."), 21)[:3]
    return [
        *(f'<text x="{left}" y="{top - 5 - 12 * (len(title) - 1 - i)}" {TEXT}>{escape(line)}</text>'
          for i, line in enumerate(title)),
        f'<polygon points="{band}" fill="#e6e6e6"/>',
        f'<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#777"'
        f"{dash}/>",
        *(mark(MARKS[p["tier"]][1], left + SIDE * within(p["published"]),
               bottom - SIDE * within(p["simulated"]), MARKS[p["tier"]][0])
          for p in row["detail"]),
    ]  # fmt: skip


def within(share: float) -> float:
    """A share as far as the field goes."""
    return min(1.0, max(0.0, share))


def mark(shape: str, x: float, y: float, colour: str) -> str:
    """A tier's mark: its colour is not all that tells it."""
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
    turn = f' transform="rotate(45 {x:.1f} {y:.1f})"' if shape == "diamond" else ""
    return f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="{colour}"{turn}/>'
