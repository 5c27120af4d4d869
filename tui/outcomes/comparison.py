"""Two evaluations on the same draws: the difference, its interval, and what that means in words."""

from __future__ import annotations

from typing import Any

from agents.session import TRIALS
from simulator.debriefing.debrief import WHY
from simulator.debriefing.iteration import became
from simulator.scoring.evaluation import Evaluation, paired, paired_of
from simulator.scoring.statistics import Estimate, six
from simulator.storage.store import Attempt
from tui.outcomes import figures
from tui.outcomes.report import say
from tui.printing import number, percent, plural, signed, table, wrapped

MORE_IS_BETTER = {"loss": False, "wrong_records": False, "accepted": True, "cost": False,
                   "minutes": False, "your_minutes": False, "escalations": False}  # fmt: skip
"""The metrics that are compared, in the order in which they are told."""
_LABELS = {"loss": "money lost", "wrong_records": "wrong {thing}s", "accepted": "reliability",
           "cost": "wages", "minutes": "minutes", "your_minutes": "your minutes",
           "escalations": "{thing}s that need you"}  # fmt: skip
_CAUSES = 8


def draws(one: Attempt | None, other: Attempt | None) -> tuple[int, int]:
    """Trials and seed to compare two plans on: those of both attempts, or else the usual ones.

    Sealed records are for handing in, and for nothing else.
    """
    if one is None or other is None or not one.lot == other.lot == "practice":
        return TRIALS, 1
    same = (one.trials, one.seed) == (other.trials, other.seed)
    return (one.trials, one.seed) if same else (TRIALS, 1)


def verdict(difference: Estimate, *, more_is_better: bool) -> str:
    """What a difference says of the second plan: better, worse, the same or noise."""
    mean, low, high = difference
    if low is None or high is None:
        return "one sample says nothing of luck"
    if low == high == 0:
        return "same"
    if low <= 0 <= high:
        return "no more than noise"
    return "better" if (mean > 0) == more_is_better else "worse"


def limit_against(place: int, before: Evaluation, after: Evaluation) -> tuple[str, str]:
    """The mean before of what a limit of `accept` is about, and what the difference says."""
    limit = after.scenario.accept[place]
    mean, less = before.mean_of(place), paired_of(before, after, place)
    if mean is None or less is None:
        return "", "not scored"
    return say(limit, mean.mean), verdict(less, more_is_better=limit.at_most is None)


def text(a: Evaluation, b: Evaluation, names: tuple[str, str], reader: str = "sim") -> str:
    """A table, money lost first, then the causes; the words are about the second plan."""
    head = wrapped(
        f"{plural(len(a.scored), 'trial')} each on the same {a.lot} records of {a.scenario.id} "
        f"with the same luck, seed {a.seed}{figures.read_by(reader)}"
    )
    told = [(*row[:4], _with_bounds(row[5], row[4])) for row in rows(a, b)]
    shown = table([("", "A", "B", "B less A", "B is (95 %)"), *told], right=(1, 2, 3))
    parts = [f"A: {names[0]}\nB: {names[1]}\n{head}", shown]
    found = [(*row[:4], _with_bounds(row[5], row[4])) for row in cause_rows(a, b)]
    if found:
        said = table([("", "A", "B", "B less A", ""), *found], right=(1, 2, 3))
        parts.append(f"{causes_heading(a, b)}\n{said}")
    return "\n\n".join(parts)


def rows(a: Evaluation, b: Evaluation) -> list[tuple[str, ...]]:
    """What is compared: its name, that of each, the difference, its interval, what that says."""
    found: list[tuple[str, ...]] = []
    for metric, more_is_better in MORE_IS_BETTER.items():
        one, other, less = mean_of(a, metric), mean_of(b, metric), paired(a, b, metric)
        share = metric == "accepted"
        said = [percent(x) if share else number(x) for x in (one, other)]
        points = 100.0 if share else 1.0
        gap = signed(points * less.mean) + (" points" if share else "")
        words = verdict(less, more_is_better=more_is_better)
        label = _LABELS[metric].format(thing=a.scenario.unit)
        found.append((label, said[0], said[1], gap, _bounds(less, points), words))
    return found


