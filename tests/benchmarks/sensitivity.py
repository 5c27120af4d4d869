"""What if the judged values are wrong? Each is moved by 30 % alone, and all together at random.

For every scenario of the library its reference plans (the voices of one plan count once) are put in
order by mean loss and by reliability; Kendall's tau (b, for ties) says how like the stock order
that is. What the coach would say first of the naive plan is compared too, in the random draws. The
luck is the same throughout, so what changes is the values' doing.

Run: python tests/benchmarks/sensitivity.py [--trials 8] [--draws 5] [--scenario NAME]
     [--json] [--write]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agents.session import Session
from scenarios import library, load_cast, load_plan, load_scenario
from scenarios.plans.plan import Plan
from simulator.parameters import TIERS, Parameter, parameters, using
from tests.benchmarks.evidence_tables import write

RANGE = 0.3
FIRST = "naive"
"""The plan of which the coach is asked."""
LEAST = 0.8
"""The tau that is aimed at."""
BEGIN, END = "<!-- sensitivity:begin -->", "<!-- sensitivity:end -->"
NO_PLANS = ("removals", "bands")
Orders = dict[str, list[float]]


class Bench:
    """The reference plans of one scenario."""

    def __init__(self, name: str, trials: int) -> None:
        path = library()[name]
        folder = path if path.is_dir() else path.parent
        self.name, self.trials = name, trials
        self.scenario, self.cast = load_scenario(path), load_cast()
        self.plans: dict[str, Plan] = {
            file.stem: load_plan(file).plan
            for file in sorted((folder / "plans").glob("*.yaml"))
            if file.stem not in NO_PLANS and not file.stem.startswith("expert-")
        }

    def session(self, plan: str) -> Session:
        return Session(self.scenario, self.plans[plan], self.cast)

    def measure(self) -> Orders:
        """The mean loss and the reliability of every plan, in the order of the plans."""
        out: Orders = {"loss": [], "reliability": []}
        for plan in self.plans:
            found = self.session(plan).evaluate(trials=self.trials)
            loss, reliability = found.mean("loss"), found.reliability
            assert loss is not None
            assert reliability is not None
            out["loss"].append(loss.mean)
            out["reliability"].append(reliability.mean)
        return out

    def advice(self) -> str | None:
        """What the coach says first."""
        advice = self.session(FIRST).explain(trials=self.trials).advice
        return advice[0].change.says if advice else None


def kendall(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Kendall's tau-b of two lists in the same order; None where one of them is all ties."""
    pairs = list(combinations(range(len(a)), 2))
    signs = [(_sign(a[i] - a[j]), _sign(b[i] - b[j])) for i, j in pairs]
    sizes = [sum(pair[side] != 0 for pair in signs) for side in (0, 1)]
    if not all(sizes):
        return None
    together = sum(x * y for x, y in signs)
    return float(together / (sizes[0] * sizes[1]) ** 0.5)


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)


def judged() -> dict[str, Parameter]:
    """The parameters that were set by judgement, but for those that are nought."""
    return {
        name: one
        for name, one in parameters().items()
        if one.kind == "judged" and any(one.of(tier) for tier in TIERS)
    }


def times(parameter: Parameter, factor: float) -> Parameter:
    """A parameter, multiplied. What is under 1 is a share or a chance, and stays so."""
    keys = ("all",) if parameter.all is not None else TIERS
    values = {key: getattr(parameter, key) for key in keys}
    return parameter.model_copy(
        update={k: min(v * factor, 1.0) if v < 1.0 else v * factor for k, v in values.items()}
    )


def compare(benches: Sequence[Bench], stock: Mapping[str, Orders]) -> dict[str, Any]:
    """Tau by scenario and figure, and their medians."""
    found: dict[str, dict[str, float | None]] = {}
    for bench in benches:
        now = bench.measure()
        found[bench.name] = {what: kendall(stock[bench.name][what], now[what]) for what in now}
    return {"scenarios": found, **{what: middle(found, what) for what in ("loss", "reliability")}}


def middle(found: Mapping[str, Mapping[str, float | None]], what: str) -> float | None:
    values = [one[what] for one in found.values()]
    known = [value for value in values if value is not None]
    return median(known) if known else None


