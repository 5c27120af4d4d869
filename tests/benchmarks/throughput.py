"""Trials a second beside a bare LangGraph graph of the same shape with a fake chat model.

The bare graph is what people write: a node a step, one trial a run, `invoke` of a chat model that
answers with a fixed text, as many calls a trial as ours. Both are timed in turn in one process, and
the ratio is the figure to trust. Run: python tests/benchmarks/throughput.py [--json]
"""

from __future__ import annotations

import argparse
import json
import operator
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, TypedDict

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from langgraph.graph import START, StateGraph

from agents.intern import SimulatedIntern
from agents.session import Session
from scenarios import Plan, Scenario, find_scenario, load_cast, load_plan, load_scenario
from simulator import sampling

TRIALS = 80
ROUNDS = 5


class State(TypedDict):
    notes: Annotated[list[str], operator.add]


def bare(plan: Plan, calls: Mapping[str, int]) -> Callable[[], None]:
    """A graph of the plan's shape whose nodes make `calls` model calls each."""
    model = FakeListChatModel(responses=['[{"record": "inv-0001", "pay": 1.0}]'])

    def node(count: int) -> Callable[[State], dict[str, Any]]:
        def do(state: State) -> dict[str, Any]:
            for _ in range(count):
                model.invoke([SystemMessage(content="system"), HumanMessage(content="human")])
            return {"notes": ["done"]}

        return do

    graph: Any = StateGraph(State)
    for step in plan.steps:
        graph.add_node(f"do {step.id}", node(calls[step.id]))
        sources = [f"do {name}" for name in step.reads if name in plan.step]
        for source in sources or [START]:
            graph.add_edge(source, f"do {step.id}")
    compiled = graph.compile()

    def run() -> None:
        for _ in range(TRIALS):
            compiled.invoke({"notes": []})

    return run


def measure(name: str, scenario: Scenario, plan: Plan) -> dict[str, Any]:
    """Both graphs of one plan, in turn, `ROUNDS` times."""
    session = Session(scenario, plan, load_cast())
    keys = sampling.keys(scenario, "practice", seed=1, trials=TRIALS)
    made = 0
    answer = SimulatedIntern._answer

    def counted(self: SimulatedIntern, messages: Any, aside: Any) -> Any:
        nonlocal made
        made += 1
        return answer(self, messages, aside)

    SimulatedIntern._answer = counted  # type: ignore[method-assign]
    try:
        trials = session.team.run(keys)
    finally:
        SimulatedIntern._answer = answer  # type: ignore[method-assign]
    logged = sum(trial.calls for trial in trials)
    calls = {
        step.id: round(sum(t.work[step.id].calls for t in trials) / TRIALS) for step in plan.steps
    }
    other = bare(plan, calls)
    other()
    ours_s, bare_s = [], []
    for _ in range(ROUNDS):
        ours_s.append(_timed(lambda: session.evaluate(trials=TRIALS)))
        bare_s.append(_timed(other))
    ratios = [b / o for o, b in zip(ours_s, bare_s, strict=True)]
    return {
        "plan": name,
        "calls_made": made,
        "calls_logged": logged,
        "ours_per_s": TRIALS / statistics.median(ours_s),
        "bare_per_s": TRIALS / statistics.median(bare_s),
        "ours_over_bare": statistics.median(ratios),
    }


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    folder = find_scenario("invoices")
    scenario = load_scenario(folder)
    rows = []
    for name in ("naive", "expert"):
        path = (
            folder.parent / "plans" / f"{name}.yaml"
            if folder.is_file()
            else folder / "plans" / f"{name}.yaml"
        )
        rows.append(measure(name, scenario, load_plan(path).plan))
    if arguments.json:
        last = rows[-1]
        print(json.dumps({"ours_over_bare": last["ours_over_bare"], "rows": rows}))
        return
    print(f"{'plan':8} {'trials/s':>9} {'bare/s':>9} {'ours/bare':>9} {'calls':>8} {'logged':>8}")
    for row in rows:
        print(
            f"{row['plan']:8} {row['ours_per_s']:9.0f} {row['bare_per_s']:9.0f} "
            f"{row['ours_over_bare']:9.2f} {row['calls_made']:8} {row['calls_logged']:8}"
        )


if __name__ == "__main__":
    main()