def causes_heading(a: Evaluation, b: Evaluation) -> str:
    """What the rows of causes count."""
    money = f" ({a.scenario.loss.currency})" if a.scenario.loss.currency else ""
    what = f"money lost a trial{money}" if _costs(a, b) else f"wrong {a.scenario.unit}s a trial"
    return f"What became of the causes, by {what}:"


def cause_rows(a: Evaluation, b: Evaluation, most: int = _CAUSES) -> list[tuple[str, ...]]:
    """What became of each cause, in words; the largest differences first."""
    money = _costs(a, b)
    found: list[tuple[str, ...]] = []
    for one in became(a, b, figures.told)[:most]:
        was, now = (one.loss_before, one.loss_after) if money else (
            one.records_before, one.records_after
        )  # fmt: skip
        less = one.loss if money else one.records
        why = f"{one.told.step}: {one.told.field} - {WHY.get(one.told.cause, one.told.cause)}"
        words = fate(was, now, less)
        found.append((words, number(was), number(now), signed(less.mean), _bounds(less), why))
    return found


def fate(was: float, now: float, less: Estimate) -> str:
    """What became of a cause that did so much damage, and does so much now."""
    words = verdict(less, more_is_better=False)
    if words == "better":
        return "gone" if now == 0 else "less"
    if words == "worse":
        return "new" if was == 0 else "more"
    return {"no more than noise": "noise", "same": "same"}.get(words, "one sample")


def _costs(a: Evaluation, b: Evaluation) -> bool:
    """Whether anything was lost: where nothing is, wrong records are counted instead."""
    return any(trial.loss for one in (a, b) for trial in one.scored)


def _with_bounds(words: str, bounds: str) -> str:
    return f"{words} ({bounds})" if bounds else words


def _bounds(less: Estimate, points: float = 1.0) -> str:
    if less.low is None or less.high is None:
        return ""
    return f"{signed(points * less.low)} to {signed(points * less.high)}"


def comparison_object(
    a: Evaluation, b: Evaluation, names: tuple[str, str], reader: str = "sim"
) -> dict[str, Any]:
    """What `intern compare --json` prints."""
    metrics = {}
    for metric, more_is_better in MORE_IS_BETTER.items():
        less = paired(a, b, metric)
        name = "reliability" if metric == "accepted" else metric
        metrics[name] = {
            "a": six(mean_of(a, metric)),
            "b": six(mean_of(b, metric)),
            "difference": figures.interval(less),
            "b_is": verdict(less, more_is_better=more_is_better),
        }
    return {
        "schema": figures.SCHEMA, "scenario": a.scenario.id, "a": names[0], "b": names[1],
        "reader": reader, "lot": a.lot, "seed": a.seed, "trials": len(a.scored),
        "samples": len(a.by_sample), "metrics": metrics, "causes": _causes_object(a, b),
    }  # fmt: skip


def _causes_object(a: Evaluation, b: Evaluation) -> list[dict[str, Any]]:
    return [
        {
            "cause": one.told.cause, "step": one.told.step, "field": one.told.field,
            "loss": {"a": six(one.loss_before), "b": six(one.loss_after),
                     "difference": figures.interval(one.loss)},
            "wrong_records": {"a": six(one.records_before), "b": six(one.records_after),
                              "difference": figures.interval(one.records)},
            "became": fate(one.loss_before, one.loss_after, one.loss),
        }
        for one in became(a, b, figures.told)
    ]  # fmt: skip


def mean_of(evaluation: Evaluation, metric: str) -> float:
    """The mean of a metric where a trial was scored."""
    estimate = evaluation.mean(metric)
    assert estimate is not None  # a simulated trial is always scored
    return estimate.mean
