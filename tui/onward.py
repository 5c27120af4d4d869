"""What to do next, in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.atlas import MEDALS, Card, Result
from tui.whereabouts import Whereabouts

FIRST = "invoices"
"""The scenario that everybody begins with."""
_DOING = {
    "brief": "read the brief", "interview": "go on asking", "board": "go on with your plan",
    "backbrief": "see what the interns understood", "predict": "say what you expect",
    "attempts": "look at your attempts",
}  # fmt: skip


class Next(NamedTuple):
    """The next thing to do."""

    says: str
    scenario: str
    stage: str
    naive: bool = False
    """Whether the naive plan is put on the board first, where there is no other."""


def onward(
    where: Whereabouts, cards: Sequence[Card] = (), results: Mapping[str, Result] | None = None,
    drafts: Sequence[str] = (), unfinished: Sequence[str] = (),
) -> Next:  # fmt: skip
    """The next thing to do; without `cards` and `results`, as far as it can be told already.

    `unfinished` are the scenarios with a run that was left before its end.
    """
    if where.stage == "live" and where.scenario in unfinished:
        says = f"go on with the run that waits for you: {where.title}"
        return Next(says, where.scenario, "live")
    if where.tour in ("new", "begun") and not results and not drafts:
        return Next(
            "watch the interns do a job with the plan that everybody writes first", FIRST, "live",
            naive=True,
        )  # fmt: skip
    done = {name for name, result in (results or {}).items() if result.medal}
    if where.scenario in done or (not where.scenario and done):
        return _another(cards, results or {}, done)
    if where.scenario:
        stage = where.resting_place
        return Next(f"{_DOING[stage]}: {where.title}", where.scenario, stage)
    titles = {card.id: card.title for card in cards}
    for name in drafts:
        if name in titles:
            return Next(f"{_DOING['board']}: {titles[name]}", name, "board")
    return Next(f"read the brief: {titles.get(FIRST, FIRST)}", FIRST, "brief")


def _another(cards: Sequence[Card], results: Mapping[str, Result], done: set[str]) -> Next:
    for card in cards:
        if card.id not in done:
            return Next(f"the next job: {card.title}", card.id, "brief")
    rest = [card for card in cards if results[card.id].medal != MEDALS[0]]
    if rest:
        return Next(f"try for gold: {rest[0].title}", rest[0].id, "board")
    return Next("all gold. Take a plan apart, and see what each part was worth",
                cards[-1].id if cards else FIRST, "board")  # fmt: skip
