"""Candidates are tried on the attempt's own draws, and put in order by what they did.

Stopping is sequential, as in successive halving: every candidate is tried on the first few trials,
what helps nothing there is dropped, and only the best of the rest get all trials.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scenarios.persona import Persona
from simulator.coaching.candidates import changes
from simulator.coaching.change import Advice, Change, Simulate
from simulator.coaching.discretion import discreet
from simulator.evaluation import Evaluation, paired

SCREEN = 24
"""Trials in which a candidate has to show something: three samples."""
FINALISTS = 4
"""Candidates that get all trials."""


def suggest(
    evaluation: Evaluation, cast: Mapping[str, Persona], simulate: Simulate, *, causes: int = 4
) -> list[Advice]:
    """Changes for the causes that lost most, the best first; nothing that helps nothing.

    Raises what `simulate` raises.
    """
    trials = len(evaluation.scored) + evaluation.faulty
    found = [
        replace(advice, change=discreet(evaluation.scenario, advice.change))
        for change in changes(evaluation, cast, causes=causes)
        if (advice := measure(evaluation, change, simulate, min(SCREEN, trials))) and helps(advice)
    ]
    found.sort(key=rank)
    if trials <= SCREEN:
        return found
    whole = [measure(evaluation, one.change, simulate, trials) for one in found[:FINALISTS]]
    return sorted((one for one in whole if one is not None and helps(one)), key=rank)


def measure(
    evaluation: Evaluation, change: Change, simulate: Simulate, trials: int
) -> Advice | None:
    """What a change does over the first `trials` trials; None where none was scored."""
    other = simulate(change.plan, trials)
    both = {(t.sample, t.repeat) for t in other.scored}
    shared = tuple(t for t in evaluation.scored if (t.sample, t.repeat) in both)
    attempt = replace(evaluation, scored=shared)
    before, after, wages = attempt.reliability, other.reliability, attempt.mean("cost")
    if before is None or after is None or wages is None:
        return None
    metrics = ("loss", "accepted", "cost", "minutes", "your_minutes")
    loss, accepted, cost, minutes, yours = (paired(attempt, other, m) for m in metrics)
    return Advice(change, loss, accepted, cost, minutes, yours, before.mean, after.mean, wages.mean)


def helps(advice: Advice) -> bool:
    """Whether it saves money lost; a breach loses none, and shows in what is accepted."""
    unapproved = advice.change.about.cause == "unapproved"
    return advice.loss.mean < 0 or (unapproved and advice.reliability.mean > 0)


def rank(advice: Advice) -> tuple[float, ...]:
    """What comes first is smallest.

    Changes whose gain in reliability is beyond noise (its interval lies above nought) come first,
    by reliability per money: the gain divided by the wages of a trial with the change as a
    multiple of the attempt's (a change that saves wages gains by it, and free is not infinite).
    Less loss breaks ties. All others follow: those that save loss beyond noise, then those that
    seem to, by the loss that they save.
    """
    low, high = advice.reliability.low, advice.loss.high
    if low is not None and low > 0:
        times = (advice.wages + advice.cost.mean) / advice.wages if advice.wages > 0 else 1.0
        return 0.0, -round(advice.reliability.mean / max(times, 0.01), 6), advice.loss.mean
    return (1.0 if high is not None and high < 0 else 2.0), advice.loss.mean, advice.cost.mean
