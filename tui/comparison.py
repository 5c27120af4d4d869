"""Two evaluations on the same draws: the difference, its interval, and what that means in words."""

from __future__ import annotations

from typing import Any

from simulator.evaluation import Evaluation, paired, paired_of
from simulator.statistics import Estimate, six
from tui import figures
from tui.printing import number, percent, plural, signed, table, wrapped
from tui.report import say

MORE_IS_BETTER = {"loss": False, "wrong_records": False, "accepted": True, "cost": False,
                   "minutes": False, "your_minutes": False, "escalations": False}  # fmt: skip
"""The metrics that are compared, in the order in which they are told."""
_LABELS = {"loss": "money lost", "wrong_records": "wrong {thing}s", "accepted": "reliability",
           "cost": "wages", "minutes": "minutes", "your_minutes": "your minutes",
           "escalations": "{thing}s that need you"}  # fmt: skip


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
    """A table, money lost first; the words are about the second plan."""
    thing = a.scenario.unit
    rows = [("", "A", "B", "B less A", "95 %", "B is")]
    for metric, more_is_better in MORE_IS_BETTER.items():
        one, other, less = mean_of(a, metric), mean_of(b, metric), paired(a, b, metric)
        share = metric == "accepted"
        said = [percent(x) if share else number(x) for x in (one, other)]
        points = 100.0 if share else 1.0
        gap = signed(points * less.mean) + (" points" if share else "")
        bounds = ""
        if less.low is not None and less.high is not None:
            bounds = f"{signed(points * less.low)} to {signed(points * less.high)}"
        words = verdict(less, more_is_better=more_is_better)
        label = _LABELS[metric].format(thing=thing)
        rows.append((label, said[0], said[1], gap, bounds, words))
    head = wrapped(
        f"{plural(len(a.scored), 'trial')} each on the same {a.lot} records of {a.scenario.id} "
        f"with the same luck, seed {a.seed}{figures.read_by(reader)}"
    )
    shown = table(rows, right=(1, 2, 3))
    return f"A: {names[0]}\nB: {names[1]}\n{head}\n\n{shown}"


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
        "samples": len(a.by_sample), "metrics": metrics,
    }  # fmt: skip


def mean_of(evaluation: Evaluation, metric: str) -> float:
    """The mean of a metric where a trial was scored."""
    estimate = evaluation.mean(metric)
    assert estimate is not None  # a simulated trial is always scored
    return estimate.mean
