"""Interviewing a stakeholder: a fact is told to whoever asks for it in the way that it takes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from scenarios.scenario import Fact, Stakeholder
from simulator.reading import QuestionReading, read_question, sentences

ASKED = 0.5
"""The least probability at which a question is taken for one about a fact, or as empathy."""
LONGEST = 2000
"""Characters of a question that somebody listens to; nobody can tell what a longer one asks."""
_NEAR = 0.03
"""Facts whose probabilities differ by less are asked for equally."""
_ASKING = re.compile(
    r"(?:^|[,;:\u2013\u2014]\s*|\b(?:so|and|but)\s+)(?:(?:so|and|but|please)\s+)*"
    r"(?:what|how|why|when|where|which|who|tell me|describe|explain|(?:can|could|would|will) you|"
    r"do|does|did|is|are|was|were|has|have)\b",
    re.I,
)
"""Where, in a sentence that asks, the asking begins: what stands before it is said to them."""
_A_SENTENCE = 5
"""Words, at least, in which a situation is named: fewer are keywords."""
_PERSONAL = re.compile(r"\b(?:you|your|yours|yourself|i|me|my)\b", re.I)
_BLAMES_THEM = re.compile(
    r"(?<!not )(?<!never )\byour (?:own )?(?:fault|mistake)|"
    r"\b(?:idiot|stupid|useless|incompetent|lazy|shut up)\b",
    re.I,
)


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
    if len(question) > LONGEST:
        return Turn(question, stakeholder.unsure, understood=False)
    told = {fact for turn in asked_before for fact in turn.fact_ids}
    reading, asks = _asked_first(stakeholder, question, told)
    felt = shows_understanding(stakeholder, question)
    facts = _about(stakeholder, reading)
    if felt and not (asks and facts):
        reply = f"({stakeholder.name} looks up.) Yes. That is how it is. What would help you?"
        return Turn(question, reply)
    if not facts:
        return Turn(question, stakeholder.unsure, understood=False)
    if reading.leading >= ASKED:
        return Turn(question, stakeholder.leading, costs=True)
    felt = felt or any(shows_understanding(stakeholder, turn.question) for turn in asked_before)
    for fact in facts:
        if fact.id not in told and _unlocked(fact, reading, felt):
            return Turn(question, " ".join(fact.says.split()), (fact.id,), costs=True)
    if facts[0].id in told:
        return Turn(question, f"As I said: {' '.join(facts[0].says.split())}")
    return Turn(question, stakeholder.closed, costs=True)


def shows_understanding(stakeholder: Stakeholder, question: str) -> bool:
    """Whether it says something to them that names their situation.

    Words of it in a question about the work ("Why did we overpay?") are no understanding, nor is a
    heap of them, nor what lays the blame on them.
    """
    if len(question) > LONGEST or _BLAMES_THEM.search(question):
        return False
    for sentence in sentences(question):
        said, reading = sentence.text, read_question(sentence.text, stakeholder)
        if _asks(said, reading) and max(reading.facts, default=0.0) >= ASKED:
            begins = _ASKING.search(said)
            said = said[: begins.start()] if begins else ""
        personal = len(said.split()) >= _A_SENTENCE and _PERSONAL.search(said)
        if personal and read_question(said, stakeholder).empathy >= ASKED:
            return True
    return False


def _asked_first(
    stakeholder: Stakeholder, question: str, told: Collection[str]
) -> tuple[QuestionReading, bool]:
    """The reading that is answered, and whether anything is asked at all.

    Of several questions it is the first about something that they have not told yet, taken as it
    is put itself: an open question about the weather opens no other.
    """
    whole = read_question(question, stakeholder)
    parts = [(one.text, read_question(one.text, stakeholder)) for one in sentences(question)]
    asking = [reading for text, reading in parts if _asks(text, reading)]
    about = [one for one in asking if max(one.facts, default=0.0) >= ASKED]
    if not about:
        return whole, bool(asking)
    new = (one for one in about if _about(stakeholder, one)[0].id not in told)
    first = next(new, about[0])
    if not any(one.example >= ASKED for one in asking):
        # "I would like an example." goes with whatever is asked beside it.
        first = replace(first, example=whole.example)
    return first, True


def _asks(text: str, reading: QuestionReading) -> bool:
    return text.rstrip().endswith("?") or reading.open >= ASKED


def _about(stakeholder: Stakeholder, reading: QuestionReading) -> list[Fact]:
    """The facts that are asked for most; those told by example first where one is asked for."""
    most = max(reading.facts, default=0.0)
    if most < ASKED:
        return []
    places = [place for place, chance in enumerate(reading.facts) if chance > most - _NEAR]
    places.sort(key=lambda place: -reading.facts[place])
    facts = [stakeholder.knows[place] for place in places]
    if reading.example >= ASKED:
        facts.sort(key=lambda fact: fact.unlock != "example")
    return facts


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


def in_short(says: str) -> str:
    """The first sentence of a fact, or two where the first says next to nothing."""
    found = [sentence.text for sentence in sentences(" ".join(says.split()))]
    short = found[:1] if len(found[0].split()) > 5 else found[:2]
    return " ".join(short)
