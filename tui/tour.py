"""The first session: what is said at the top of each stage until it is over."""

from __future__ import annotations

from tui.whereabouts import Tour

_BEGUN = {
    "live": "The plan that everybody writes first: watch one run of it. Enter goes on.",
    "evaluation": "The same plan, many times: how often is it right? Enter says why.",
    "debrief": "Why it went wrong, and what it cost. Then it is your turn: Enter.",
}
_EXPLAINED = {
    "debrief": "Now you: say the rule, split, check. Enter goes to the board.",
    "board": "15 minutes: say the rule, split, check: three edits to a better result.",
    "interview": "Ask what went wrong last time, and for an example. Then say the rule.",
    "brief": "The rules are in the papers and in the people. Enter goes to the people.",
    "evaluation": "Better, or not? Change one thing at a time, and run again with ctrl+r.",
    "handin": "Hand in when practice shows what you want: the papers will be others.",
}


def line(tour: Tour, stage: str) -> str | None:
    """What the first session says at a stage; None where it says nothing or is over."""
    if tour == "begun":
        return _BEGUN.get(stage)
    return _EXPLAINED.get(stage) if tour == "explained" else None
