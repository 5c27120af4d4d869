"""The ladder of invoices: what each kind of management buys, each rung against the one before.

Prints reliability on practice and on sealed records, wrong records and loss for every reference
plan, paired differences from rung to rung on the same draws, what share of the loss rules,
splitting and detection prevent, and what taking any one thing out of the expert plan costs.
Run: python tests/benchmarks/ladder.py [--trials 200] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agents.session import Session
from scenarios import find_scenario, load_cast, load_plan, load_scenario
from scenarios.plans.plan import Plan
from scenarios.plans.removals import load_removals, plan_without
from simulator.scoring.evaluation import Evaluation, paired
from simulator.scoring.statistics import Estimate

RUNGS = ("naive", "rules", "split", "examples", "sum-check", "expert")
BESIDE = ("empty", "sum-check-without-rules")
VOICES = ("expert-terse", "expert-bulleted", "expert-chatty", "expert-non-native")
PREVENTED = {
    "rules": ("naive", "rules"),
    "split": ("rules", "examples"),
    "detection": ("examples", "expert"),
}


class Ladder:
    """Evaluates plans of invoices, each once."""

    def __init__(self, trials: int, jobs: int) -> None:
        folder = find_scenario("invoices")
        self.folder = folder if folder.is_dir() else folder.parent
        self.scenario = load_scenario(self.folder)
        self.cast = load_cast()
        self.trials, self.jobs = trials, jobs
        self.known: dict[tuple[str, str], Evaluation] = {}

    def file(self, name: str) -> Path:
        return self.folder / "plans" / f"{name}.yaml"

    def run(self, name: str, lot: Any = "practice") -> Evaluation:
        if (name, lot) not in self.known:
            plan = load_plan(self.file(name)).plan
            self.known[name, lot] = self.evaluate(plan, lot)
        return self.known[name, lot]

    def evaluate(self, plan: Plan, lot: Any = "practice") -> Evaluation:
        session = Session(self.scenario, plan, self.cast)
        return session.evaluate(lot, seed=1, trials=self.trials, jobs=self.jobs)

    def row(self, name: str) -> dict[str, Any]:
        practice, sealed = self.run(name), self.run(name, "sealed")
        return {
            "plan": name,
            **{
                f"reliability_{lot}": mean(run.reliability)
                for lot, run in (("practice", practice), ("sealed", sealed))
            },
            **{
                metric: mean(practice.mean(metric))
                for metric in (
                    "wrong_records",
                    "loss",
                    "cost",
                    "minutes",
                    "your_minutes",
                    "escalations",
                )
            },
            "top_cause": next(iter(practice.blame)).cause if practice.blame else None,
        }

    def steps(self) -> list[dict[str, Any]]:
        rows = []
        for before, after in pairwise(RUNGS):
            a, b = self.run(before), self.run(after)
            rows.append(
                {"from": before, "to": after}
                | {metric: paired(a, b, metric)._asdict() for metric in ("wrong_records", "loss")}
            )
        return rows

    def prevented(self) -> dict[str, float]:
        """Shares of the loss between the naive and the expert plan, by what prevented it."""
        loss = {name: mean(self.run(name).mean("loss")) for name in RUNGS}
        whole = loss["naive"] - loss["expert"]
        return {what: (loss[a] - loss[b]) / whole for what, (a, b) in PREVENTED.items()}

    def removals(self) -> list[dict[str, Any]]:
        listed = load_removals(self.folder / "plans" / "removals.yaml")
        whole = self.run(listed.plan)
        rows = []
        for removal in listed.removals:
            plans = self.folder / "plans"
            plan = plan_without(plans, listed.plan, removal, self.scenario, self.cast)
            other = self.evaluate(plan)
            effect = paired(whole, other, "loss")
            rows.append({"without": removal.name, "loss": effect._asdict(),
                         "reliability": mean(other.reliability)})  # fmt: skip
        return rows


def markdown(name: str, practice: Evaluation, sealed: Evaluation) -> str:
    """A plan's row of the README's table."""
    cells = [
        name,
        f"{mean(practice.reliability):.1%}",
        f"{mean(sealed.reliability):.1%}",
        *(f"{mean(practice.mean(m)):,.2f}" for m in ("wrong_records", "loss", "cost", "minutes")),
        f"{mean(practice.mean('escalations')):.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def mean(estimate: Estimate | None) -> float:
    assert estimate is not None
    return estimate.mean


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true", help="the rows of the README's table")
    arguments = parser.parse_args()
    ladder = Ladder(arguments.trials, arguments.jobs)
    if arguments.markdown:
        for name in RUNGS:
            print(markdown(name, ladder.run(name), ladder.run(name, "sealed")))
        return
    rows = [ladder.row(name) for name in (*BESIDE[:1], *RUNGS, *BESIDE[1:], *VOICES)]
    found: dict[str, Any] = {"rows": rows, "steps": ladder.steps(), "prevented": ladder.prevented(),
             "removals": ladder.removals()}  # fmt: skip
    if arguments.json:
        print(json.dumps(found))
        return
    print(f"{'plan':26}{'practice':>9}{'sealed':>8}{'wrong':>7}{'loss':>9}{'cost':>6}{'min':>6}"
          f"{'yours':>7}{'passed up':>10}  top cause")  # fmt: skip
    for r in rows:
        print(f"{r['plan']:26}{r['reliability_practice']:9.1%}{r['reliability_sealed']:8.1%}"
              f"{r['wrong_records']:7.2f}{r['loss']:9.0f}{r['cost']:6.2f}{r['minutes']:6.1f}"
              f"{r['your_minutes']:7.2f}{r['escalations']:10.2f}  {r['top_cause']}")  # fmt: skip
    print("\nfrom rung to rung (paired, 95 %)")
    for step in found["steps"]:
        w, loss = step["wrong_records"], step["loss"]
        print(f"  {step['from']:>10} -> {step['to']:10} wrong {w['mean']:+7.2f} "
              f"({w['low']:+.2f} to {w['high']:+.2f})  loss {loss['mean']:+9.0f} "
              f"({loss['low']:+.0f} to {loss['high']:+.0f})")  # fmt: skip
    shares = ", ".join(f"{what} {share:.1%}" for what, share in found["prevented"].items())
    print(f"\nshares of the loss prevented: {shares}")
    print("\nthe expert plan without ... (paired difference of mean loss, 95 %)")
    for row in found["removals"]:
        loss = row["loss"]
        span = f"{loss['low']:+.1f} to {loss['high']:+.1f}"
        print(f"  {row['without']:36} {loss['mean']:+9.1f} ({span})"
              f"  reliability {row['reliability']:.1%}")  # fmt: skip


if __name__ == "__main__":
    main()
