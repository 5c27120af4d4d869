"""The evidence: simulated interns do work shaped like published experiments.

For every mechanism: what was published, what comes out here, how far apart they are, how many
numbers were fitted to it, and how far off it is where what it says is left out of the fit.
Nothing here calls a formula of the behaviour model: work orders go through the chat model that
trials use (evidence_lab.py), and a refit simulates anew with other values (evidence_rows.py).

Run: python tests/benchmarks/evidence.py [--records 2000] [--json | --picture FILE.svg | --write]
`--write` puts the table into simulator/README.md, the picture beside it, and the figures into
tests/benchmarks/evidence.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from simulator.parameters import TIERS, Parameter, parameters, using
from tests.benchmarks import evidence_context, evidence_review, evidence_rules, evidence_work
from tests.benchmarks.evidence_lab import EFFORT
from tests.benchmarks.evidence_picture import picture
from tests.benchmarks.evidence_rows import Fit, Point, Row, fit
from tests.benchmarks.evidence_tables import README, markdown, terminal, write

ROWS: tuple[Row, ...] = (
    *evidence_rules.ROWS, *evidence_context.ROWS, *evidence_work.ROWS, *evidence_review.ROWS,
)  # fmt: skip
FIGURES = Path(__file__).with_suffix(".json")
PICTURE = README.with_name("evidence.svg")
FEW = 0.05
"""The share of the records by which one knows whether the figures are still those of interns."""


def fingerprint() -> str:
    """A mark of what comes out of every row, on a twentieth of the records."""
    with EFFORT.of(FEW):
        told = [[row.mechanism, [_measured(point) for point in row.points]] for row in ROWS]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _measured(point: Point) -> float | None:
    try:
        return round(point.measure(point.tier), 6)
    except ZeroDivisionError:
        return None  # nothing went wrong in so few


def rmse(errors: Sequence[float]) -> float | None:
    """The root of the mean square; None where there is nothing."""
    return math.sqrt(sum(e * e for e in errors) / len(errors)) if errors else None


def measured(row: Row, *, refit: bool = True) -> dict[str, Any]:
    """What comes out of a row."""
    simulated = [point.measure(point.tier) for point in row.points]
    errors = [value - p.mean for value, p in zip(simulated, row.points, strict=True)]
    points = [
        {"tier": p.tier, "condition": p.condition, "published": p.mean, "simulated": value}
        for value, p in zip(simulated, row.points, strict=True)
    ]
    found = fit(row, ROWS) if refit and row.fits else Fit()
    held = errors if row.hold == "nothing fitted" else found.held
    known = parameters()
    return {
        "mechanism": row.mechanism, "source": row.source, "counts": not row.judged,
        "rmse": rmse(errors), "rmse_held_out": rmse(held) if not row.judged else None,
        "held_out": row.hold, "fitted": row.fitted, "points": len(points),
        "parameters": {n: known[n].kind for n in row.fits}, "note": row.note,
        "best": found.values, "rmse_best": rmse(found.errors), "detail": points,
    }  # fmt: skip


def evidence(rows: Sequence[Row] = ROWS, *, refit: bool = True) -> dict[str, Any]:
    """All of these rows, one after the other."""
    found = []
    for row in rows:
        print(f"{row.mechanism} ...", file=sys.stderr, flush=True)
        found.append(measured(row, refit=refit))
    return summed_up(found)


def summed_up(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows, and the worst RMSE of those that count, in the fit and out of it."""
    counting = [one for one in found if one["counts"]]
    held = [one["rmse_held_out"] for one in counting if one["rmse_held_out"] is not None]
    return {
        "rows": found,
        "worst": max((one["rmse"] for one in counting), default=None),
        "worst_held_out": max(held, default=None),
        "records": EFFORT.records,
        "fingerprint": fingerprint(),
    }


def changed(values: Sequence[str]) -> dict[str, Parameter]:
    """Parameters with other values. Raises KeyError and ValueError for what is not such a value."""
    out: dict[str, Parameter] = {}
    for text in values:
        name, _, number = text.partition("=")
        name, _, tier = name.partition(".")
        old = out.get(name) or parameters()[name]
        if getattr(old, tier, None) is None or tier not in ("all", *TIERS):
            raise KeyError(tier)
        out[name] = old.model_copy(update={tier: float(number)})
    return out


def rounded(value: Any) -> Any:
    """Figures to four digits, so that they are the same on every machine."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, list) else value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--records", type=int, default=2000, help="records for a figure")
    parser.add_argument("--only", default="", help="rows whose mechanism has this in its name")
    parser.add_argument(
        "--value", action="append", default=[], metavar="NAME.TIER=NUMBER", help="try another value"
    )
    parser.add_argument("--no-refit", action="store_true", help="nothing left out: quicker")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--picture", type=Path, metavar="FILE.svg")
    parser.add_argument("--write", action="store_true", help="write the README's table and picture")
    options = parser.parse_args()
    if options.records < 50:
        parser.error("--records: write a number from 50")
    if options.write and (options.only or options.value or options.no_refit):
        parser.error("--write: writes all rows as they are; leave the other options out")
    EFFORT.records = options.records
    rows = [row for row in ROWS if options.only in row.mechanism]
    if not rows:
        parser.error(
            f"--only: no row is called so; there are: {', '.join(r.mechanism for r in ROWS)}"
        )
    try:
        tried = changed(options.value)
    except (KeyError, ValueError):
        parser.error("--value: write NAME.TIER=NUMBER, as in invent.small=0.5; TIER may be all")
    with using(tried):
        found = rounded(evidence(rows, refit=not options.no_refit))
    if options.picture:
        options.picture.write_text(picture(found["rows"]), "utf-8")
    if options.write:
        FIGURES.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
        PICTURE.write_text(picture(found["rows"]), "utf-8")
        write(markdown(found))
    print(json.dumps(found) if options.json else terminal(found))


if __name__ == "__main__":
    main()
