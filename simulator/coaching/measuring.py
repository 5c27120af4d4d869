"""Candidates are tried on the attempt's own draws, and put in order by what they did.

Stopping is sequential. Every candidate is tried on one repeat of every sample; what helps nothing
there, or is surely worse than the best of the others, is dropped; what is left gets more repeats,
and few get all. No trial is run twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from scenarios.persona import Persona
from simulator import sampling
from simulator.coaching.candidates import changes
from simulator.coaching.change import Advice, Change, Simulate
from simulator.coaching.discretion import discreet
from simulator.scoring.evaluation import Evaluation, paired
from simulator.trial import TrialKey

ROUNDS = ((1, 8), (3, 4), (sampling.REPEATS, 4))
"""Repeats of every sample by the end of each round, and how many candidates are left then."""
MOST = 12
"""Causes looked at, some at a time, while nothing is found to help."""
Tell = Callable[[Sequence[Advice]], None]
"""Told what is known so far, the best first."""


def suggest(
    evaluation: Evaluation, cast: Mapping[str, Persona], simulate: Simulate, *, causes: int = 4,
    tell: Tell | None = None,
) -> list[Advice]:  # fmt: skip
    """Changes for the causes that lost most, the best first; nothing that helps nothing.

    `causes` of them are looked at together, and the next ones only if nothing helps those.
    `tell` hears of the first that surely helps while the others are still being tried, and of the
    best after every round. Raises what `simulate` raises.
    """
    for after in range(0, MOST, causes):
        tried = changes(evaluation, cast, causes=causes, after=after)
        found = _tried([Trying(evaluation, change) for change in tried], simulate, tell)
        if found:
            return found
    return []


def _tried(left: list[Trying], simulate: Simulate, tell: Tell | None) -> list[Advice]:
    """What is left of candidates when all rounds are run."""
    told = False
    evaluation = left[0].attempt if left else None
    if evaluation is None:
        return []
    for (_, most), keys in zip(ROUNDS, rounds(evaluation), strict=True):
        for one in left:
            one.go_on(simulate, keys)
            if tell is not None and not told and one.advice is not None and _sure(one.advice):
                told = True
                tell(_advice([one]))
        open_ = [one for one in left if one.undecided]
        good = _survivors(left, most)
        # What ends breaches may show only where all else is right: it is given the time.
        left = good + [one for one in open_ if one.ends_breaches] if good else open_[:most]
        if tell is not None and told:
            tell(_advice(left))
    return _advice(one for one in left if one.advice is not None and helps(one.advice))


def rounds(evaluation: Evaluation) -> list[list[TrialKey]]:
    """The trials of an attempt, by the round in which they are run."""
    bounds = [0, *(repeats for repeats, _ in ROUNDS)]
    return [
        [key for key in trials_of(evaluation) if low <= key.draws.repeat < high]
        for low, high in pairwise(bounds)
    ]


def trials_of(evaluation: Evaluation) -> list[TrialKey]:
    """The trials that an attempt ran."""
    trials = len(evaluation.scored) + evaluation.faulty
    return sampling.keys(evaluation.scenario, evaluation.lot, seed=evaluation.seed, trials=trials)


class Trying:
    """A change, and what came of it in the trials that were run so far."""

    def __init__(self, attempt: Evaluation, change: Change) -> None:
        self.attempt, self.change = attempt, change
        self.other = replace(attempt, plan=change.plan, scored=(), faulty=0, faults=())
        self.advice: Advice | None = None

    def go_on(self, simulate: Simulate, keys: Sequence[TrialKey]) -> None:
        """Run more trials, and measure anew."""
        if keys:
            fresh = (one for one in simulate(self.change.plan, keys) if not one.faults)
            scored = sorted((*self.other.scored, *fresh), key=lambda t: (t.sample, t.repeat))
            self.other = replace(self.other, scored=tuple(scored))
            self.advice = measure(self.attempt, self.change, self.other)

    @property
    def undecided(self) -> bool:
        """Whether nothing at all has come of it as yet: what it is about is rare."""
        return self.advice is not None and self.advice.loss.mean == 0

    @property
    def ends_breaches(self) -> bool:
        return self.change.about.cause == "unapproved"

    def loses_to(self, best: Trying) -> bool:
        """Whether another is surely better in loss or reliability, and no worse in the other."""
        loss, accepted = (paired(best.other, self.other, name) for name in ("loss", "accepted"))
        more = loss.low is not None and loss.low > 0
        less = accepted.high is not None and accepted.high < 0
        return (more and accepted.mean <= 0) or (less and loss.mean >= 0)


def _survivors(tried: Sequence[Trying], most: int) -> list[Trying]:
    """The best of those that help and that may still turn out to be the best."""
    good = [one for one in tried if one.advice is not None and _promises(one.advice)]
    good = _in_order(good)
    return [one for one in good if not one.loses_to(good[0])][:most]


def _in_order(tried: Iterable[Trying]) -> list[Trying]:
    """By rank; those whose gain in reliability may as well be the first's by the loss they save."""
    ranked = sorted((rank(one.advice), number, one)
                    for number, one in enumerate(tried) if one.advice is not None)  # fmt: skip
    if not ranked or ranked[0][0][0] > 0:
        return [one for _, _, one in ranked]
    first = ranked[0][2]

    def place(item: tuple[tuple[float, ...], int, Trying]) -> tuple[float, ...]:
        (kind, *others), number, one = item
        less = paired(first.other, one.other, "accepted").high
        level = kind == 0 and (less is None or less >= 0)
        assert one.advice is not None
        return (0, one.advice.loss.mean, number) if level else (1, kind, *others, number)

    return [one for _, _, one in sorted(ranked, key=place)]


