"""Many trials of a team, and what they amount to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scenarios.plans.plan import Plan
from scenarios.scenario import Lot, Scenario
from simulator import acts
from simulator.blueprint import Blueprint
from simulator.debriefing import attribution
from simulator.rows import sheets_of
from simulator.scoring import statistics
from simulator.scoring.grading import judge
from simulator.scoring.statistics import Estimate, Rate
from simulator.scoring.verdict import Verdict
from simulator.slip import Slip, SlipKey
from simulator.trial import Trial

TrialId = tuple[int, int]
"""The numbers of a trial's sample and repeat."""
LIMIT = "the spending limit was reached"
"""Why trials were not finished, where it is no fault of anybody's."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One trial reduced to what statistics and the debrief need; small enough to be sent around."""

    sample: int
    repeat: int
    accepted: bool
    wrong_records: int
    loss: float
    cost: float
    minutes: float
    your_minutes: float
    escalations: int
    calls: int
    tokens: int
    asked_again: int
    slips: tuple[tuple[SlipKey, int], ...]
    blame: tuple[tuple[SlipKey, float, int], ...]
    """Loss and wrong records, or breaches of right ones, by what first caused them."""
    faults: tuple[str, ...] = ()
    measures: tuple[float | None, ...] = ()
    """What each limit of `accept` is about, in its order; None is not scored."""
    sheets: int = 0
    """The records that were shown; what is found in one is no record of its own here."""
    wrong_in: tuple[int, ...] = ()
    """By deliverable field, in their order, on how many of them it is wrong or missing."""
    breaches: int = 0
    """Acts that nobody approved who had to."""
    caught: int = 0
    """Records that something was rightly found against, and that came out right."""
    alarms: int = 0
    """Records that something was found against for nothing: they were right, and what was done
    about them needed nobody's approval."""


@dataclass(frozen=True)
class Evaluation:
    """The trials of a plan on one lot with one seed. Faults of infrastructure are not trials."""

    scenario: Scenario
    plan: Plan
    lot: Lot
    seed: int
    scored: tuple[Scored, ...]
    faulty: int = 0
    """Trials that a fault of infrastructure spoilt; they are not scored."""
    faults: tuple[str, ...] = ()
    interrupted: bool = False
    stopped: str = ""
    """Why it ended before its time, where nobody interrupted it."""
    inferred: bool = False
    """Whether causes were inferred by comparison: those of a real model are not known."""
    piloted: float = 0.0
    """What of the wages of each trial was spent on pilots beforehand."""

    @cached_property
    def by_sample(self) -> tuple[tuple[Scored, ...], ...]:
        samples: dict[int, list[Scored]] = {}
        for trial in self.scored:
            samples.setdefault(trial.sample, []).append(trial)
        return tuple(tuple(samples[number]) for number in sorted(samples))

    @cached_property
    def reliability(self) -> Rate | None:
        """Share of trials accepted with its interval; None where no trial was scored."""
        if not self.scored:
            return None
        return statistics.reliability([[t.accepted for t in sample] for sample in self.by_sample])

    @cached_property
    def pass_k(self) -> Sequence[float | None]:
        return statistics.pass_hat([[t.accepted for t in sample] for sample in self.by_sample])

    def mean(self, metric: str) -> Estimate | None:
        """The mean of a number of `Scored` with its interval; None where no trial was scored."""
        if not self.scored:
            return None
        return statistics.mean_interval(
            [[float(getattr(t, metric)) for t in sample] for sample in self.by_sample]
        )

    def mean_of(self, limit: int) -> Estimate | None:
        """The mean of what a limit of `accept` is about, by its place there, with its interval.

        Over the trials in which it is scored; None where it is in none.
        """
        samples = [[t.measures[limit] for t in sample] for sample in self.by_sample]
        scored = [[value for value in sample if value is not None] for sample in samples]
        return statistics.mean_interval(scored) if any(scored) else None

    @cached_property
    def wrong_shares(self) -> Mapping[str, float]:
        """By deliverable field the share of records on which it is wrong; empty without trials."""
        shown = sum(trial.sheets for trial in self.scored)
        return {
            field.name: sum(trial.wrong_in[place] for trial in self.scored) / shown
            for place, field in enumerate(self.scenario.deliverable) if shown
        }  # fmt: skip

    @cached_property
    def slips(self) -> Mapping[SlipKey, float]:
        """Slips a trial, by what they are counted by, most frequent first."""
        counts: Counter[SlipKey] = Counter()
        for trial in self.scored:
            for key, number in trial.slips:
                counts[key] += number
        return _ranked({k: v / max(1, len(self.scored)) for k, v in counts.items()}, self.order)

    @cached_property
    def blame(self) -> Mapping[SlipKey, tuple[float, float]]:
        """Mean loss and wrong records a trial by first cause, most loss first."""
        loss: Counter[SlipKey] = Counter()
        records: Counter[SlipKey] = Counter()
        for trial in self.scored:
            for key, amount, number in trial.blame:
                loss[key] += amount  # type: ignore[assignment]
                records[key] += number
        n = max(1, len(self.scored))
        ranked = _ranked({k: v / n for k, v in loss.items()}, self.order)
        return {key: (value, records[key] / n) for key, value in ranked.items()}

    def order(self, key: SlipKey) -> tuple[object, ...]:
        """A stable order that knows no hidden name: by position in plan and scenario."""
        steps = [step.id for step in self.plan.steps]
        fields = [field.name for field in self.scenario.fields]
        needs = [requirement.id for requirement in self.scenario.requirements]
        return (
            steps.index(key.step) if key.step in steps else -1,
            key.cause,
            key.result,
            fields.index(key.field) if key.field in fields else -1,
            needs.index(key.requirement) if key.requirement in needs else -1,
        )


