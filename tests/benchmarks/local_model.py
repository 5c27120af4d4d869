"""What the local model really does, field by field, on a small job of a reference plan.

    python tests/benchmarks/local_model.py [SCENARIO [PLAN [RECORDS]]]

The table in the README is what it prints; the model draws its words, so no two runs are alike.
"""

from __future__ import annotations

import sys
from time import perf_counter

from agents.ranking.marks import jobs
from agents.session import Session
from scenarios.errors import printable
from scenarios.loading import library, load_cast, load_scenario
from scenarios.plans.file import load_plan
from simulator.behaviour.belief import is_right
from simulator.events import Answered, Recorder


def main(name: str = "invoices", plan_name: str = "split", records: str = "3") -> None:
    file, cast = library()[name], load_cast()
    scenario = load_scenario(file)
    plan = load_plan(file.parent / "plans" / f"{plan_name}.yaml", lambda _: scenario, cast).plan
    team = Session(scenario, plan, cast, "local").team
    (key,) = jobs(scenario, int(records), 1, seed=1)
    heard, start = Recorder(), perf_counter()
    (trial,) = team.run([key], heard)
    seconds = perf_counter() - start
    replies = [event for event in heard.events if isinstance(event, Answered) and event.tokens]
    read = sum(reply.readable for reply in replies)
    tokens = sum(work.tokens for work in trial.work.values())
    print(f"{name}, plan {plan_name}, {records} records: {len(replies)} orders, of whose replies")
    print(f"{read} could be read; {tokens:,} tokens in {seconds:.0f} s; faults: {trial.faults}\n")
    print("| step | field | given | right |\n| --- | --- | ---: | ---: |")
    for step in plan.steps:
        made = trial.work[step.id].values
        for asked in step.produces:
            field = scenario.field.get(asked)
            values = {r: made[r][asked] for r in key.records if asked in made.get(r, {})}
            right = "not scored" if field is None else sum(
                is_right(scenario, field, value, scenario.record[r]) for r, value in values.items()
            )  # fmt: skip
            print(f"| {step.id} | {asked} | {len(values)} of {len(key.records)} | {right} |")
    if replies:
        print(f"\nThe first reply begins:\n\n    {printable(replies[0].text[:300])!r}")


if __name__ == "__main__":
    main(*sys.argv[1:])
