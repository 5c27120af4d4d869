"""The report card of an attempt: made when it is kept, with what came before; told and as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.errors import InputError
from scenarios.persona import Persona
from simulator.carried import carried
from simulator.debriefing.blaming import Blamed
from simulator.debriefing.foresight import Foresight, foresight
from simulator.debriefing.heard import Told, heard
from simulator.debriefing.report_card import Card, card
from simulator.debriefing.skills import Changed, skills
from simulator.debriefing.spending import spent
from simulator.debriefing.track_record import steps_of
from simulator.scoring.evaluation import Evaluation, TrialId, paired_by
from simulator.scoring.statistics import six
from simulator.storage.store import Attempt
from tui.outcomes import foretold
from tui.outcomes.evidence import evidence
from tui.planning.changes import plan_changes

_TOLD = 0.5
"""The least probability that a plan tells a rule clearly, for it to count as told at all."""


def judged(
    evaluation: Evaluation, plan_text: str, cast: Mapping[str, Persona],
    earlier: Sequence[Attempt], told: Told | None, blamed: Sequence[Blamed] = (),
) -> Card:  # fmt: skip
    """The card of an evaluation of a plan's text, after `earlier` attempts at its scenario.

    `told` is what the interviews had told by then, None where that is not known; `blamed` are the
    causes that it was run again without.
    """
    rules = carried(evaluation.scenario, evaluation.plan, cast)
    found = skills(
        evaluation,
        told={rule.requirement.id for rule in rules if rule.clear >= _TOLD},
        heard=None if told is None else heard(evaluation, told),
        foretold=_foretold(evaluation, plan_text, earlier),
        spent=spent(evaluation),
        changed=_changed(evaluation, plan_text, earlier),
        blamed=blamed,
    )
    return card(evaluation, found)


def kept(
    summary: Mapping[str, Any], evaluation: Evaluation, plan_text: str,
    cast: Mapping[str, Persona], earlier: Sequence[Attempt], told: Told | None,
    blamed: Sequence[Blamed] = (),
) -> dict[str, Any]:  # fmt: skip
    """What is kept with an attempt: its summary, its card, and what later ones compare with."""
    made = judged(evaluation, plan_text, cast, earlier, told, blamed)
    wrong = [[t.sample, t.repeat, t.wrong_records] for t in evaluation.scored]
    return {**summary, "card": card_object(evaluation, made), "wrong_by_trial": wrong}


def card_object(evaluation: Evaluation, made: Card) -> dict[str, Any]:
    """A card as data: its parts with their weights, and the skills with what they rest on."""
    return {
        "total": six(made.total),
        "points": six(made.points),
        "possible": six(made.possible),
        "breaches": six(made.breaches),
        "parts": [
            {"heading": part.heading, "name": part.name, "score": six(part.score),
             "weight": six(part.weight), "points": six(part.points)}
            for part in made.parts
        ],
        "skills": [
            {"skill": one.skill, "score": six(one.score),
             "figures": {name: six(value) for name, value in one.figures.items()},
             "evidence": evidence(evaluation, one)}
            for one in made.skills
        ],
    }  # fmt: skip


def _foretold(
    evaluation: Evaluation, plan_text: str, earlier: Sequence[Attempt]
) -> Foresight | None:
    """What was said before these steps were run for the first time: after that it is hindsight."""
    steps = steps_of(plan_text)
    first = next((one for one in earlier if steps_of(one.plan_text) == steps), None)
    if first is None:
        return foresight(evaluation)
    said = first.summary.get("foresight")
    return foretold.as_kept(said) if said else None


def _changed(evaluation: Evaluation, plan_text: str, earlier: Sequence[Attempt]) -> Changed | None:
    """Against the last attempt of other steps on the same draws; None where there is none."""
    now = {(t.sample, t.repeat): float(t.wrong_records) for t in evaluation.scored}
    steps = steps_of(plan_text)
    for before in reversed(earlier):
        if (before.lot, before.seed) != (evaluation.lot, evaluation.seed):
            continue
        was = _wrong(before)
        if steps_of(before.plan_text) == steps or not was.keys() & now.keys():
            continue
        try:
            changes = len(plan_changes(before.plan_text, plan_text))
        except InputError:
            return None
        shared = [was[key] for key in was if key in now]
        return Changed(changes, sum(shared) / len(shared), paired_by(was, now))
    return None


def _wrong(attempt: Attempt) -> dict[TrialId, float]:
    """By trial the wrong records of an attempt; empty where they were not kept."""
    return {(s, r): float(n) for s, r, n in attempt.summary.get("wrong_by_trial", ())}
