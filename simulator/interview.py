"""Interviewing a stakeholder: a fact is told to whoever asks for it in the way that it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.scenario import Fact, Stakeholder
from simulator.reading import QuestionReading, read_question, sentences

ASKED = 0.5
"""The least probability at which a question is taken for one about a fact, or as empathy."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer."""

    question: str
    reply: str
    fact_ids: tuple[str, ...] = ()
    """The facts that were told for the first time."""
    understood: bool = True
    costs: bool = False
    """Whether it used up one of the answers that they have in them."""


def answers_left(stakeholder: Stakeholder, asked_before: Sequence[Turn]) -> int:
    """How many answers the stakeholder still has in them."""
    return max(0, stakeholder.patience - sum(turn.costs for turn in asked_before))


def answer(stakeholder: Stakeholder, question: str, asked_before: Sequence[Turn]) -> Turn:
    """What the stakeholder says to `question` after the turns before it.

    A question that is not understood, and one whose answer was given already, cost nothing.
    """
    if answers_left(stakeholder, asked_before) == 0:
        return Turn(question, stakeholder.spent)
    reading = read_question(question, stakeholder)
    about = sorted(
        (place for place, chance in enumerate(reading.facts) if chance >= ASKED),
        key=lambda place: -reading.facts[place],
    )
    if not about and reading.empathy >= ASKED:
        reply = f"({stakeholder.name} looks up.) Yes. That is how it is. What would help you?"
        return Turn(question, reply)
    if not about:
        return Turn(question, stakeholder.unsure, understood=False)
    if reading.leading >= ASKED:
        return Turn(question, stakeholder.leading, costs=True)
    told = {fact for turn in asked_before for fact in turn.fact_ids}
    felt = reading.empathy >= ASKED or _showed_empathy(stakeholder, asked_before)
    facts = [stakeholder.knows[place] for place in about]
    for fact in facts:
        if fact.id not in told and _unlocked(fact, reading, felt):
            return Turn(question, " ".join(fact.says.split()), (fact.id,), costs=True)
    if facts[0].id in told:
        return Turn(question, f"As I said: {_in_short(facts[0].says)}")
    return Turn(question, stakeholder.closed, costs=True)


def _unlocked(fact: Fact, reading: QuestionReading, felt: bool) -> bool:
    match fact.unlock:
        case "any":
            return True
        case "open":
            return reading.open >= ASKED
        case "example":
            return reading.example >= ASKED
        case "empathy":
            return felt


def _showed_empathy(stakeholder: Stakeholder, asked_before: Sequence[Turn]) -> bool:
    return any(read_question(turn.question, stakeholder).empathy >= ASKED for turn in asked_before)


def _in_short(says: str) -> str:
    """The first sentence of a fact, or two where the first says next to nothing."""
    found = [sentence.text for sentence in sentences(" ".join(says.split()))]
    short = found[:1] if len(found[0].split()) > 5 else found[:2]
    return " ".join(short)
