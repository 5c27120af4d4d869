"""Does the coach find the fault? Faults are planted in expert plans, one at a time.

Every removal that an author listed, and each intern's step given to the weakest one. Only faults
that cost something beyond noise count. A fault is repaired if the coach's first suggestion makes
up nine tenths of the damage, or half of it and the rest is within noise of the expert.
For each suggestion: does its predicted interval hold what the edit does on other seeds?

Run: python tests/benchmarks/planted.py [--trials 48] [--fresh 200] [--scenario NAME] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agents.session import Session
from scenarios import library, load_cast, load_plan, load_scenario
from scenarios.plan import Plan
from scenarios.removals import load_removals, plan_without
from simulator import statistics
from simulator.coaching import suggest
from simulator.coaching.change import edited
from simulator.evaluation import Evaluation, paired

NEARLY = 0.9
FRESH_SEED = 1001
WEAKEST = "pip"


class Bench:
    """One scenario's expert, and the faults to plant in it."""

    def __init__(self, name: str, trials: int) -> None:
        path = library()[name]
        self.folder = (path if path.is_dir() else path.parent) / "plans"
        self.name, self.trials = name, trials
        self.scenario, self.cast = load_scenario(path), load_cast()
        self.expert = load_plan(self.folder / "expert.yaml").plan

    def run(self, plan: Plan, trials: int, seed: int = 1) -> Evaluation:
        return Session(self.scenario, plan, self.cast).evaluate(seed=seed, trials=trials)

    def faults(self) -> Iterator[tuple[str, str, Plan]]:
        """(kind, name, the plan with the fault)."""
        for removal in load_removals(self.folder / "removals.yaml").removals:
            plan = plan_without(self.folder, "expert", removal, self.scenario, self.cast)
            yield removal.name.split()[0], removal.name, plan
        for step in self.expert.steps:
            who = self.cast.get(step.assignee)
            if who is not None and who.kind == "intern" and who.id != WEAKEST:
                plan = edited(self.expert, step, assignee=WEAKEST)
                yield "assignment", f"{step.id} to {WEAKEST}", plan

    def tried(self, fresh: int) -> Iterator[dict[str, Any]]:
        best = self.run(self.expert, self.trials)
        for kind, name, plan in self.faults():
            bad = self.run(plan, self.trials)
            damage = paired(best, bad, "loss")
            if damage.low is None or damage.low <= 0:
                continue
            print(f"{self.name}: {name} ...", file=sys.stderr, flush=True)
            advice = suggest(bad, self.cast, self.run)
            row: dict[str, Any] = {
                "scenario": self.name, "kind": kind, "fault": name, "damage": damage.mean,
                "repaired": False, "suggestion": None, "answer": None, "left": None,
                "covered": None,
                "causes": [[*key] for key in list(bad.blame)[:4]],
            }  # fmt: skip
            if advice:
                first = advice[0]
                left = paired(best, self.run(first.change.plan, self.trials), "loss")
                # Few trials make wide intervals: half of the damage left is no repair.
                within = left.low is not None and left.low <= 0 and left.mean < damage.mean / 2
                row |= {
                    "suggestion": first.change.kind, "answer": first.change.answer,
                    "left": left.mean,
                    "repaired": within or left.mean <= (1 - NEARLY) * damage.mean,
                }  # fmt: skip
                if fresh:
                    row["covered"] = self.covers(plan, first.change.plan, first.loss, fresh)
            done = "repaired" if row["repaired"] else "not repaired"
            print(f"  {done} by {row['answer']}", file=sys.stderr, flush=True)
            yield row

    def covers(self, plan: Plan, other: Plan, said: statistics.Estimate, fresh: int) -> bool | None:
        if said.low is None or said.high is None:
            return None
        runs = [self.run(one, fresh, FRESH_SEED) for one in (plan, other)]
        return said.low <= paired(runs[0], runs[1], "loss").mean <= said.high


def shares(rows: list[dict[str, Any]], what: str) -> dict[str, Any]:
    """By kind and together: how many of how many, and Wilson's interval."""
    found = {}
    for kind in (*dict.fromkeys(row["kind"] for row in rows), "all"):
        said = [r[what] for r in rows if kind in (r["kind"], "all") and r[what] is not None]
        if said:
            rate = statistics.reliability([[bool(one)] for one in said])
            found[kind] = {"of": len(said), "right": sum(said), "share": rate}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=48)
    parser.add_argument("--fresh", type=int, default=200, help="trials on other seeds; 0 for none")
    parser.add_argument("--scenario", choices=sorted(library()))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    names = [given.scenario] if given.scenario else sorted(library())
    rows = [row for name in names for row in Bench(name, given.trials).tried(given.fresh)]
    told = {"repaired": shares(rows, "repaired"), "covered": shares(rows, "covered")}
    if given.json:
        print(json.dumps({"schema": 1, **told, "faults": rows}, indent=1))
        return
    for row in rows:
        mark = "ok " if row["repaired"] else "NOT"
        print(f"{mark} {row['scenario']}: {row['fault']} ({row['damage']:.4g}) -> {row['answer']}")
        if not row["repaired"]:
            print(f"      left {row['left']}; causes {row['causes']}")
    for what, kinds in told.items():
        for kind, one in kinds.items():
            _, low, high = one["share"]
            bounds = "" if low is None else f"  [{low:.2f}, {high:.2f}]"
            print(f"{what} {kind}: {one['right']} of {one['of']}{bounds}")


if __name__ == "__main__":
    main()
