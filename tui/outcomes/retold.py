"""What the interview brought and what it left, in the debrief's words: a pointer, never a fact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from scenarios.scenario import Fact, Stakeholder
from simulator.debriefing.heard import Heard, Unasked
from simulator.interview import in_short
from simulator.scoring.evaluation import Evaluation
from simulator.scoring.statistics import six
from tui.printing import number, percent, plural

_HOW: dict[Literal["any", "open", "example", "empathy"], str] = {
    "any": "Any question about it will do.",
    "open": "Ask openly, so that the answer is not in the question.",
    "example": "Ask for an example: something that really happened.",
    "empathy": "Say first, in words of your own, what their situation is like; then ask.",
}
"""What it takes to be told, by what unlocks a fact."""


def paragraphs(evaluation: Evaluation, heard: Heard) -> list[str]:
    """Facts found and missed, then the question that was missed most; nothing without people."""
    people = evaluation.scenario.stakeholders
    counts = [_count(one, heard) for one in people if one.knows]
    if not counts:
        return []
    return [" ".join(counts), question(evaluation, heard)]


def question(evaluation: Evaluation, heard: Heard) -> str:
    """The one question that would have unlocked most, as a pointer, with what it rests on."""
    one = heard.unasked
    if one is None:
        if not heard.missed:
            return "There was nothing left to ask."
        return "Nothing that you left unasked cost anything in these trials."
    return (
        f"The one question that would have unlocked most: {_ask(one.whom.name, one.fact)}. "
        f"{_HOW[one.fact.unlock]} What it is about is behind {_cost(evaluation, one)}: nobody was "
        "told it, or not so that it was clear."
    )


def heard_object(heard: Heard) -> dict[str, Any]:
    """The same for `intern explain --json`. Facts have no names here: those are the author's."""
    one = heard.unasked
    return {
        "found": [{"whom": who.id, "said": in_short(fact.says)} for who, fact in heard.found],
        "missed": len(heard.missed),
        "question": None if one is None else {
            "whom": one.whom.id, "about": _about(one.fact), "unlock": one.fact.unlock,
            "loss": six(one.loss), "share": None if one.share is None else six(one.share),
            "wrong_records": six(one.wrong_records),
        },
    }  # fmt: skip


def _count(person: Stakeholder, heard: Heard) -> str:
    found = [fact for who, fact in heard.found if who.id == person.id]
    whole = plural(len(person.knows), "thing")
    if not found:
        return f"Of the {whole} that {person.name} knows you had heard none."
    said = _quotes(found)
    if len(found) == len(person.knows):
        return f"{person.name} had told you all there is: {said}"
    return f"Of the {whole} that {person.name} knows you had heard {len(found)}: {said}"


def _quotes(facts: Sequence[Fact]) -> str:
    return " ".join(f'"{in_short(fact.says)}"' for fact in facts)


def _ask(name: str, fact: Fact) -> str:
    if fact.about:
        return f"ask {name} about {fact.about}"
    return f'ask {name} something like "{fact.asked_by[0]}"'


def _about(fact: Fact) -> str:
    return fact.about or fact.asked_by[0]


def _cost(evaluation: Evaluation, one: Unasked) -> str:
    scenario = evaluation.scenario
    money = f"{number(one.loss)} {scenario.loss.currency}".strip()
    records = f"{number(one.wrong_records)} {scenario.unit}s"
    share = "" if one.share is None else f", {percent(one.share)} of the money lost"
    return f"{money} and {records} a trial{share}"
