"""Why it failed: the cause that lost most, shown on one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenarios.model import Value
from simulator.blueprint import Blueprint
from simulator.prose import told
from simulator.scoring.evaluation import Evaluation, firsts, score
from simulator.slip import Slip, SlipKey
from simulator.trial import Team, Trial, TrialKey

WHY = {
    "skipped": "it was left out: too many records in one call",
    "injected": "a text inside the record gave an order, and it was obeyed",
    "no-source": "it is not in the record, and something was made up",
    "unstated": "nobody told them",
    "vague": "the topic was mentioned, the rule was not",
    "contradicted": "they were told the opposite",
    "conflict": "they were told two things that do not go together",
    "overloaded": "too many rules at once; this one was dropped",
    "buried": "it was in the papers, and got lost in them",
    "distracted": "other papers led them astray",
    "in-one-leap": "it was decided in the head on the way to something else",
    "beyond-skill": "a slip: this is as good as they are at this",
    "malformed": "the answer could not be read",
    "out-of-sight": "what it takes was not in front of them",
    "uncoded": "the code does what it says, which is not what is wanted",
    "inherited": "it came in wrong",
    "unapproved": "it was done, and nobody had approved it",
    "not-allowed": "the step may not do it, so it was not done",
    "unknown": "not known",
}
"""Each cause in plain words."""


@dataclass(frozen=True)
class Exhibit:
    """One record on which a cause did its damage."""

    trial: int
    record: str
    result: str
    got: Value
    wanted: Value
    delivered: tuple[tuple[str, Value, Value], ...]
    """The deliverable's fields: name, what came out, what was wanted."""
    slip: Slip
    loss: float
    brought: bool | None = None
    """Where it was to be searched for: whether a passage that says it was found."""


def exhibit(
    team: Team,
    blueprints: Mapping[str, Blueprint],
    keys: Sequence[TrialKey],
    evaluation: Evaluation,
    cause: SlipKey,
) -> Exhibit | None:
    """The costliest record of the first trial in which `cause` did damage, run again to look at."""
    wanted = {
        (t.sample, t.repeat) for t in evaluation.scored if any(k == cause for k, _, _ in t.blame)
    }
    number = next(
        (i for i, key in enumerate(keys) if (key.draws.sample, key.draws.repeat) in wanted), None
    )
    if number is None:
        return None
    trial = team.run([keys[number]])[0]
    _, verdict, found = score(team.scenario, blueprints, trial)
    rows = [
        (verdict.losses.get(record, 0.0), record, slip)
        for record, first in firsts(team.scenario, blueprints, trial, verdict, found)
        for slip in first
        if (slip.cause, slip.step, slip.result, slip.field, slip.requirement) == tuple(cause)
    ]
    if not rows:
        return None
    loss, record, slip = max(rows, key=lambda row: row[0])
    truth = team.scenario.record[record].truth
    delivered = tuple(
        (
            field.name,
            trial.delivered.get(record, {}).get(field.name),
            told(team.scenario, field, truth[field.name]),
        )
        for field in team.scenario.deliverable
    )
    return Exhibit(
        number, record, slip.result, slip.got, slip.wanted, delivered, slip, loss,
        _brought(blueprints, trial, slip),
    )  # fmt: skip


def _brought(blueprints: Mapping[str, Blueprint], trial: Trial, slip: Slip) -> bool | None:
    found = blueprints.get(slip.step)
    if found is None or found.step.retrieves is None:
        return None
    if slip.field not in found.scenario.record[slip.record].found_in:
        return None
    return slip.field in trial.work[slip.step].brought.get(slip.record, ())
