"""Does the coach find the fault? Faults are planted in expert plans, one at a time.

Every removal that an author listed (rules, controls, examples, documents), each intern's step given
to the weakest one, and each two steps of interns that read one another put into one. Only faults
that cost something beyond noise count. What is counted of the first suggestion:

- repaired: it makes up nine tenths of the damage, or half of it and the rest is within noise;
- aimed: it repairs, and it changes what was spoilt: the same rule is told or coded (in words, by a
  paper or by an example), a control is put in, that step is given to somebody else, or that step
  is split again;
- covered: what was predicted and what the edit does on other seeds differ by no more than their
  intervals allow for together.

Run: python tests/benchmarks/planted.py [--trials 80] [--samples 40] [--scenario NAME] [--json]
    [--write]
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agents.debriefing import Debriefer
from agents.session import Session
from scenarios import library, load_cast, load_plan, load_scenario
from scenarios.plans.plan import Plan
from scenarios.plans.removals import load_removals, plan_without
from simulator import sampling
from simulator.coaching import Advice, Change
from simulator.coaching.change import edited, with_steps
from simulator.scoring.evaluation import Evaluation, paired, paired_by
from simulator.scoring.statistics import Estimate
from tests.benchmarks.evidence_tables import write
from tests.benchmarks.planted_tables import BEGIN, END, RECORD, as_text, counted, keep, markdown

NEARLY = 0.9
FRESH_SEED = 1001
FRESH_REPEATS = 2
WEAKEST = "pip"
CONTROLS = ("review", "check", "else", "redo")
TOLD = ("tell", "document", "example", "code")


class Fault(NamedTuple):
    """A fault in the expert's plan: what was spoilt, and the plan with it."""

    kind: str
    name: str
    plan: Plan
    step: str = ""
    requirement: str | None = None

    def aimed_at(self, change: Change) -> bool:
        """Whether a change is about what was spoilt."""
        if self.kind == "assignment":
            return change.plan.step[self.step].assignee != WEAKEST
        if self.kind == "split":
            return change.kind in ("split", "name") and change.about.step == self.step
        if self.kind == "control":
            return change.kind in (*CONTROLS, "code")
        if self.requirement is not None:
            return change.kind in TOLD and change.about.requirement == self.requirement
        return change.kind in TOLD