def sensitivity(names: Sequence[str], trials: int, draws: int, alone: bool) -> dict[str, Any]:
    """All of it; see the module."""
    benches = [Bench(name, trials) for name in names]
    stock = {bench.name: bench.measure() for bench in benches}
    says = {bench.name: bench.advice() for bench in benches}
    values = judged()
    apart = []
    for name, factor in [(n, f) for n in values for f in (1 - RANGE, 1 + RANGE)] if alone else []:
        print(f"{name} x {factor:g} ...", file=sys.stderr, flush=True)
        with using({name: times(values[name], factor)}):
            apart.append({"parameter": name, "factor": factor, **compare(benches, stock)})
    luck, drawn = random.Random(1), []
    for draw in range(draws):
        print(f"all together, {draw + 1} of {draws} ...", file=sys.stderr, flush=True)
        moved = {n: times(p, luck.uniform(1 - RANGE, 1 + RANGE)) for n, p in values.items()}
        with using(moved):
            same = {bench.name: bench.advice() == says[bench.name] for bench in benches}
            drawn.append({**compare(benches, stock), "same_advice": same})
    return {
        "trials": trials, "range": RANGE, "judged": list(values),
        "plans": {bench.name: list(bench.plans) for bench in benches},
        "alone": apart, "together": summary(drawn), "draws": drawn,
    }  # fmt: skip


def summary(drawn: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Over all draws and scenarios: the median and the least tau, how often the advice stays."""
    out: dict[str, Any] = {"draws": len(drawn)}
    for what in ("loss", "reliability"):
        taus = [one[what] for draw in drawn for one in draw["scenarios"].values()]
        known = [tau for tau in taus if tau is not None]
        out[what] = {"median": median(known), "least": min(known)} if known else None
    same = [stays for draw in drawn for stays in draw["same_advice"].values()]
    out["same_advice"] = sum(same) / len(same) if same else None
    return out


def shown(found: Mapping[str, Any]) -> str:
    """The tables for a terminal."""
    lines = [
        f"{'judged value moved':26}{'by':>6}{'tau, loss':>11}{'least':>8}{'tau, reliability':>18}"
    ]
    for row in found["alone"]:
        known = [s["loss"] for s in row["scenarios"].values() if s["loss"] is not None]
        taus = f"{figure(row['loss']):>11}{figure(min(known, default=None)):>8}"
        taus += f"{figure(row['reliability']):>18}"
        lines.append(f"{row['parameter']:26}{row['factor']:6.1f}{taus}")
    both = found["together"]
    for what in ("loss", "reliability"):
        if both[what]:
            taus = f"median {figure(both[what]['median'])}, least {figure(both[what]['least'])}"
            lines.append(f"all together, tau by {what}: {taus} ({both['draws']} draws)")
    if both["same_advice"] is not None:
        lines.append(f"the coach's first suggestion stays in {both['same_advice']:.0%}")
    return "\n".join(lines)


def markdown(found: Mapping[str, Any]) -> str:
    """The block of simulator/README.md."""
    both, plans = found["together"], sum(map(len, found["plans"].values()))
    loss, reliability = both["loss"], both["reliability"]
    known = [(s["loss"], row) for row in found["alone"] for s in row["scenarios"].values()]
    taus = [(tau, row["parameter"]) for tau, row in known if tau is not None]
    shaky = sorted({name for tau, name in taus if tau < LEAST})
    lines = [
        BEGIN,
        "<!-- Written by `python tests/benchmarks/sensitivity.py --write`. -->",
        f"With all judged values drawn anew within ±{found['range'] * 100:.0f} % "
        f"({both['draws']} draws, {found['trials']} trials,",
        f"{plans} plans of {len(found['plans'])} scenarios) the order of",
        f"a scenario's plans by mean loss keeps a Kendall tau of {figure(loss['median'])} in the "
        f"median and {figure(loss['least'])} at the least, by",
        f"reliability {figure(reliability['median'])} and {figure(reliability['least'])}; the "
        f"coach's first suggestion on the naive plan stays in {both['same_advice']:.0%}.",
    ]
    if taus:
        lines.append(
            f"One value alone, 30 % up or down, leaves tau by loss at {figure(min(taus)[0])} "
            "or more" + (f"; under {LEAST} with {', '.join(shaky)}." if shaky else ".")
        )
    return "\n".join([*lines, END])


def figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--trials", type=int, default=8)
    parser.add_argument("--draws", type=int, default=5, help="random draws of all values together")
    parser.add_argument("--scenario", action="append", choices=sorted(library()))
    parser.add_argument("--together", action="store_true", help="only all values together")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true", help="write what the README says of it")
    options = parser.parse_args()
    if options.trials < 1 or options.draws < 0:
        parser.error("--trials: write a number from 1; --draws: one from 0")
    names = options.scenario or sorted(library())
    found = sensitivity(names, options.trials, options.draws, not options.together)
    if options.write and options.draws:
        write(markdown(found), BEGIN, END)
    print(json.dumps(found) if options.json else shown(found))


if __name__ == "__main__":
    main()