def _ranked(values: Mapping[SlipKey, float], order: object) -> dict[SlipKey, float]:
    assert callable(order)
    return dict(sorted(values.items(), key=lambda item: (-round(item[1], 9), order(item[0]))))


def score(
    scenario: Scenario, blueprints: Mapping[str, Blueprint], trial: Trial
) -> tuple[Scored, Verdict, list[Slip]]:
    """Judge a trial and find what it is to be blamed on."""
    verdict = judge(scenario, trial)
    found = attribution.slips(blueprints, trial)
    counts = Counter(_key(slip) for slip in found)
    loss: Counter[SlipKey] = Counter()
    records: Counter[SlipKey] = Counter()
    for record, first in firsts(scenario, blueprints, trial, verdict, found):
        for slip in first:
            key = _key(slip)
            loss[key] += verdict.losses.get(record, 0.0) / len(first)  # type: ignore[assignment]
            records[key] += 1
    scored = Scored(
        trial.key.draws.sample, trial.key.draws.repeat, verdict.accepted,
        len(verdict.wrong_records), verdict.loss, trial.cost, trial.minutes, trial.your_minutes,
        trial.escalations, trial.calls, sum(w.tokens for w in trial.work.values()),
        sum(w.asked_again for w in trial.work.values()),
        tuple(counts.items()), tuple((k, loss[k], records[k]) for k in loss), trial.faults,
        verdict.measures, len(sheets_of(scenario, trial.key.records)), _wrong_in(scenario, verdict),
        sum(deed.breach for deed in trial.deeds), *_suspected(trial, verdict),
    )  # fmt: skip
    return scored, verdict, found


def _suspected(trial: Trial, verdict: Verdict) -> tuple[int, int]:
    """Records that were caught, and false alarms."""
    rightly: dict[str, bool] = {}
    for work in trial.work.values():
        for record, wrong in work.suspected.items():
            rightly[record] = rightly.get(record, False) or wrong
    caught = sum(wrong and record not in verdict.wrong for record, wrong in rightly.items())
    # Whatever needs your approval comes to you rightly.
    approved = {d.record for d in trial.deeds if d.approved and not (d.free or d.undo)}
    alarms = [record for record, wrong in rightly.items() if not wrong and record not in approved]
    return caught, len(alarms)


def _wrong_in(scenario: Scenario, verdict: Verdict) -> tuple[int, ...]:
    return tuple(
        len(sheets_of(scenario, [r for r, bad in verdict.wrong.items() if field.name in bad]))
        for field in scenario.deliverable
    )


def firsts(
    scenario: Scenario, blueprints: Mapping[str, Blueprint], trial: Trial, verdict: Verdict,
    found: list[Slip],
) -> Iterator[tuple[str, list[Slip]]]:  # fmt: skip
    """Records with what they are to be blamed on: those that are wrong, and right ones of which
    something was done that nobody approved. `found` are the slips of the trial.
    """
    for record in verdict.wrong_records:
        yield (
            record,
            (
                attribution.roots(blueprints, trial, found, record)
                or acts.stopped(scenario, trial, record)
                or acts.unapproved(scenario, trial, record)
                or [Slip(record, "unknown", scenario.deliverable[0].name)]
            ),
        )
    for record in dict.fromkeys(deed.record for deed in trial.deeds if deed.breach):
        if record not in verdict.wrong:
            yield record, acts.unapproved(scenario, trial, record)


def _key(slip: Slip) -> SlipKey:
    return SlipKey(slip.cause, slip.step, slip.result, slip.field, slip.requirement)


def paired(a: Evaluation, b: Evaluation, metric: str) -> Estimate:
    """The mean of `metric` of `b` less that of `a`, over the trials that both have."""
    return paired_by(_table(a.scored, metric), _table(b.scored, metric))


def paired_of(a: Evaluation, b: Evaluation, limit: int) -> Estimate | None:
    """As `paired`, for what a limit of `accept` is about; None where no trial of both has it."""
    one, other = (
        {
            (t.sample, t.repeat): value
            for t in evaluation.scored
            if (value := t.measures[limit]) is not None
        }
        for evaluation in (a, b)
    )
    return paired_by(one, other) if one.keys() & other.keys() else None


def paired_by(one: Mapping[TrialId, float], other: Mapping[TrialId, float]) -> Estimate:
    """The mean of `other` less that of `one`, over the trials that both have; there must be one."""
    shared = [key for key in one if key in other]
    samples = sorted({sample for sample, _ in shared})
    rows = [[key for key in shared if key[0] == sample] for sample in samples]
    return statistics.paired(
        [[one[key] for key in row] for row in rows], [[other[key] for key in row] for row in rows]
    )


def _table(scored: Iterable[Scored], metric: str) -> dict[TrialId, float]:
    return {(t.sample, t.repeat): float(getattr(t, metric)) for t in scored}
