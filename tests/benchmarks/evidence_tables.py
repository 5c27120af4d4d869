"""What the evidence prints: a table for a terminal, the block of simulator/README.md."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

README = Path(__file__).resolve().parents[2] / "simulator" / "README.md"
BEGIN, END = "<!-- evidence:begin -->", "<!-- evidence:end -->"
LEFT_OUT = {
    "point": "a point", "model": "a model or task", "row": "the source", "none": "nothing else",
    "nothing fitted": "not fitted to",
}  # fmt: skip


def short(share: float | None) -> str:
    """A share with two digits (three where it is small) and no zero before the point."""
    if share is None:
        return "-"
    return f"{share:.3f}".replace("0.", ".", 1)


def terminal(found: Mapping[str, Any]) -> str:
    """Every row with its points; rows on judged values are marked and do not count."""
    lines = []
    for row in found["rows"]:
        mark = "" if row["counts"] else "  (judged: does not count)"
        lines.append(f"\n{row['mechanism']}{mark}: {row['source']}")
        for p in row["detail"]:
            lines.append(
                f"  {p['tier']:9} {p['condition']:18} published {short(p['published']):>6}"
                f"  simulated {short(p['simulated']):>6}"
            )
        held = f"left out ({LEFT_OUT[row['held_out']]}) {short(row['rmse_held_out'])}"
        lines.append(
            f"  RMSE {short(row['rmse'])}, {held}; {row['fitted']} fitted, {row['points']} points"
        )
        if row["best"]:
            values = ", ".join(f"{name} {value:g}" for name, value in row["best"].items())
            lines.append(f"  best for these points: {values} (RMSE {short(row['rmse_best'])})")
        if row["note"]:
            lines.append(f"  {row['note']}")
    counting = [row for row in found["rows"] if row["counts"]]
    near = sum(row["rmse"] <= 0.05 for row in counting)
    lines.append(f"\n{near} of {len(counting)} rows that count are within .05; the worst is "
                 f"{short(found['worst'])}, left out {short(found['worst_held_out'])}")  # fmt: skip
    return "\n".join(lines)


def markdown(found: Mapping[str, Any]) -> str:
    """The block of simulator/README.md."""
    rows = [row for row in found["rows"] if row["counts"]]
    judged = [row for row in found["rows"] if not row["counts"]]
    near = sum(row["rmse"] <= 0.05 for row in rows)
    held = [row["rmse_held_out"] for row in rows if row["rmse_held_out"] is not None]
    return "\n".join(
        [
            BEGIN,
            "<!-- Written by `python tests/benchmarks/evidence.py --write`. -->",
            f"Each simulated figure rests on {found['records']:,} records or more (within "
            f"{short(0.98 / found['records'] ** 0.5)}, 95 %). Of {len(rows)} rows that count,",
            f"{near} are within .05; {sum(one <= 0.1 for one in held)} of the {len(held)} that can "
            "leave something out are within .10 there.",
            "",
            *_table(rows),
            "",
            "On judged values, which do not count:",
            "",
            *_table(judged),
            END,
        ]
    )


def _table(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    out = [
        "| mechanism and source | published → simulated | RMSE | fitted / points | left out | RMSE "
        "|",
        "|---|---|---:|---:|---|---:|",
    ]
    for row in rows:
        points = "; ".join(_tier(row, tier) for tier in ("small", "mid", "frontier"))
        note = f" *{row['note']}*" if row["note"] else ""
        out.append(
            f"| **{row['mechanism']}**: {row['source']}.{note} | {points.strip('; ')} "
            f"| {short(row['rmse'])} | {row['fitted']} / {row['points']} "
            f"| {LEFT_OUT[row['held_out']]} | {short(row['rmse_held_out'])} |"
        )
    return out


def _tier(row: Mapping[str, Any], tier: str) -> str:
    """The means of a tier over its conditions."""
    points = [p for p in row["detail"] if p["tier"] == tier]
    if not points:
        return ""
    means = [sum(p[key] for p in points) / len(points) for key in ("published", "simulated")]
    return f"{tier} {short(means[0])} → {short(means[1])}"


def block(text: str, begin: str = BEGIN, end: str = END) -> tuple[int, int]:
    """Where the block begins and ends in a text. Raises ValueError where it has no marks."""
    start = text.index(begin)
    return start, text.index(end, start) + len(end)


def write(shown: str, begin: str = BEGIN, end: str = END, path: Path = README) -> None:
    """Put the block where its marks are."""
    text = path.read_text("utf-8")
    try:
        first, last = block(text, begin, end)
    except ValueError:
        sys.exit(f"{path.name}: has no {begin} and {end}; put them where the block belongs")
    path.write_text(text[:first] + shown + text[last:], "utf-8")
