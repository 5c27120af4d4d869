"""The marks of small jobs: which deliverable fields of which records came out right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from scenarios.scenario import Scenario
from simulator import rows, sampling
from simulator.draws import Draws
from simulator.scoring.grading import judge
from simulator.scoring.kendall import Share
from simulator.trial import Trial, TrialKey


@dataclass
class Marks:
    """What jobs of one plan came to, added up: (right, of) by record that is shown and field."""

    cells: dict[str, dict[str, Share]] = field(default_factory=dict)
    jobs: int = 0
    calls: int = 0
    tokens: int = 0
    asked_again: int = 0
    """Replies that could not be read, and were asked for again."""
    faults: list[str] = field(default_factory=list)
    """What spoilt jobs that are therefore not marked."""

    def add(self, other: Marks) -> None:
        self.jobs += other.jobs
        self.calls += other.calls
        self.tokens += other.tokens
        self.asked_again += other.asked_again
        self.faults += other.faults
        for record, cells in other.cells.items():
            mine = self.cells.setdefault(record, {})
            for name, (right, of) in cells.items():
                before = mine.get(name, (0, 0))
                mine[name] = (before[0] + right, before[1] + of)

    def by_record(self) -> dict[str, Share]:
        return {record: _sum(cells.values()) for record, cells in self.cells.items()}

    def by_field(self) -> dict[str, Share]:
        names = dict.fromkeys(name for cells in self.cells.values() for name in cells)
        every = self.cells.values()
        return {n: _sum(cells[n] for cells in every if n in cells) for n in names}


def _sum(shares: Iterable[Share]) -> Share:
    all_of = list(shares)
    return sum(right for right, _ in all_of), sum(of for _, of in all_of)


def jobs(scenario: Scenario, records: int, repeats: int, seed: int) -> list[TrialKey]:
    """The same small job so many times: the first records of the first practice sample."""
    sample = sampling.sample(scenario, "practice", seed, 0)
    shown = rows.sheets_of(scenario, sample)[:records]
    members = tuple(name for sheet in shown for name in scenario.members[sheet])
    return [TrialKey(Draws(seed, 0, repeat), members) for repeat in range(repeats)]


def mark(scenario: Scenario, trial: Trial) -> Marks:
    """The marks of one job; none where a fault of the endpoint spoilt it.

    Where records are searched for rows, rows that are there count, and those that are claimed:
    who finds nothing is not right about everything else.
    """
    tokens = sum(work.tokens for work in trial.work.values())
    again = sum(work.asked_again for work in trial.work.values())
    found = Marks({}, 1, trial.calls, tokens, again)
    if trial.faults:
        return Marks({}, 0, trial.calls, tokens, again, list(trial.faults))
    verdict = judge(scenario, trial)
    for name in trial.key.records:
        wrong = verdict.wrong.get(name, ())
        sheet = scenario.record[name].source or name
        cells = found.cells.setdefault(sheet, {})
        if wrong or rows.wanted(scenario, name):
            _count(cells, scenario, wrong)
    names = [one.name for one in scenario.deliverable]
    for sheet, _ in trial.extra:
        _count(found.cells.setdefault(sheet, {}), scenario, names)
    return found


def _count(cells: dict[str, Share], scenario: Scenario, wrong: Iterable[str]) -> None:
    for one in scenario.deliverable:
        right, of = cells.get(one.name, (0, 0))
        cells[one.name] = (right + (one.name not in wrong), of + 1)
