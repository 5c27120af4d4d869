"""What a calibration leaves behind: a persona's file, and a picture of what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import yaml

from agents.calibration.fit import Counts, Fitted, followed, handled
from agents.calibration.probes import VERSION, Cell
from scenarios.errors import printable
from scenarios.persona import Tier
from simulator.own import own_figures
from simulator.parameters import figures
from simulator.scoring.statistics import wilson

_ODDS = "odds."


def persona_text(
    id_: str, model: str, tier: Tier, fitted: Sequence[Fitted], price: float, seed: int
) -> str:
    """The file of a persona: what was measured with its interval, the rest in a comment."""
    shown = " ".join(printable(model).split())
    about = {
        "id": id_, "name": shown, "kind": "intern", "tier": tier,
        "cv": f"Calibrated on {shown}, with battery {VERSION} and seed {seed}.", "price": price,
        "seconds": 4,
    }  # fmt: skip
    lines = [yaml.safe_dump(about, sort_keys=False, allow_unicode=True, width=90).rstrip()]
    for key, prefix in (("figures", ""), ("odds", _ODDS)):
        its = [one for one in fitted if one.name.startswith(_ODDS) == bool(prefix)]
        if its:
            lines.append(f"{key}:")
        for one in its:
            name = one.name.removeprefix(prefix)
            said = f"95 % interval {one.low:.4g} to {one.high:.4g}, of {one.of} outcomes"
            lines.append(f"  {name}: {max(one.value, 0.0):.6g}  # {said}")
    lines.append(f"# Not measured, left as the tier's: {', '.join(not_measured(fitted))}.")
    return "\n".join(lines) + "\n"


def not_measured(fitted: Sequence[Fitted]) -> list[str]:
    """The figures of an intern that nothing was found out about, sorted."""
    found = {one.name for one in fitted}
    works = [f"{_ODDS}{work}" for work in ("judge", "write", "search", "review")]
    works += [f"{_ODDS}{work}" for work in ("read", "classify", "compute", "compare")]
    return sorted(name for name in (*own_figures(), *works) if name not in found)


def picture(model: str, tier: Tier, counts: Counts, fitted: Sequence[Fitted]) -> str:
    """An SVG: for each mechanism the measured shares with their intervals, and the fitted curve."""
    by = {one.name: one.value for one in fitted}
    groups: dict[str, list[Cell]] = {}
    for cell in sorted(counts, key=lambda c: (c.mechanism, c.late, _size(c), c.case)):
        groups.setdefault(cell.mechanism, []).append(cell)
    parts = [_text(20, 24, f"{printable(model)}: share right, with 95 % intervals", 15)]
    for number, (mechanism, cells) in enumerate(groups.items()):
        left, top = 20 + number % 2 * 400, 50 + number // 2 * 200
        parts.append(_text(left, top, mechanism, 13))
        for mark in (0, 0.5, 1):
            y = _y(top, mark)
            parts.append(f'<path d="M{left + 30} {y:.1f}h340" stroke="#ddd"/>')
            parts.append(_text(left, y + 4, f"{mark:g}", 10))
        curve = []
        for i, cell in enumerate(cells):
            x = left + 40 + (i + 0.5) * 330 / len(cells)
            right, of = counts[cell]
            low, high = (_y(top, end) for end in wilson(right / of, of))
            parts.append(f'<path d="M{x:.1f} {low:.1f}V{high:.1f}" stroke="#36c"/>')
            parts.append(f'<circle cx="{x:.1f}" cy="{_y(top, right / of):.1f}" r="3" fill="#36c"/>')
            late = " late" if cell.late else ""
            parts.append(_text(x - 14, top + 160, f"{cell.case}{late}", 10))
            share = _fitted(cell, by, tier)
            if share is not None:
                curve.append(f"{x:.1f},{_y(top, share):.1f}")
        if len(curve) > 1:
            points = " ".join(curve)
            parts.append(f'<polyline points="{points}" fill="none" stroke="#c33"/>')
    height = 60 + (len(groups) + 1) // 2 * 200
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="820" height="{height}" '
        f'font-family="sans-serif">\n<rect width="100%" height="100%" fill="#fff"/>\n'
        f"{body}\n</svg>\n"
    )


def _fitted(cell: Cell, by: dict[str, float], tier: Tier) -> float | None:
    """What the fitted curve says of a cell that lies on one (late rules lie below theirs)."""
    if cell.mechanism == "rules" and "follow_decay" in by and not cell.late:
        return followed(int(cell.case), by["follow_alone"], by["follow_decay"])
    if cell.mechanism == "batch" and "handled_n0" in by:
        return handled(int(cell.case), by["handled_n0"], figures(tier))
    return None


def _size(cell: Cell) -> int:
    return int(cell.case) if cell.case.isdigit() else 0


def _y(top: float, share: float) -> float:
    return top + 140 - share * 120


def _text(x: float, y: float, text: str, size: int) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}">{escape(text)}</text>'
