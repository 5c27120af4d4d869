"""Where the learner's attempts stand among other plans of the scenario, as data and as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from agents.population import TRIALS, Came
from scenarios.scenario import Scenario
from simulator.debriefing.front import front
from simulator.storage.store import Attempt
from tui.outcomes import plots
from tui.outcomes.figures import SCHEMA
from tui.planning.changes import figure
from tui.printing import number, percent, plural, table, wrapped

_OPEN = ("empty", "naive")
"""Reference plans that give nothing away: everybody begins with them."""
MEASURES = {"loss": "money lost", "cost": "wages", "minutes": "minutes"}


class Placed(NamedTuple):
    """A plan among others. `name` is empty where it is nobody's business, or not yet."""

    kind: Literal["attempt", "reference", "bot"]
    name: str
    reliability: float
    loss: float
    cost: float
    minutes: float
    front: bool = False
    """Whether no other plan is as reliable for less, or more reliable for as much."""


def standing(came: Iterable[Came], attempts: Sequence[Attempt]) -> list[Placed]:
    """The learner's attempts on practice records, then the reference plans, then the bots.

    What a reference plan is called says how to solve the scenario: until a medal is earned it is
    only said of those with which everybody begins.
    """
    earned = any(one.summary.get("medal") and not one.revealed for one in attempts)
    found = []
    for attempt in attempts:
        means = [figure(attempt, name) for name in ("reliability", *MEASURES)]
        if attempt.lot == "practice" and None not in means:
            rate, loss, cost, minutes = (mean or 0.0 for mean in means)
            name = f"attempt {attempt.number}"
            found.append(Placed("attempt", name, rate, loss, cost, minutes))
    for one in came:
        name = one.name if earned or one.name in _OPEN else ""
        found.append(Placed(one.kind, name, *one[2:]))
    found.sort(key=lambda one: ("attempt", "reference", "bot").index(one.kind))
    best = set(front([(one.cost, one.reliability) for one in found]))
    return [one._replace(front=place in best) for place, one in enumerate(found)]


def called(one: Placed) -> str:
    """A plan in a few words."""
    return one.name or {"bot": "a bot's plan", "reference": "a reference plan"}.get(one.kind, "")


def text(scenario: Scenario, placed: Sequence[Placed]) -> str:
    """Everything as text: who is where, the picture of the front, and three histograms."""
    mine = [one for one in placed if one.kind == "attempt"]
    others = len(placed) - len(mine)
    head = wrapped(
        f"{plural(len(mine), 'attempt')} of yours at {scenario.id} on practice records, among "
        f"{plural(others, 'other plan')} that {TRIALS} trials each tried: reference plans, and "
        "bots' that leave parts of one out."
    )
    columns = ("", "reliable", "lost", "wages", "minutes", "")
    shown = [
        (called(one), percent(one.reliability), number(one.loss), number(one.cost),
         number(one.minutes), "best for its wages" if one.front else "")
        for one in sorted(placed, key=lambda one: (one.cost, -one.reliability))
        if one.front or one.kind != "bot"
    ]  # fmt: skip
    parts = [head, table([columns, *shown], right=(1, 2, 3, 4)), drawn(placed)]
    parts += [histogram(placed, name) for name in MEASURES]
    return "\n\n".join(parts)


def drawn(placed: Sequence[Placed], width: int = 64, height: int = 12) -> str:
    """Reliability against wages as a picture of letters."""
    marks = {"bot": ".", "reference": "o", "attempt": "#"}
    dots = [(one.cost, one.reliability, marks[one.kind]) for one in reversed(placed)]
    picture = plots.scatter(dots, width, height)
    return "\n".join([
        "Reliability against wages (# you, o reference plans, . bots)", *picture,
    ])  # fmt: skip


def histogram(placed: Sequence[Placed], measure: str, width: int = 30) -> str:
    """How many plans lose, cost or take so much, and which attempts are among them."""
    rows = []
    for one in plots.bins([getattr(one, measure) for one in placed]):
        inside = [p for p in placed if one.holds(getattr(p, measure))]
        mine = [p.name.removeprefix("attempt ") for p in inside if p.kind == "attempt"]
        rows.append((one.label, len(inside), f"you: {', '.join(mine)}" if mine else ""))
    most = max(count for _, count, _ in rows)
    shown = [
        (label, str(count), f"{'=' * round(width * count / most)} {said}".strip())
        for label, count, said in rows
    ]  # fmt: skip
    return f"Plans by {MEASURES[measure]}\n" + table(shown, right=(1,))


def standing_object(scenario: Scenario, placed: Sequence[Placed]) -> dict[str, Any]:
    """What `intern standing --json` prints."""
    plans = [{**one._asdict(), "name": one.name or None} for one in placed]
    return {"schema": SCHEMA, "scenario": scenario.id, "trials": TRIALS, "plans": plans}
