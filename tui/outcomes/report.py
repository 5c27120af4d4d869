"""An evaluation as a table for people, each figure against what the scenario asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from scenarios.scenario import Limit, Scenario
from simulator.debriefing.bought import Bought
from simulator.debriefing.debrief import WHY
from simulator.debriefing.foresight import foresight
from simulator.scoring.evaluation import Evaluation
from simulator.scoring.statistics import Estimate
from tui.outcomes import figures, foretold, medals
from tui.printing import number, percent, plural, prose, table, wrapped

_TOP = 6
_METRICS = {
    "wrong_records": "wrong {thing}s",
    "wrong_fields": "wrong fields",
    "loss": "money lost",
    "escalations": "{thing}s that need you",
    "rows_found": "{thing}s found",
    "points": "points made",
    "recall": "facts that a search brought",
    "said_wrongly": "things said that must not be",
    "breaches": "acts that nobody approved",
    "harm": "harmful acts",
    "money": "wages",
    "minutes": "minutes",
}
_SHARES = ("share", "rows_found", "points", "recall")
_SHOWN = ("loss", "wrong_records", "escalations")
"""What has a row of its own, whether it is limited or not."""


def summary(
    evaluation: Evaluation, plan_name: str, model: str, reader: str = "sim",
    bought: Sequence[Bought] = (),
) -> str:  # fmt: skip
    """The whole table, from money lost to the most frequent slips.

    `bought` are the answers about the scenario that were told before.
    """
    scenario = evaluation.scenario
    head = wrapped(
        f"{plan_name} on the {evaluation.lot} records of {scenario.id}: "
        f"{plural(len(evaluation.scored), 'trial')} in "
        f"{plural(len(evaluation.by_sample), 'sample')}, seed {evaluation.seed}, model {model}"
        f"{figures.read_by(reader)}"
    )
    parts = [head]
    if evaluation.interrupted:
        why = f"Stopped ({evaluation.stopped})" if evaluation.stopped else "Interrupted"
        parts.append(f"{why}: these are the trials that were finished.")
    if not evaluation.scored:
        parts.append("No trial was scored.")
    else:
        columns = ("", "a trial", "95 %", "wanted")
        body = table([columns, *(row[1:] for row in rows(evaluation))])
        parts.append(body + "\n" + wrapped(_pass_k(evaluation), "  "))
        if evaluation.lot == "sealed":
            parts.append(prose(medals.line(evaluation, bought)))
        parts += _slips(evaluation)
        if (said := foresight(evaluation)) is not None:
            parts.append(foretold.told(said))
    if evaluation.faulty:
        kinds = "; ".join(f"{text} ({count})" for text, count in _fault_kinds(evaluation))
        parts.append(
            wrapped(
                f"{plural(evaluation.faulty, 'trial')} spoilt by faults of the connection or the "
                f"model, not scored: {kinds}"
            )
        )
    return "\n\n".join(parts)


def _fault_kinds(evaluation: Evaluation) -> list[tuple[str, int]]:
    return sorted({text: evaluation.faults.count(text) for text in evaluation.faults}.items())


class Row(NamedTuple):
    """A figure of an evaluation, in words: what it is, its mean and interval, what is wanted."""

    metric: str | int
    """A number of `Scored`, or the place of a limit in `accept`."""
    label: str
    mean: str
    between: str
    wanted: str


def rows(evaluation: Evaluation) -> list[Row]:
    """Every figure, money lost and wrong records first. There must be a scored trial."""
    scenario = evaluation.scenario
    thing = scenario.unit
    # How many rows there are is not told.
    size = sum(scenario.records.sample.values())
    of = f" of {size}" if scenario.records.rows is None else ""
    money = f" {scenario.loss.currency}".rstrip()
    rate = evaluation.reliability
    assert rate is not None
    medals, budget = scenario.medals, scenario.budget
    bars = (
        f"bronze {percent(medals.bronze)}, silver {percent(medals.silver)}, "
        f"gold {percent(medals.gold)}"
    )
    return [
        _row(evaluation, "money lost", "loss", money, _limit(scenario, "loss")),
        _row(evaluation, f"wrong {thing}s", "wrong_records", of,
             _limit(scenario, "wrong_records")),
        Row("accepted", "reliability", percent(rate.mean), _between(rate, percent), bars),
        _row(evaluation, f"wages{_pilots(evaluation)}", "cost", "",
             f"at most {number(budget.money)}"),
        _row(evaluation, "minutes", "minutes", "", f"at most {number(budget.minutes)}"),
        _row(evaluation, "your minutes", "your_minutes", "",
             f"at most {number(budget.your_minutes)} in each"),
        _row(evaluation, f"{thing}s that need you", "escalations", of,
             _limit(scenario, "escalations")),
        *(_measured(evaluation, i) for i in measured(scenario)),
    ]  # fmt: skip


def _pilots(evaluation: Evaluation) -> str:
    """What of the wages pilots cost, where there were any."""
    return f" (pilots: {number(evaluation.piloted)})" if evaluation.piloted else ""


def measured(scenario: Scenario) -> list[int]:
    """The limits that are about a figure of their own, by their places in `accept`."""
    return [
        i for i, limit in enumerate(scenario.accept) if limit.says or limit.metric not in _SHOWN
    ]


def label(scenario: Scenario, limit: Limit) -> str:
    """What a limit is about, in words."""
    if limit.says is not None:
        return limit.says
    words = _METRICS[limit.metric].format(thing=scenario.unit)
    return f"{words}: {limit.field}" if limit.field else words


def say(limit: Limit, value: float) -> str:
    """A value of what a limit is about."""
    return percent(value) if limit.metric in _SHARES else number(value)


def _measured(evaluation: Evaluation, place: int) -> Row:
    limit, estimate = evaluation.scenario.accept[place], evaluation.mean_of(place)
    words = label(evaluation.scenario, limit)
    if estimate is None:
        return Row(place, words, "not scored", "", _bounds(limit))
    mean = say(limit, estimate.mean)
    between = _between(estimate, lambda value: say(limit, value))
    return Row(place, words, mean, between, _bounds(limit))


def _row(evaluation: Evaluation, label: str, metric: str, unit: str, bar: str) -> Row:
    estimate = evaluation.mean(metric)
    assert estimate is not None
    between = _between(estimate, number)
    return Row(metric, label, f"{number(estimate.mean)}{unit}", between, bar)


def _pass_k(evaluation: Evaluation) -> str:
    shown = ["-" if value is None else f"{100 * value:.0f}" for value in evaluation.pass_k]
    return f"pass^k, the share of jobs right k times of k, k = 1 to {len(shown)}: " + (
        " ".join(shown) + " %"
    )


def _between(estimate: Estimate, say: Callable[[float], str]) -> str:
    if estimate.low is None or estimate.high is None:
        return "one sample"
    return f"{say(estimate.low)} to {say(estimate.high)}"


def _limit(scenario: Scenario, metric: str) -> str:
    limits = [limit for limit in scenario.accept if limit.metric == metric]
    return " and ".join(_bounds(limit) for limit in limits)


def _bounds(limit: Limit) -> str:
    most = "" if limit.at_most is None else f"at most {say(limit, limit.at_most)}"
    least = "" if limit.at_least is None else f"at least {say(limit, limit.at_least)}"
    return " and ".join(part for part in (least, most) if part)


def limits(scenario: Scenario) -> list[str]:
    """What makes a trial accepted, in words."""
    return [f"{label(scenario, limit)}: {_bounds(limit)}" for limit in scenario.accept]


def _slips(evaluation: Evaluation) -> list[str]:
    rows = [
        (number(rate), slip.cause, f"{slip.step}: {slip.field}", WHY.get(slip.cause, ""))
        for slip, rate in figures.slips(evaluation)[:_TOP]
    ]
    inferred = ", causes inferred by comparison" if evaluation.inferred else ""
    return (
        [f"What went wrong most, times a trial{inferred}:\n" + table(rows, right=(0,))]
        if rows
        else []
    )