class Bench:
    """One scenario's expert, and the faults to plant in it."""

    def __init__(self, name: str, trials: int) -> None:
        path = library()[name]
        self.folder = (path if path.is_dir() else path.parent) / "plans"
        self.name, self.trials = name, trials
        self.scenario, self.cast = load_scenario(path), load_cast()
        self.expert = load_plan(self.folder / "expert.yaml").plan

    def session(self, plan: Plan) -> Session:
        return Session(self.scenario, plan, self.cast)

    def run(self, plan: Plan) -> Evaluation:
        return self.session(plan).evaluate(trials=self.trials)

    def faults(self) -> Iterator[Fault]:
        for removal in load_removals(self.folder / "removals.yaml").removals:
            plan = plan_without(self.folder, "expert", removal, self.scenario, self.cast)
            kind = removal.name.split()[0]
            yield Fault(kind, removal.name, plan, requirement=removal.requirement)
        interns = [one for one in self.expert.steps if self.cast[one.assignee].kind == "intern"]
        for step in interns:
            if step.assignee != WEAKEST:
                plan = edited(self.expert, step, assignee=WEAKEST)
                yield Fault("assignment", f"{step.id} to {WEAKEST}", plan, step.id)
        for step in interns:
            for source in interns:
                if source.id in step.reads:
                    name = f"{source.id} and {step.id} in one"
                    plan = in_one(self.expert, source.id, step.id)
                    yield Fault("split", name, plan, step.id)

    def tried(self, samples: int) -> Iterator[dict[str, Any]]:
        best = self.run(self.expert)
        for fault in self.faults():
            bad = self.run(fault.plan)
            damage = paired(best, bad, "loss")
            if damage.low is None or damage.low <= 0:
                continue
            print(f"{self.name}: {fault.name} ...", file=sys.stderr, flush=True)
            find = Debriefer(self.session(fault.plan))
            advice = find.advise(find.show(bad)).advice
            row: dict[str, Any] = {
                "scenario": self.name, "kind": fault.kind, "fault": fault.name,
                "damage": damage.mean, "repaired": False, "aimed": False, "suggestion": None,
                "answer": None, "left": None, "covered": None,
                "causes": [[*key] for key in list(bad.blame)[:4]],
                "others": [one.change.answer for one in advice[1:]],
            }  # fmt: skip
            if advice:
                row |= self.judged(fault, advice[0], best, damage, samples)
            done = "aimed" if row["aimed"] else "repaired" if row["repaired"] else "NOT repaired"
            print(f"  {done} by {row['answer']}", file=sys.stderr, flush=True)
            yield row

    def judged(
        self, fault: Fault, first: Advice, best: Evaluation, damage: Estimate, samples: int
    ) -> dict[str, Any]:
        left = paired(best, self.run(first.change.plan), "loss")
        # Few trials make wide intervals: half of the damage left is no repair.
        within = left.low is not None and left.low <= 0 and left.mean < damage.mean / 2
        repaired = within or left.mean <= (1 - NEARLY) * damage.mean
        return {
            "suggestion": first.change.kind, "answer": first.change.answer, "left": left.mean,
            "repaired": repaired, "aimed": repaired and fault.aimed_at(first.change),
            "covered": self.covers(fault.plan, first, samples) if samples else None,
        }  # fmt: skip

    def covers(self, plan: Plan, first: Advice, samples: int) -> bool | None:
        if first.loss.low is None or first.loss.high is None:
            return None
        trials = samples * sampling.REPEATS
        keys = [
            key
            for key in sampling.keys(self.scenario, "practice", seed=FRESH_SEED, trials=trials)
            if key.draws.repeat < FRESH_REPEATS
        ]
        before, after = (
            {(one.sample, one.repeat): one.loss for one in self.session(some).score(keys)}
            for some in (plan, first.change.plan)
        )
        fresh = paired_by(before, after)
        if fresh.low is None:
            return None
        apart = abs(fresh.mean - first.loss.mean)
        return apart <= math.hypot(fresh.mean - fresh.low, first.loss.mean - first.loss.low)


def in_one(plan: Plan, first: str, second: str) -> Plan:
    """The plan with two steps as one, done by whoever does the second."""
    one, other = plan.step[first], plan.step[second]
    reads = dict.fromkeys((*one.reads, *other.reads))
    reads.pop(first)
    both = other.model_copy(
        update={
            "reads": tuple(reads), "produces": {**one.produces, **other.produces},
            "instructions": f"{one.instructions.rstrip()}\n{other.instructions}",
            "examples": tuple(dict.fromkeys((*one.examples, *other.examples))),
        }
    )  # fmt: skip
    steps = []
    for step in plan.steps:
        if step.id == second:
            steps.append(both)
        elif step.id != first:
            named = (second if name == first else name for name in step.reads)
            checks = tuple(
                check.model_copy(update={"redo": second}) if check.redo == first else check
                for check in step.checks
            )
            reads_now = tuple(dict.fromkeys(named))
            steps.append(step.model_copy(update={"reads": reads_now, "checks": checks}))
    return with_steps(plan, steps)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=80)
    parser.add_argument("--samples", type=int, default=40, help="on other seeds; 0 for none")
    parser.add_argument("--scenario", choices=sorted(library()))
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--write", action="store_true", help="keep the rows, and what the README says of all kept"
    )
    given = parser.parse_args()
    names = [given.scenario] if given.scenario else sorted(library())
    rows = []
    for name in names:
        found = list(Bench(name, given.trials).tried(given.samples))
        rows += found
        if given.write:
            keep(name, given.trials, given.samples, found)
    if given.write:
        write(markdown(json.loads(RECORD.read_text("utf-8"))), BEGIN, END)
    if given.json:
        print(json.dumps({"schema": 1, **counted(rows), "faults": rows}, indent=1))
    else:
        print(as_text(rows))


if __name__ == "__main__":
    main()
