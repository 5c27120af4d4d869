"""Which records a trial is about: stratified samples of a lot, the same for every plan."""

from __future__ import annotations

from scenarios.families import drawn
from scenarios.scenario import Lot, Record, Scenario
from simulator.draws import Draws, uniform
from simulator.trial import TrialKey

REPEATS = 8
"""Trials of one sample: the same job repeated is what pass^k is about (model.md)."""


def keys(scenario: Scenario, lot: Lot, *, seed: int, trials: int) -> list[TrialKey]:
    """The trials of an evaluation: samples of eight repeats each; the last may have fewer."""
    samples = {i: sample(scenario, lot, seed, i) for i in range((trials + REPEATS - 1) // REPEATS)}
    return [
        TrialKey(Draws(seed, t // REPEATS, t % REPEATS), samples[t // REPEATS])
        for t in range(trials)
    ]


def sample(scenario: Scenario, lot: Lot, seed: int, number: int) -> tuple[str, ...]:
    """The records of one sample: so many of each stratum, families together and in order.

    Where records are searched for rows, they are what is drawn, and their rows are given.
    """
    records = scenario.sheets(lot)

    def luck(record: Record) -> float:
        return uniform(f"sample|{seed}|{number}|{record.id}")

    chosen = drawn(records, scenario.records.sample, luck)
    by_id = {record.id: record for record in records}
    ordered = sorted(chosen, key=lambda r: uniform(f"order|{seed}|{number}|{r}"))
    for place, name in enumerate(ordered):
        partner = by_id[name].partner
        if partner is not None and partner in ordered[place:]:
            other = ordered.index(partner)
            ordered[place], ordered[other] = ordered[other], ordered[place]
    return tuple(member for name in ordered for member in scenario.members[name])
