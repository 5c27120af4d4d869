"""Pilots: a colleague does a step on a few records, before anybody is given the whole job."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, NamedTuple

from scenarios.chance import uniform
from scenarios.families import families
from scenarios.model import Value
from scenarios.scenario import Scenario
from simulator import sampling
from simulator.draws import Draws
from simulator.rows import sheets_of
from simulator.scoring.statistics import Estimate, six, wilson

_JOBS = 64
"""Samples that are looked through for records: by then all that can come have come."""


class Came(NamedTuple):
    """A result of a record. `right` is None where it is not known what it should have been."""

    result: str
    got: Value
    wanted: Value
    right: bool | None


@dataclass(frozen=True)
class Seen:
    """A record that was shown, and what came out of it."""

    record: str
    came: tuple[Came, ...]

    @property
    def right(self) -> bool | None:
        """Whether all that is known of it is right; None where nothing is.

        Nothing came where there was nothing to find, and that is right.
        """
        known = [one.right for one in self.came if one.right is not None]
        return all(known) if known or not self.came else None


@dataclass(frozen=True)
class Pilot:
    """What came of a pilot. `cost` is in wages, `minutes` are its own and no trial's."""

    scenario: str
    step: str
    who: str
    seed: int
    mark: str
    """What it was a pilot of: the same again is no other pilot."""
    seen: tuple[Seen, ...]
    cost: float
    minutes: float

    @property
    def scored(self) -> int:
        """The records of which it is known whether they are right."""
        return sum(one.right is not None for one in self.seen)

    @property
    def right(self) -> int:
        return sum(one.right is True for one in self.seen)

    @cached_property
    def rate(self) -> Estimate | None:
        """The share of right records with Wilson's interval (1927); None where none is scored.

        The interval takes each record for a draw of its own, and a rule is taken wrongly on all
        records of a day: of 300 pilots of 8 records at each of six steps of invoices .85 to .97
        held the share of the long run.
        """
        if not self.scored:
            return None
        share = self.right / self.scored
        return Estimate(share, *wilson(share, self.scored))

    def to_json(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Pilot:
        """As it was kept."""
        data: dict[str, Any] = json.loads(text)
        seen = tuple(
            Seen(one["record"], tuple(Came(*came) for came in one["came"])) for one in data["seen"]
        )
        return cls(**{**data, "seen": seen})


def spent(pilots: Iterable[Pilot]) -> float:
    """What pilots cost, which is in the wages of every trial."""
    return six(sum(one.cost for one in pilots))


def shown(pilots: Iterable[Pilot]) -> int:
    """How many records they took of the budget."""
    return sum(len(one.seen) for one in pilots)


def luck(seed: int, who: str, step: str, records: Iterable[str]) -> Draws:
    """The luck of a pilot. No trial of an evaluation has a seed below 0."""
    return Draws(_below(f"pilot|{seed}|{who}|{step}|{'|'.join(records)}"), 0, 0)


def records(scenario: Scenario, seed: int, most: int, among: Collection[str]) -> tuple[str, ...]:
    """At most so many practice records, of those `among` which are shown, as jobs bring them.

    They are the same for every colleague and step that takes them; families come as a whole.
    """
    family = families(scenario.sheets("practice"))
    chosen: list[str] = []
    for number in range(_JOBS):
        sample = sampling.sample(scenario, "practice", _below(f"pilot|{seed}"), number)
        job = [name for name in sheets_of(scenario, sample) if name in among]
        for name in job:
            mates = [other for other in job if other in family[name]]
            if name not in chosen and len(chosen) + len(mates) <= most:
                chosen += mates
        if len(chosen) == most:
            break
    return tuple(chosen)


def _below(key: str) -> int:
    """A number below 0 that belongs to a key."""
    return -1 - int(uniform(key) * 2**53)
