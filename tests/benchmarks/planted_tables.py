"""What came of planted faults: kept as it was run, counted, and as the README says it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

from simulator.scoring import statistics

RECORD = Path(__file__).with_name("planted.json")
BEGIN, END = "<!-- planted:begin -->", "<!-- planted:end -->"
COUNTED = ("repaired", "aimed", "covered")
Row = Mapping[str, Any]


def keep(scenario: str, trials: int, samples: int, rows: Sequence[Row]) -> None:
    """Keep a scenario's rows beside those of the others."""
    known = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    known[scenario] = {"trials": trials, "samples": samples, "faults": list(rows)}
    text = json.dumps(dict(sorted(known.items())), indent=1, ensure_ascii=False)
    RECORD.write_text(text + "\n", "utf-8")


def shares(rows: Sequence[Row], what: str) -> dict[str, Any]:
    """By kind and together: how many of how many, and Wilson's interval."""
    found = {}
    for kind in (*dict.fromkeys(row["kind"] for row in rows), "all"):
        said = [r[what] for r in rows if kind in (r["kind"], "all") and r[what] is not None]
        if said:
            rate = statistics.reliability([[bool(one)] for one in said])
            found[kind] = {"of": len(said), "right": sum(said), "share": rate}
    return found


def counted(rows: Sequence[Row]) -> dict[str, Any]:
    return {what: shares(rows, what) for what in COUNTED}


def as_text(rows: Sequence[Row]) -> str:
    said = []
    for row in rows:
        mark = "ok " if row["aimed"] else "by other means" if row["repaired"] else "NOT"
        said.append(
            f"{mark} {row['scenario']}: {row['fault']} ({row['damage']:.4g}) -> {row['answer']}"
        )
        if not row["repaired"]:
            said.append(f"      left {row['left']}; causes {row['causes']}; others {row['others']}")
    for what, kinds in counted(rows).items():
        for kind, one in kinds.items():
            said.append(f"{what} {kind}: {one['right']} of {one['of']}  {_bounds(one)}".rstrip())
    return "\n".join(said)


def markdown(kept: Mapping[str, Any]) -> str:
    """The block of simulator/README.md."""
    rows = [row for one in kept.values() for row in one["faults"]]
    all_ = {what: kinds.get("all") for what, kinds in counted(rows).items()}
    told = ", ".join(
        f"*{name}* {sum(row['repaired'] for row in one['faults'])} of {len(one['faults'])}"
        for name, one in kept.items()
    )
    runs = " and ".join(dict.fromkeys(
        f"{one['trials']} trials and {one['samples']} fresh samples" for one in kept.values()
    ))  # fmt: skip
    missed = [f"| {row['scenario']} | {row['fault']} |" for row in rows if not row["repaired"]]
    table = ["", "| not mended | |", "| --- | --- |", *missed] if missed else []
    said = (
        "The first suggestion on an expert's plan with one planted fault mended "
        f"{_of(all_['repaired'])} of those that cost something: {told}. In {_of(all_['aimed'])} it "
        "put back what had been spoilt, else it mended by other means. What it predicted and what "
        "it did on fresh draws differed by no more than the intervals of both allow for in "
        f"{_of(all_['covered'])}; {runs}."
    )
    by = "<!-- Written by `python tests/benchmarks/planted.py --write`. -->"
    return "\n".join([BEGIN, by, *wrap(said, 100, break_on_hyphens=False), *table, END])


def _of(one: Mapping[str, Any] | None) -> str:
    return f"{one['right']} of {one['of']} {_bounds(one)}".rstrip() if one else "none"


def _bounds(one: Mapping[str, Any]) -> str:
    share, low, high = one["share"]
    between = "" if low is None else f", 95 %: {100 * low:.0f} to {100 * high:.0f} %"
    return f"({100 * share:.0f} %{between})"
