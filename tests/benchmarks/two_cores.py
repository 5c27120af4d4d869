"""What a second process buys: an evaluation and its coach, with one process and with two.

Wall time is what a user waits for, and means something only on an idle machine (the load is printed
beside it); the aim is a ratio of 1.8. Each is run once unmeasured, so that neither number of
processes finds in memory what the other has read, and then with one and two in turns: the ratio
is of the medians, `least` and `most` of single turns. Processor time means something anywhere:
`balance` is what all processes together took over what the busiest of them took, the most that the
wall can gain. Run:
python tests/benchmarks/two_cores.py [--trials N] [--turns N] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agents import session as sessions
from agents.session import Session
from agents.team import CompiledTeam
from scenarios import Plan, Scenario, find_scenario, load_cast, load_plan, load_scenario
from simulator.scoring.evaluation import Scored
from simulator.trial import TrialKey

SCORE = sessions._score
AIM = 1.8


def _timed(team: CompiledTeam, chunk: Sequence[TrialKey]) -> list[Scored]:
    before = time.process_time()
    scored = SCORE(team, chunk)
    with LOG.open("a") as file:
        file.write(f"{os.getpid()} {time.process_time() - before}\n")
    return scored


LOG = Path(tempfile.gettempdir()) / f"two-cores-{os.getpid()}"
"""Where each process says what its trials took."""


def measure(run: Callable[[int], object], turns: int) -> dict[str, float]:
    """Seconds with one process and with two, the ratio, and how evenly two share the work."""
    walls: dict[int, list[float]] = {1: [], 2: []}
    own = 0.0
    run(1)
    for _ in range(turns):
        for jobs in (1, 2):
            LOG.write_text("")
            start, before = time.perf_counter(), time.process_time()
            run(jobs)
            walls[jobs].append(time.perf_counter() - start)
            own = time.process_time() - before
    spent: Counter[str] = Counter()
    for line in LOG.read_text().splitlines():
        pid, seconds = line.split()
        spent[pid] += float(seconds)  # type: ignore[assignment]
    LOG.unlink()
    one, two = (median(walls[jobs]) for jobs in (1, 2))
    ratios = [a / b for a, b in zip(walls[1], walls[2], strict=True)]
    return {
        "one_s": one, "two_s": two, "ratio": one / two, "least": min(ratios), "most": max(ratios),
        "parent_cpu_s": own, "workers_cpu_s": sum(spent.values()),
        "balance": (own + sum(spent.values())) / (own + max(spent.values())),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=400)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    sessions._score = _timed
    folder = find_scenario("invoices")
    folder = folder.parent if folder.is_file() else folder
    scenario = load_scenario(folder)
    rows: dict[str, Any] = {}
    for name in ("naive", "expert"):
        plan = load_plan(folder / "plans" / f"{name}.yaml").plan
        rows[f"{name}: evaluate"] = measure(
            _evaluating(scenario, plan, arguments.trials), arguments.turns
        )
        rows[f"{name}: explain"] = measure(
            _explaining(scenario, plan, arguments.trials // 4), arguments.turns
        )
    if arguments.json:
        print(json.dumps({"aim": AIM, "load": os.getloadavg()[0], "rows": rows}))
        return
    print(
        f"the aim is a ratio of {AIM}; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors"
    )
    for what, row in rows.items():
        print(f"{what:18}", *(f"{name} {value:7.2f}" for name, value in row.items()))


def _evaluating(scenario: Scenario, plan: Plan, trials: int) -> Callable[[int], object]:
    cast = load_cast()
    return lambda jobs: Session(scenario, plan, cast).evaluate(trials=trials, jobs=jobs)


def _explaining(scenario: Scenario, plan: Plan, trials: int) -> Callable[[int], object]:
    cast = load_cast()
    return lambda jobs: Session(scenario, plan, cast).explain(trials=trials, jobs=jobs)


if __name__ == "__main__":
    main()
