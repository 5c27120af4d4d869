"""Which medal an evaluation of sealed records earns, and what keeps it from a better one."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.debriefing.bought import Bought, still_in
from simulator.scoring.evaluation import Evaluation

MEDALS = ("gold", "silver", "bronze")
_ANSWER = 60


def medal(evaluation: Evaluation, bought: Sequence[Bought] = ()) -> str | None:
    """The medal that an evaluation of sealed records earns, within budget; None for none.

    With any of the `bought` answers in the plan that is bronze at most.
    """
    rate, scenario = evaluation.reliability, evaluation.scenario
    if rate is None or evaluation.lot != "sealed" or over_budget(evaluation):
        return None
    reached = MEDALS[-1:] if still_in(evaluation.plan, bought) else MEDALS
    for name in reached:
        if rate.mean >= getattr(scenario.medals, name):
            return name
    return None


def over_budget(evaluation: Evaluation) -> list[str]:
    """The budgets that the means of an evaluation are over."""
    budget = evaluation.scenario.budget
    most = {"cost": ("wages", budget.money), "minutes": ("minutes", budget.minutes)}
    over = []
    for metric, (name, limit) in most.items():
        estimate = evaluation.mean(metric)
        if estimate is not None and estimate.mean > limit:
            over.append(name)
    if any(t.your_minutes > budget.your_minutes + 1e-9 for t in evaluation.scored):
        over.append("your minutes")
    return over


def capped(evaluation: Evaluation, bought: Sequence[Bought]) -> str:
    """Why a plan earns bronze at most, and what lifts that; empty where nothing keeps it down."""
    found = still_in(evaluation.plan, bought)
    if not found:
        return ""
    answers = "an answer" if len(found) == 1 else f"{len(found)} answers"
    return (
        f"Bronze at most: {answers} that the coach told you stood in this plan "
        f'("{_short(found[0].answer)}"). Say it in words of your own, or find another way, and '
        "hand it in again."
    )


def _short(answer: str) -> str:
    text = " ".join(answer.split())
    return text if len(text) <= _ANSWER else f"{text[: _ANSWER - 4]} ..."


def line(evaluation: Evaluation, bought: Sequence[Bought] = ()) -> str:
    """What was earned, and why no more."""
    won = medal(evaluation, bought)
    if won:
        return f"Medal: {won}. {capped(evaluation, bought)}".strip()
    over = over_budget(evaluation)
    return f"No medal: over budget in {' and '.join(over)}." if over else "No medal yet."
