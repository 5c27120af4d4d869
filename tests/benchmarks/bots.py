"""Bots that learn from the coach and nothing else: what its help is worth, rung by rung.

- taker: begins with the naive plan and makes the first suggestion its own, answer by answer, until
  there is none. The advice is right if it becomes as reliable as the expert, and is no key if
  that earns bronze at most.
- listener: heaps every nudge and pointer that it hears into the instructions. They tell no rule.
- memoriser: pastes what every debrief showed of a practice record, and is then handed sealed ones.

Run: python tests/benchmarks/bots.py [--trials 40] [--rounds 20] [--scenario NAME]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agents.debriefing import Debrief, Debriefer
from agents.session import Session
from scenarios import library, load_cast, load_plan, load_scenario
from scenarios.plans.plan import Plan
from simulator.coaching.change import replaced, told
from simulator.debriefing.bought import Bought, bought
from simulator.scoring.evaluation import Evaluation
from tui.outcomes import medals
from tui.printing import shown


@dataclass(frozen=True)
class Learnt:
    """Where a bot got to: its plan, what it came to round by round, and what it bought."""

    plan: Plan
    rounds: tuple[Evaluation, ...]
    answers: tuple[Bought, ...] = ()


class Bots:
    """The bots of one scenario. `trials` are those of each of their attempts."""

    def __init__(self, name: str, trials: int) -> None:
        path = library()[name]
        self.folder = (path if path.is_dir() else path.parent) / "plans"
        self.scenario, self.cast, self.trials = load_scenario(path), load_cast(), trials

    def plan(self, name: str) -> Plan:
        return load_plan(self.folder / f"{name}.yaml").plan

    def evaluate(self, plan: Plan, lot: str = "practice", seed: int = 1) -> Evaluation:
        session = Session(self.scenario, plan, self.cast)
        return session.evaluate(lot, seed=seed, trials=self.trials)  # type: ignore[arg-type]

    def debrief(self, evaluation: Evaluation) -> Debrief:
        find = Debriefer(Session(self.scenario, evaluation.plan, self.cast))
        return find.advise(find.show(evaluation))

    def taker(self, rounds: int) -> Learnt:
        plan, came, answers = self.plan("naive"), list[Evaluation](), list[Bought]()
        for _ in range(rounds):
            came.append(self.evaluate(plan))
            best = self.debrief(came[-1]).best
            if best is None:
                return Learnt(plan, tuple(came), tuple(answers))
            answers.append(bought(best.change.answer, plan, best.change.plan))
            plan = best.change.plan
        return Learnt(plan, (*came, self.evaluate(plan)), tuple(answers))

    def listener(self, rounds: int) -> Learnt:
        plan, came = self.plan("naive"), list[Evaluation]()
        for _ in range(rounds):
            came.append(self.evaluate(plan))
            heard = [t for one in self.debrief(came[-1]).advice
                     for t in (one.change.says, one.change.pointer) if t]  # fmt: skip
            plan = self.heaped(plan, heard)
        return Learnt(plan, (*came, self.evaluate(plan)))

    def memoriser(self, seeds: Sequence[int]) -> Learnt:
        plan, learnt = self.plan("naive"), list[str]()
        came = [self.evaluate(plan, seed=seed) for seed in seeds]
        for evaluation in came:
            find = Debriefer(Session(self.scenario, plan, self.cast))
            exhibit = find.show(evaluation).exhibit
            if exhibit is not None:
                answer = ", ".join(f"{name} is {shown(is_)}" for name, _, is_ in exhibit.delivered)
                learnt.append(f"Of {exhibit.record} the {answer}.")
        return Learnt(self.heaped(plan, learnt), tuple(came))

    def heaped(self, plan: Plan, texts: Sequence[str]) -> Plan:
        """The plan with sentences more in every instruction, those that it does not have."""
        heap = "\n".join(dict.fromkeys(texts))
        return replaced(plan, *(
            told(step, "\n".join(t for t in heap.split("\n") if t not in step.instructions))
            for step in plan.steps if self.cast[step.assignee].kind == "intern"
        ))  # fmt: skip

    def medal(self, learnt: Learnt) -> str | None:
        sealed = self.evaluate(learnt.plan, "sealed", self.scenario.seed)
        return medals.medal(sealed, learnt.answers)


def figures(evaluation: Evaluation) -> str:
    loss, rate = evaluation.mean("loss"), evaluation.reliability
    assert loss is not None
    assert rate is not None
    return f"loss {loss.mean:.4g}, reliability {rate.mean:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--scenario", choices=sorted(library()))
    given = parser.parse_args()
    for name in [given.scenario] if given.scenario else sorted(library()):
        bots = Bots(name, given.trials)
        print(f"{name}: expert {figures(bots.evaluate(bots.plan('expert')))}", flush=True)
        taker = bots.taker(given.rounds)
        for number, one in enumerate(taker.rounds):
            print(f"  taker, {number} answers: {figures(one)}", flush=True)
        print(f"  taker: medal {bots.medal(taker)}", flush=True)
        listener = bots.listener(3)
        before, after = figures(listener.rounds[0]), figures(listener.rounds[-1])
        print(f"  listener: {before} -> {after}; medal {bots.medal(listener)}", flush=True)
        memoriser = bots.memoriser(range(1, 13))
        print(f"  memoriser: medal {bots.medal(memoriser)}", flush=True)


if __name__ == "__main__":
    main()
