"""Questions to a stakeholder: what is asked, how openly, and with what understanding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scenarios.scenario import Stakeholder
from simulator.reading.asked import Asking, alone, beside
from simulator.reading.lexicon import plain
from simulator.reading.text import sentences
from simulator.reading.words import piece

_OPEN = re.compile(
    r"\b(?:what|how|why|when|where|which|who|tell me|describe|explain|walk me|talk me|show me|"
    r"help me understand|say more|more about|i(?: would|'d) like to (?:know|hear|understand)|"
    r"in what (?:way|cases?)|give me an?|whats|hows|wheres)\b"
)
_ASKS = re.compile(
    r"^\W*(?:(?:and|so|but|then|ok|hi|hello|also|please|well|now|roughly|in|on|by|for|to|from) )*"
    r"(?:what|how|why|when|where|which|who)s?\b|\b(?:tell me|describe|explain|walk me|talk me|"
    r"show me|help me understand|say more|give me|i wonder|"
    r"i(?: would|'d) like to (?:know|hear|understand))\b"
)
"""What asks without a question mark. "The one who does it" asks for nothing."""
_CLOSED = re.compile(
    r"^\W*(?:and |so |but |then |ok |hi |hello |also )*(?:is|are|am|was|were|do|does|did|has|have|"
    r"had|will|would|should|shall|can|could|may|must)\b(?! (?:you|we) (?:please )?(?:tell|describe|"
    r"explain|walk|talk|show|give|say|help|share|name|list|i))"
)
_LEADING = re.compile(
    r"\b(?:is not it|are not they|does not it|do not you|do not they|is not that|are not you|"
    r"right\s*\?|correct\s*\?|,\s*yes\s*\?|agreed\s*\?|ok\s*\?|"
    r"surely|obviously|of course|certainly|"
    r"you (?:would|must|do|surely) (?:agree|want|mean|think)|would not you|do you agree|agree that|"
    r"i (?:assume|suppose|guess|take it|presume|bet)|is it (?:true|right|correct|fair to say|safe)|"
    r"presumably|no doubt|am i right|so (?:you|we|it|they|all|every|the|if) [^?]*\?$|"
    r",\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|must|may)"
    r"(?: not)? (?:i|you|he|she|it|we|they|one|there|that|this)(?: not)?\s*\?|"
    r"is not (?:the|this|there) |can you confirm|please confirm|confirm that)"
)
_GENERAL = frozenset(
    {
        "begin",
        "start",
        "know",
        "tell",
        "help",
        "let",
        "everything",
        "anything",
        "something",
        "thing",
    }
    | {"do", "say", "explain", "ask", "question", "need", "look", "go", "talk", "important", "ok"}
)
"""Words that are about no fact in particular."""
_EXAMPLE = re.compile(
    r"\b(?:examples?|for instance|an instance|last time|a time|the time when|recent(?:ly)?|"
    r"(?<!at )once"
    r"(?! (?:i|you|he|she|it|we|they|the|an?)\b)|"
    r"ever (?:had|seen|happened|went)|a (?:real |particular |specific |concrete |typical )"
    r"(?:case|one|day|situation)|walk me through|talk me through|show me (?:one|an?)|"
    r"sample|a case (?:where|when|in which|of)|an occasion|anecdote|such as|what happened|"
    r"think of one|a moment when|(?:went|gone|go) wrong|one that|what (?:became|came) of|"
    r"(?:do|can|could) you (?:still )?(?:remember|recall|think of) (?:an?|any|one|some)|"
    r"tell me (?:about|of) (?:an?|one|some)|(?:has|have) there (?:ever )?been an?|"
    r"was there (?:ever )?an? \w+ (?:that|which|who|where|when)|"
    r"the (?:\w+est|most \w+) (?:\w+ ){1,3}"
    r"(?:you|they|we) (?:have |ever |had )*(?:had|seen|met|known)"
    r")\b"
)


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """What a question asks of a stakeholder. All figures are probabilities."""

    facts: tuple[float, ...]
    """For each of `stakeholder.knows`: that this is what is asked for."""
    open: float
    """That it leaves the answer to them."""
    leading: float
    """That it puts the answer in their mouth."""
    example: float
    """That it asks for a case, a time when it happened."""
    empathy: float
    """That it shows, in its own words, an understanding of their situation."""
    understood: bool
    """Whether it can be made out what is asked at all."""


def _says_nothing(question: str) -> bool:
    """Whether a question names nothing ("Let us begin.") or is a heap of words."""
    read = piece(question)
    heap = read.words >= 5 and read.flags["form"] < 0.1
    return heap or all(token.word in _GENERAL for token in read.tokens)


def _known(question: str, stakeholder: Stakeholder) -> bool:
    """Whether the author has foreseen these very words."""
    folded = plain(question).strip(" ?.!")
    return any(plain(x).strip(" ?.!") == folded for one in stakeholder.knows for x in one.asked_by)


@lru_cache(maxsize=4096)
def _form(question: str) -> tuple[float, float, float]:
    """How open, how leading, and whether for an example: by its words alone."""
    pieces = [plain(s.text) for s in sentences(question)]
    asking = [one for one in pieces if one.rstrip().endswith("?") or _ASKS.search(one)]
    folded = " ".join(asking or pieces[-1:])
    leading = 0.95 if _LEADING.search(folded) else 0.02
    closed = all(_CLOSED.search(one) for one in asking)
    opening = bool(_OPEN.search(folded)) and not closed
    example = 0.95 if any(_EXAMPLE.search(one) for one in pieces) else 0.02
    is_open = 0.95 if opening else 0.7 if example > 0.5 else 0.05
    if leading > 0.5:
        is_open = min(is_open, 0.1)
    return is_open, leading, example


def read_question(
    question: str, stakeholder: Stakeholder, asking: Asking | None = None
) -> QuestionReading:
    """What `question` asks of `stakeholder`, and how; `asking` are other weights, for figures.

    Sympathy alone ("I am so sorry, that must be hard") is no empathy: the question has to name
    something of their situation.
    """
    if not any(letter.isalpha() for letter in question):
        return QuestionReading((0.0,) * len(stakeholder.knows), 0.0, 0.0, 0.0, 0.0, False)
    if _says_nothing(question) and not _known(question, stakeholder):
        form = _form(question)
        return QuestionReading((0.0,) * len(stakeholder.knows), *form, 0.0, False)
    learnt = asking or Asking.load()
    seen = beside(question, [(one.asked_by, one.concepts) for one in stakeholder.knows])
    facts = tuple(map(learnt.fact, seen))
    is_open, leading, example = _form(question)
    empathy = 0.0
    if stakeholder.situation or stakeholder.situation_concepts:
        about = alone(question, stakeholder.situation, stakeholder.situation_concepts)
        empathy = learnt.empathy(about)
    understood = max((*facts, empathy), default=0.0) >= 0.3
    return QuestionReading(facts, is_open, leading, example, empathy, understood)
