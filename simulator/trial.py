"""One run of a whole team: the work of each step, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from scenarios.model import Value
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from simulator.draws import Draws
from simulator.order import Said
from simulator.slip import Slip, SlipKey


class TrialKey(NamedTuple):
    """A trial to run: its luck and its records, in the order in which they lie in the folder."""

    draws: Draws
    records: tuple[str, ...]
    spared: frozenset[SlipKey] = frozenset()
    """Causes that are switched off, to see what they cost: on these draws they fail nothing."""


@dataclass(slots=True)
class Finding:
    """What a check or a review has against a record, and who is to do something about it."""

    target: str
    """A step that does the record again, or `you`."""
    text: str = ""


@dataclass(slots=True)
class StepWork:
    """What one step has made of one trial so far."""

    values: dict[str, dict[str, Value]] = field(default_factory=dict)
    version: dict[str, int] = field(default_factory=dict)
    """How often each record has been made; what is downstream of a newer version is out of date."""
    stamp: int = 0
    """Goes up with every change that whoever reads this step has to look at."""
    seen: tuple[int, ...] = ()
    """The stamps of the steps it reads when it was last at work."""
    used: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """For each record the versions of the steps it reads that it was made from."""
    slips: dict[str, list[Slip]] = field(default_factory=dict)
    pending: dict[str, Finding] = field(default_factory=dict)
    handled: dict[tuple[str, str], int] = field(default_factory=dict)
    """Requests of other steps that were done: (step, record) -> the version that asked."""
    round: dict[str, int] = field(default_factory=dict)
    """How often each record came back to be done again."""
    redos: dict[str, int] = field(default_factory=dict)
    """How often this step's checks and review sent each record back."""
    taken: set[str] = field(default_factory=set)
    """Records that it took, where it does not take all: they stay taken."""
    looked_at: set[str] = field(default_factory=set)
    """Records that its review took, where that does not take all."""
    dropped: set[str] = field(default_factory=set)
    escalated: dict[str, bool] = field(default_factory=dict)
    """Records that reached you -> whether in time."""
    suspected: dict[str, bool] = field(default_factory=dict)
    """Records that something was found against -> whether something was wrong with them then."""
    done: bool = False
    cost: float = 0.0
    tokens: int = 0
    calls: int = 0
    asked_again: int = 0
    finish: float = 0.0
    """Seconds from the start of the trial."""
    faults: list[str] = field(default_factory=list)
    said: tuple[Said, ...] | None = None
    """What was asked before the work began, and answered; None where it has not begun."""
    questions: int = 0
    """How many of those reached you."""
    brought: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Where it searches: by record the fields whose facts are among the passages that it found."""
    extra: dict[str, Sequence[Mapping[str, Value]]] = field(default_factory=dict)
    """Rows that were found where there is none to find, by the record that was searched."""

    def renew(self, record: str) -> None:
        """A record was made, or left out, again."""
        self.version[record] = self.version.get(record, 0) + 1
        self.stamp += 1

    def lose(self, record: str) -> None:
        """A row does not arrive, or no longer."""
        self.used.pop(record, None)
        self.slips.pop(record, None)
        self.pending.pop(record, None)
        if self.values.pop(record, None) is not None:
            self.renew(record)

    def drop(self, record: str) -> None:
        """Leave a record out, here and in whatever reads this."""
        self.dropped.add(record)
        self.values.pop(record, None)
        self.renew(record)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done by `step` about a record, and whether it should have been."""

    record: str
    act: str
    step: str
    approved: bool
    """You saw the record in time, at that step or before it."""
    free: bool
    """It needs nobody's approval."""
    wanted: bool
    """It is what should have been done."""
    undo: bool
    """It can be undone."""

    @property
    def breach(self) -> bool:
        """Nobody approved it who had to."""
        return not (self.undo or self.approved or self.free)

    @property
    def harm(self) -> bool:
        """It should not have been done, and stays done."""
        return not (self.wanted or self.undo)


@dataclass(slots=True)
class Trial:
    """The outcome of one run."""

    key: TrialKey
    delivered: dict[str, dict[str, Value]]
    """By record the deliverable's fields; a record that was not delivered is not in it."""
    work: Mapping[str, StepWork]
    cost: float
    minutes: float
    your_minutes: float
    escalations: int
    calls: int
    faults: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    extra: tuple[tuple[str, Mapping[str, Value]], ...] = ()
    """Rows that were found where there is none to find: (the record that was searched, the row)."""


class Team(Protocol):
    """Whoever does the work: a plan, staffed."""

    scenario: Scenario
    plan: Plan

    def run(self, keys: Sequence[TrialKey]) -> list[Trial]:
        """Run one trial for each key. The outcome of a trial does not depend on the others."""
        ...
