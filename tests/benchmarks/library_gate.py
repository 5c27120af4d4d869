"""The gate over the whole library, on the record: every item of every scenario, with all trials.

It takes some ten minutes on two cores, too long for every run of the tests. They take its outcome
from the record where it is that of the same files with the same behaviour: a digest of the first
trials of every plan that the gate is about, the attacks' and what is left without each part
included. Whoever changes a scenario, or what comes of one, runs this again.

Run: python tests/benchmarks/library_gate.py [--write] [--jobs J]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agents.gate import Gate, items
from agents.gate.subject import Subject, load
from scenarios.bands import TRIED
from scenarios.loading import library
from scenarios.plans.removals import load_removals, plan_without
from simulator.scoring.evaluation import Evaluation

RECORD = Path(__file__).with_name("library_gate.json")
FIRST = 9
"""Trials of each plan in a digest: a sample and the first trial of another."""


@dataclass(frozen=True)
class Outcome:
    """What came of a scenario's gate: how many items passed, and what the others say."""

    digest: str
    passed: int
    failed: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        return {"digest": self.digest, "passed": self.passed, "failed": list(self.failed)}


def digest(name: str) -> str:
    """A hash of a scenario's files and of what its gate's plans come to in their first trials."""
    folder = library()[name].parent
    subject = load(folder, lambda _: ())
    told = [[path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hexdigest()]
            for path in sorted(folder.rglob("*")) if path.is_file()]  # fmt: skip
    return sha256(json.dumps([told, list(_first(subject))]).encode()).hexdigest()[:16]


def _first(subject: Subject) -> Iterator[Any]:
    gate = Gate(subject.folder, subject.cast, trials=FIRST)
    for lot in TRIED:
        bench = gate.bench.on(lot, seed=1, trials=FIRST)
        yield [[name, _told(bench.run(plan))] for name, plan in subject.plans.items()]
    for attack in gate.attacks:
        for result in gate.attack(attack):
            yield [attack, result.stage, [round(one.gain.mean, 6) for one in result.shares]]
    listed = load_removals(subject.folder / "plans" / "removals.yaml")
    for one in listed.removals:
        folder = subject.folder / "plans"
        left = plan_without(folder, listed.plan, one, subject.scenario, subject.cast)
        yield [one.name, _told(gate.bench.run(left))]


def _told(evaluation: Evaluation) -> list[list[float]]:
    return [
        [trial.accepted, trial.wrong_records, round(trial.loss, 6), round(trial.cost, 9),
         round(trial.minutes, 6), trial.your_minutes, trial.escalations]
        for trial in evaluation.scored
    ]  # fmt: skip


def outcome(name: str, jobs: int) -> Outcome:
    """Ask every item of a scenario's gate."""
    subject = load(library()[name].parent, lambda _: ())
    failed, asked = [], items.full(subject, jobs=jobs)
    for item in asked:
        found = [one.in_words() for one in item.ask() if one.fails]
        failed += [f"{item.name}: {' '.join(says.split())}" for says in found[:1]]
        print(f"{name} {item.name}: {'fails' if found else 'passes'}", file=sys.stderr, flush=True)
    return Outcome(digest(name), len(asked) - len(failed), tuple(failed))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="keep the outcome for the tests")
    parser.add_argument("--jobs", type=int, default=2, metavar="J", help="processes to use")
    options = parser.parse_args()
    found = {name: outcome(name, options.jobs).data() for name in sorted(library())}
    if options.write:
        RECORD.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    for name, one in found.items():
        print(f"{name}: {one['passed']} of {one['passed'] + len(one['failed'])} pass")
        for says in one["failed"]:
            print(f"  {says}")


if __name__ == "__main__":
    main()