def _advice(tried: Iterable[Trying]) -> list[Advice]:
    """What may be said of changes, none of which tells a rule before it is asked for."""
    return [
        replace(one.advice, change=discreet(one.attempt.scenario, one.attempt.plan, one.change))
        for one in tried if one.advice is not None
    ]  # fmt: skip


def measure(attempt: Evaluation, change: Change, other: Evaluation) -> Advice | None:
    """What a change did over the trials that both have; None where no trial was scored."""
    both = {(t.sample, t.repeat) for t in other.scored}
    shared = tuple(t for t in attempt.scored if (t.sample, t.repeat) in both)
    attempt = replace(attempt, scored=shared)
    before, after, wages = attempt.reliability, other.reliability, attempt.mean("cost")
    if before is None or after is None or wages is None:
        return None
    metrics = ("loss", "accepted", "cost", "minutes", "your_minutes")
    loss, accepted, cost, minutes, yours = (paired(attempt, other, m) for m in metrics)
    overspends = wages.mean <= attempt.scenario.budget.money < wages.mean + cost.mean
    return Advice(
        change,
        loss,
        accepted,
        cost,
        minutes,
        yours,
        before.mean,
        after.mean,
        wages.mean,
        overspends,
    )


def helps(advice: Advice) -> bool:
    """Whether it saves money lost, or makes more be accepted beyond noise.

    What ends breaches, which lose no money, need not do so beyond noise; what overspends must, for
    no medal is given for it. What has less be accepted beyond noise is no help.
    """
    low, more = advice.reliability.low, advice.reliability.mean > 0
    if advice.reliability.high is not None and advice.reliability.high < 0:
        return False
    unapproved = advice.change.about.cause == "unapproved"
    surely = low is not None and low > 0
    return surely or (unapproved and more) or (advice.loss.mean < 0 and not advice.overspends)


def _promises(advice: Advice) -> bool:
    """Whether it may yet turn out to help."""
    return advice.loss.mean < 0 or advice.reliability.mean > 0


def _sure(advice: Advice) -> bool:
    """Whether it helps beyond noise."""
    return helps(advice) and not advice.noise


def rank(advice: Advice) -> tuple[float, ...]:
    """What comes first is smallest.

    Changes whose gain in reliability is beyond noise (its interval lies above nought) come first,
    by reliability per money: the gain divided by the wages of a trial with the change as a
    multiple of the attempt's (a change that saves wages gains by it, and free is not infinite).
    Less loss breaks ties, here and where gains cannot be told from one another. All others follow:
    those that save loss beyond noise, then those that seem to, by the loss that they save. What
    overspends comes after all that does not.
    """
    low, high, late = advice.reliability.low, advice.loss.high, 3.0 * advice.overspends
    if low is not None and low > 0:
        times = (advice.wages + advice.cost.mean) / advice.wages if advice.wages > 0 else 1.0
        gain = -round(advice.reliability.mean / max(times, 0.01), 6)
        return late, gain, advice.loss.mean
    kind = 1.0 if high is not None and high < 0 else 2.0
    return kind + late, advice.loss.mean, advice.cost.mean
