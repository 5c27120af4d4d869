"""What was said in advance against what came, in words and as data: the greatest surprise first."""

from __future__ import annotations

from typing import Any

from simulator.debriefing.foresight import Foresight, Foretold, Usual
from simulator.scoring.statistics import six
from tui.printing import number, percent, plural, prose, signed, table

HEAD = ("what", "said", "came", "off by", "Brier", "of it yours")


def told(foresight: Foresight) -> str:
    """What was said and came as a table, and what the whole of it is worth."""
    rows = [_row(one) for one in foresight.said]
    return "\n".join(
        [
            "What you had said, the greatest surprise first:",
            table([HEAD, *rows], right=range(1, len(HEAD))),
            prose(worth(foresight)),
        ]
    )


def greatest(foresight: Foresight) -> str:
    """The greatest surprise, in a line."""
    most = foresight.said[0]
    return (
        f"The greatest surprise: {_what(most)}, said {percent(most.said)}, came "
        f"{percent(most.came)} ({_off(most)})."
    )


def worth(foresight: Foresight) -> str:
    """The Brier score in its two parts, and the skill against what is usual, in a paragraph."""
    count = len(foresight.said)
    yours = sum(one.yours for one in foresight.said) / count
    mean = f"mean of {plural(count, 'prediction')}, " if count > 1 else ""
    said = (
        f"Brier score {number(foresight.brier)} ({mean}0 is best): {number(yours)} of it was yours "
        f"to know, {number(foresight.brier - yours)} is chance."
    )
    usual = [one for one in foresight.said if one.usual is not None]
    if foresight.skill is None or not usual:
        return f"{said} Skill against what is usual here: not scored."
    bases = " and ".join(f"{_what(one)} {percent(one.usual.share)}" for one in usual if one.usual)
    return (
        f"{said} Brier skill {signed(foresight.skill)}, against whoever says what is usual here "
        f"({bases}: the mean of the reference plans)."
    )


def foretold_object(foresight: Foresight | None) -> dict[str, Any] | None:
    """The same as data; null where nothing was said."""
    if foresight is None:
        return None
    return {
        "brier": six(foresight.brier),
        "skill": six(foresight.skill),
        "score": six(foresight.score),
        "said": [_object(one) for one in foresight.said],
    }


def as_kept(found: dict[str, Any]) -> Foresight:
    """Foresight out of what `foretold_object` gave."""
    return Foresight(tuple(
        Foretold(
            one["field"], one["said"], one["came"], one["count"],
            None if one["usual"] is None else Usual(one["usual"], one["spread"]),
        )
        for one in found["said"]
    ))  # fmt: skip


def _row(one: Foretold) -> tuple[str, ...]:
    return (
        _what(one), percent(one.said), percent(one.came), _off(one),
        number(one.brier), number(one.yours),
    )  # fmt: skip


def _off(one: Foretold) -> str:
    return f"{100 * (one.came - one.said):+.0f} points"


def _what(one: Foretold) -> str:
    return "reliability" if one.field is None else f"`{one.field}` wrong"


def _object(one: Foretold) -> dict[str, Any]:
    usual = one.usual_brier
    return {
        "about": "reliability" if one.field is None else "wrong",
        "field": one.field,
        "said": six(one.said),
        "came": six(one.came),
        "count": one.count,
        "brier": six(one.brier),
        "yours": six(one.yours),
        "chance": six(one.chance),
        "usual": None if one.usual is None else six(one.usual.share),
        "spread": None if one.usual is None else six(one.usual.spread),
        "usual_brier": None if usual is None else six(usual),
    }
