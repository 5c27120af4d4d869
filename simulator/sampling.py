"""Which records a trial is about: stratified samples of a lot, the same for every plan."""

from __future__ import annotations

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
    """The records of one sample: so many of each stratum, partners together and in order.

    A partner (the original of a duplicate) takes a place of its own stratum.
    """
    records = scenario.lots[lot]

    def luck(record: Record) -> float:
        return uniform(f"sample|{seed}|{number}|{record.id}")

    by_id = {record.id: record for record in records}
    chosen: list[str] = []
    sizes = scenario.records.sample
    left = dict(sizes)
    # Strata whose records bring partners go first, since the partners use up other strata.
    strata = sorted(sizes, key=lambda s: not any(r.partner for r in records if r.stratum == s))
    for stratum in strata:
        pool = sorted((r for r in records if r.stratum == stratum), key=luck)
        for record in pool:
            if left[stratum] <= 0:
                break
            if record.id in chosen:
                continue
            group = [record]
            if record.partner is not None and record.partner not in chosen:
                group.append(by_id[record.partner])
            if record.partner is None and any(r.partner == record.id for r in records):
                # An original comes only with its duplicate, or samples would not be alike.
                continue
            for member in group:
                chosen.append(member.id)
                left[member.stratum] = left.get(member.stratum, 0) - 1
    ordered = sorted(chosen, key=lambda r: uniform(f"order|{seed}|{number}|{r}"))
    for place, name in enumerate(ordered):
        partner = by_id[name].partner
        if partner is not None and partner in ordered[place:]:
            other = ordered.index(partner)
            ordered[place], ordered[other] = ordered[other], ordered[place]
    return tuple(ordered)
