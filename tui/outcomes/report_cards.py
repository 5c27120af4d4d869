"""A kept report card in words, the skills over all attempts, and how predictions fared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.debriefing.report_card import BREACHED, WEIGHTS
from simulator.debriefing.track_record import ENOUGH, Group, diagram, kept
from simulator.storage.store import Attempt
from tui.outcomes import plots
from tui.printing import number, percent, plural, prose, table, wrapped

_LATEST = 10
"""Attempts of which each skill's scores are listed."""
_SIZE = (41, 11)
"""Columns and lines of the reliability diagram."""


def card_of(attempt: Attempt) -> Mapping[str, Any] | None:
    """The card that was kept with an attempt; None where none was."""
    found = attempt.summary.get("card")
    return found if isinstance(found, dict) else None


def title(attempt: Attempt) -> str:
    """Which attempt a card is of."""
    where = f"{attempt.lot} records of {attempt.scenario}"
    return f"Report card of attempt {attempt.number}: {attempt.plan}, {where}"


def total(card: Mapping[str, Any]) -> str:
    """What the card comes to, and of what."""
    if card["total"] is None:
        return "Not scored: no trial was scored."
    said = f"{card['total']:.0f} of 100"
    if card["possible"] < sum(WEIGHTS.values()):
        said += f": {_points(card['points'])} of the {_points(card['possible'])} points that "
        said += "could be scored"
    if card["breaches"] > 0:
        said += (
            f". {number(card['breaches'])} acts a trial that nobody had approved: at most "
            f"{number(BREACHED)}"
        )
    return f"{said}."


def parts(card: Mapping[str, Any]) -> str:
    """The parts with their scores and points; what is not scored is left out of the weights."""
    rows = [("", "score", "points", "of")]
    heading = ""
    for part in card["parts"]:
        if part["heading"] != heading:
            heading = part["heading"]
            rows.append((f"{heading} {number(WEIGHTS[heading])}", "", "", ""))
        scored = part["score"] is not None
        rows.append((
            f"  {part['name']}",
            f"{100 * part['score']:.0f}" if scored else "not scored",
            _points(part["points"]) if scored else "",
            _points(part["weight"]) if scored else "left out",
        ))  # fmt: skip
    return table(rows, right=(1, 2))


def evidence(card: Mapping[str, Any]) -> str:
    """Each skill's score with what it rests on."""
    return "\n".join(
        wrapped(f"{one['skill']} {_score(one['score'])}: {one['evidence']}", "  ", "    ")
        for one in card["skills"]
    )


def skills_so_far(attempts: Sequence[Attempt]) -> list[dict[str, Any]]:
    """By skill the attempts in which it was scored, oldest first, each with its score."""
    found: dict[str, list[dict[str, Any]]] = {}
    for attempt in attempts:
        for one in (card_of(attempt) or {}).get("skills", ()):
            row = found.setdefault(one["skill"], [])
            if one["score"] is not None:
                row.append({"attempt": attempt.number, "score": one["score"]})
    return [{"skill": skill, "scores": row} for skill, row in found.items()]


def history(attempts: Sequence[Attempt]) -> str:
    """The latest scores of each skill as a table, oldest first."""
    rows = [("skill", "last", "over the attempts, the latest on the right")]
    for one in skills_so_far(attempts):
        scores = [_score(row["score"]) for row in one["scores"]]
        last = scores[-1] if scores else "-"
        rows.append((one["skill"], last, " ".join(scores[-_LATEST:]) or "not scored yet"))
    return table(rows, right=(1,)) if len(rows) > 1 else ""


def diagram_object(attempts: Sequence[Attempt]) -> dict[str, Any]:
    """The reliability diagram as data: what was said against what came, in groups."""
    pairs = kept(attempts)
    return {
        "predictions": len(pairs), "enough": ENOUGH,
        "groups": [group._asdict() for group in diagram(pairs)],
    }  # fmt: skip


def calibration(attempts: Sequence[Attempt]) -> str:
    """The reliability diagram as letters; how many are missing where there is too little."""
    pairs = kept(attempts)
    groups = diagram(pairs)
    if not groups:
        return prose(
            f"Your predictions so far: {len(pairs)}. From {ENOUGH} on, what you said is drawn "
            "against what came; fewer say more of their runs than of you. The first run of a plan "
            "counts, a second is hindsight."
        )
    wide, high = _SIZE
    line = [(place / (wide - 1), place / (wide - 1), ".") for place in range(wide)]
    points = [(group.said, group.came, _mark(group.size)) for group in groups]
    drawn = plots.scatter([*line, *points], wide, high)
    rows = [("said", "came", "95 %", "predictions"), *map(_row, groups)]
    head = prose(
        f"Your {plural(len(pairs), 'prediction')}: what you said (to the right) against what came "
        "(up). On the dots they came true as often as said; below, things came less often. A digit "
        "is how many predictions a point stands for (+: more than nine)."
    )
    return "\n".join([head, *(f"  {line}" for line in drawn), "", table(rows, right=(0, 1))])


def _row(group: Group) -> tuple[str, str, str, str]:
    between = "one only"
    if group.low is not None and group.high is not None:
        between = f"{percent(group.low)} to {percent(group.high)}"
    return percent(group.said), percent(group.came), between, str(group.size)


def _mark(size: int) -> str:
    return str(size) if size < 10 else "+"


def _points(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")


def _score(score: float | None) -> str:
    return "-" if score is None else f"{100 * score:.0f}"
