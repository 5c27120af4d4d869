"""How long the coach takes on each scenario's naive and expert plan: to the first suggestion that
surely helps, and to the whole list.

Seconds of the clock, and of the processor in this process; a machine that does other things at the
same time tells little by the clock.

Run: python tests/benchmarks/coach.py [--trials 80] [--jobs 2]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agents.debriefing import Debriefer
from agents.session import Session
from scenarios import library, load_cast, load_plan, load_scenario


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=80)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    for name, path in sorted(library().items()):
        folder = path if path.is_dir() else path.parent
        scenario, cast = load_scenario(path), load_cast()
        for file in ("naive", "expert"):
            plan = load_plan(folder / "plans" / f"{file}.yaml").plan
            session = Session(scenario, plan, cast)
            attempt = session.evaluate(trials=given.trials)
            first: list[tuple[float, float]] = []
            clock, worked = time.perf_counter(), time.process_time()

            def since(clock: float = clock, worked: float = worked) -> tuple[float, float]:
                return time.perf_counter() - clock, time.process_time() - worked

            find = Debriefer(session, jobs=given.jobs)
            found = find.advise(
                find.show(attempt),
                tell=lambda _, since=since, first=first: first.append(since()),  # type: ignore[misc]
            )
            whole = since()
            soon = "none sure" if not first else f"{first[0][0]:.1f} s ({first[0][1]:.1f} s)"
            print(
                f"{name} {file}: first {soon}, all {whole[0]:.1f} s ({whole[1]:.1f} s), "
                f"{len(found.advice)} suggestions", flush=True,
            )  # fmt: skip


if __name__ == "__main__":
    main()
