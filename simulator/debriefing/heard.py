"""What an interview told before an attempt, what it did not, and which question was missed most."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scenarios.scenario import Fact, Stakeholder
from simulator.scoring.evaluation import Evaluation
from simulator.scoring.statistics import six

NOT_TOLD = ("unstated", "vague", "contradicted", "conflict", "uncoded")
"""Causes that somebody who had known the fact could have kept away by passing it on."""

Told = Mapping[str, Collection[str]]
"""The ids of the facts that were told, by the id of the stakeholder who told them."""


@dataclass(frozen=True)
class Unasked:
    """The fact that was missed most. `share` is of all the money lost, None where none was."""

    whom: Stakeholder
    fact: Fact
    loss: float
    share: float | None
    wrong_records: float


@dataclass(frozen=True)
class Heard:
    """Facts found and missed, each with whoever knows it, in the scenario's order."""

    found: tuple[tuple[Stakeholder, Fact], ...]
    missed: tuple[tuple[Stakeholder, Fact], ...]
    unasked: Unasked | None
    """None where nothing that was missed cost anything."""


def heard(evaluation: Evaluation, told: Told) -> Heard:
    """What was heard before an evaluation, and the missed fact with the most loss behind it.

    The loss of a fact is that of the evaluation's blame for its requirement, as far as nobody was
    told it clearly: money (and wrong records) a trial.
    """
    known = [(one, fact) for one in evaluation.scenario.stakeholders for fact in one.knows]
    found = tuple(pair for pair in known if pair[1].id in told.get(pair[0].id, ()))
    missed = tuple(pair for pair in known if pair not in found)
    learnt = {fact.requirement for _, fact in found}
    costs = [
        _unasked(evaluation, whom, fact)
        for whom, fact in missed
        if fact.requirement is not None and fact.requirement not in learnt
    ]
    most = max(costs, key=lambda one: (six(one.loss), six(one.wrong_records)), default=None)
    if most is not None and six(most.loss) <= 0 and six(most.wrong_records) <= 0:
        most = None
    return Heard(found, missed, most)


def _unasked(evaluation: Evaluation, whom: Stakeholder, fact: Fact) -> Unasked:
    behind = [
        cost for key, cost in evaluation.blame.items()
        if key.requirement == fact.requirement and key.cause in NOT_TOLD
    ]  # fmt: skip
    loss, records = sum(cost for cost, _ in behind), sum(count for _, count in behind)
    whole = sum(cost for cost, _ in evaluation.blame.values())
    return Unasked(whom, fact, loss, loss / whole if whole > 0 else None, records)
