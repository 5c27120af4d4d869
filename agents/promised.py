"""What pilots told, against what the same colleagues then did at the same steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agents.piloting import trying
from scenarios.errors import InputError
from scenarios.persona import Persona
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from simulator.pilots import Pilot
from simulator.scoring import statistics
from simulator.scoring.statistics import Rate
from simulator.trial import TrialKey


@dataclass(frozen=True)
class Promised:
    """A pilot, and what came of it: the share of records that are right before any check."""

    pilot: Pilot
    rate: Rate
    """Over trials, with an interval clustered by sample."""
    same: bool
    """Whether the step is still what it was when it was piloted."""

    @property
    def kept(self) -> bool:
        """Whether what came is within what the pilot left open."""
        told = self.pilot.rate
        return told is None or (told.low or 0.0) <= self.rate.mean <= (told.high or 1.0)


def promised(
    scenario: Scenario, plan: Plan, cast: Mapping[str, Persona], pilots: Iterable[Pilot],
    keys: Sequence[TrialKey],
) -> list[Promised]:  # fmt: skip
    """For each pilot of somebody who was given the step: what they do there in some trials.

    As in a pilot what arrives is right; the luck and the records are those of the trials.
    """
    given = {step.id: step.assignee for step in plan.steps}
    samples = sorted({key.draws.sample for key in keys})
    found = []
    for pilot in pilots:
        if not pilot.scored or given.get(pilot.step) != pilot.who:
            continue
        try:
            again = trying(scenario, plan, cast, pilot.step, most=len(pilot.seen), seed=pilot.seed)
        except InputError:
            # The step takes so few now that nobody could be tried at it.
            continue
        came = {key: [one.right for one in again.at(key)[1]] for key in keys}
        right = [
            [one for key in keys if key.draws.sample == sample for one in came[key]
             if one is not None]
            for sample in samples
        ]  # fmt: skip
        if any(right):
            same = again.mark == pilot.mark
            found.append(Promised(pilot, statistics.reliability(right), same))
    return found
