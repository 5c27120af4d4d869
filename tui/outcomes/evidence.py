"""What each skill's score rests on, in a sentence that names the step and the figures."""

from __future__ import annotations

from simulator.debriefing.debrief import WHY
from simulator.debriefing.skills import SkillScore
from simulator.scoring.evaluation import Evaluation
from tui.outcomes import figures
from tui.printing import number, percent, plural, signed

_BY = {
    "discovery": "rules that you had not heard and nobody was told",
    "decomposition": "how the work was cut",
    "clarity": "how it was put",
    "context": "what they were given to read",
    "delegation": "who did it",
}


def evidence(evaluation: Evaluation, one: SkillScore) -> str:
    """The sentence, or why there is no score."""
    said = [] if one.score is None else [_scored(evaluation, one)]
    if one.score is None:
        said.append(f"Not scored: {one.why_not}.")
    if "heard" in one.figures:
        heard, missed = (int(one.figures[name] or 0) for name in ("heard", "not_heard"))
        said.append(f"You had heard {heard} of {plural(heard + missed, 'thing')} that people know.")
    if one.figures.get("noise"):
        papers, noise = (int(one.figures[name] or 0) for name in ("papers", "noise"))
        said.append(f"Of {plural(papers, 'paper')} that they read {noise} told nothing of the job.")
    return " ".join(said)


def _scored(evaluation: Evaluation, one: SkillScore) -> str:
    thing = evaluation.scenario.unit
    given = {name: value for name, value in one.figures.items() if value is not None}
    match one.skill:
        case "verification":
            return (
                f"{number(given['caught'])} wrong {thing}s a trial were caught and came out right, "
                f"{number(given['let_through'])} got through, and {number(given['alarms'])} were "
                "suspected for nothing."
            )
        case "economics":
            return (
                f"{number(given['cost'])} in wages and {number(given['your_minutes'])} of your "
                f"minutes a trial, {percent(given['share'])} of the budget, bought a reliability "
                f"of {percent(given['reliability'])}; the cheapest reference plans pay "
                f"{percent(given['usual_share'])} for as much."
            )
        case "foresight":
            return (
                f"Said {percent(given['said'])}, came {percent(given['came'])}, where it was "
                f"furthest off; {number(given['yours'])} of a Brier score of "
                f"{number(given['brier'])} was yours to know."
            )
        case "iteration":
            return _iteration(given, thing)
    return _traced(evaluation, one, given, thing)


def _iteration(given: dict[str, float], thing: str) -> str:
    low, high = given["low"], given["high"]
    better = "better" if high < 0 else "worse" if low > 0 else "no more than noise"
    changes = int(given["changes"])
    several = "" if changes == 1 else "; with so many at once nobody can tell which did it"
    return (
        f"{plural(changes, 'change')} since the attempt before: wrong {thing}s "
        f"{number(given['was'])} -> {number(given['was'] + given['less'])} a trial "
        f"({signed(given['less'])}, 95 %: {signed(low)} to {signed(high)}), {better}{several}."
    )


def _traced(evaluation: Evaluation, one: SkillScore, given: dict[str, float], thing: str) -> str:
    by = _BY[one.skill]
    if one.worst is None or given["lost"] <= 0:
        return f"No trial failed by {by}."
    told = figures.told(evaluation, one.worst)
    return (
        f"Of 100 trials {_of_hundred(given['missing'])} failed by something that went wrong; "
        f"{_of_hundred(given['lost'])} of them go back to {by}, most to step `{told.step}`, "
        f"`{told.field}`: {WHY[told.cause]} ({told.cause}), "
        f"{number(given['worst_wrong_records'])} {thing}s a trial.{_without(evaluation, given)}"
    )


def _without(evaluation: Evaluation, given: dict[str, float]) -> str:
    """What the attempt saves without the worst cause, where it was run again without it."""
    saved = given.get("worst_saves")
    if saved is None:
        return ""
    currency = evaluation.scenario.loss.currency
    return f" Run again without it, {number(saved)} {currency}".rstrip() + " less was lost a trial."


def _of_hundred(share: float) -> str:
    """How many of a hundred, with decimals where there is not even one."""
    return f"{100 * share:.0f}" if share >= 0.01 else number(100 * share)
