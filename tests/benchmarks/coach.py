"""How long the coach takes on each scenario's naive and expert plan, one process.

Run: python tests/benchmarks/coach.py [--trials 80]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agents.session import Session
from scenarios import library, load_cast, load_plan, load_scenario
from simulator.coaching import suggest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=80)
    given = parser.parse_args()
    for name, path in sorted(library().items()):
        folder = path if path.is_dir() else path.parent
        scenario, cast = load_scenario(path), load_cast()
        for file in ("naive", "expert"):
            plan = load_plan(folder / "plans" / f"{file}.yaml").plan
            attempt = Session(scenario, plan, cast).evaluate(trials=given.trials)
            tried: list[int] = []

            def simulate(plan, trials, scenario=scenario, cast=cast, tried=tried):  # type: ignore[no-untyped-def]
                tried.append(trials)
                return Session(scenario, plan, cast).evaluate(trials=trials)

            start = time.perf_counter()
            advice = suggest(attempt, cast, simulate)
            took = time.perf_counter() - start
            print(f"{name} {file}: {took:.1f} s, {len(tried)} runs, {len(advice)} suggestions")


if __name__ == "__main__":
    main()
