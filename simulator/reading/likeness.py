"""How far a question means the same as one of its exemplars."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from simulator.reading.lexicon import lemma, lexicon, plain
from simulator.reading.rules import signed
from simulator.reading.words import piece

_STRANGE = 0.25
"""What a description loses by words that belong to something else ("the supplier's name")."""
_CLAUSE = re.compile(r"[,;()]|\s[-–—]\s|\bnot\b(?= [^\W\d_]+ed\b)")  # noqa: RUF001

Bag = Mapping[str, frozenset[int]]


@lru_cache(maxsize=8192)
def _bag(text: str) -> Bag:
    """The signed words of a description; its form words where there is nothing else."""
    words = signed(piece(text))
    if words:
        return words
    return {lemma(word): frozenset({1}) for word in re.findall(r"[^\W_]+", plain(text))}


def _weight(word: str, spread: Mapping[str, int]) -> float:
    common = 0.4 if word in lexicon().verbs or word in lexicon().vague else 1.0
    return common / math.sqrt(max(1, spread.get(word, 1)))


def _likeness(said: str, known: str, spread: Mapping[str, int]) -> float:
    """0 to 1: how far two descriptions mean the same."""
    if plain(said).strip() == plain(known).strip():
        return 1.0
    ours, theirs = _bag(said), _bag(known)
    shared = turned = 0.0
    for word in ours.keys() & theirs.keys():
        if ours[word] & theirs[word]:
            shared += _weight(word, spread)
        else:
            turned += _weight(word, spread)
    # A word written differently counts by its letters.
    for word in ours.keys() - theirs.keys():
        for other in theirs.keys() - ours.keys():
            if len(word) > 4 and len(other) > 4 and fuzz.ratio(word, other) >= 84:
                shared += 0.8 * _weight(other, spread)
                break
    whole = math.fsum(_weight(word, spread) for word in theirs) or 1.0
    mine = math.fsum(_weight(word, spread) for word in ours) or 1.0
    recall, precision = min(1.0, shared / whole), min(1.0, shared / mine)
    mean = 2 * recall * precision / (recall + precision) if shared else 0.0
    letters = fuzz.token_sort_ratio(plain(said), plain(known)) / 100
    return max(0.0, 0.75 * (0.6 * mean + 0.4 * recall) + 0.25 * letters - turned / whole)


def likeness(said: str, exemplars: Sequence[str], spread: Mapping[str, int] | None = None) -> float:
    """How far `said` means the same as the likest of the exemplars, 0 to 1.

    A description may go on after it has said what it means ("..., nothing converted"): its first
    clause counts as well as the whole.
    """
    spread = spread or {}
    first = _CLAUSE.split(said, maxsplit=1)[0].strip()
    union = {word for one in exemplars for word in _bag(one)}
    best = 0.0
    for part, share in ((said, 1.0), (first, 0.97)):
        if part:
            alike = max((_likeness(part, one, spread) for one in exemplars), default=0.0)
            best = max(best, share * alike - _STRANGE * _strange(part, union))
    return max(0.0, best)


def _strange(said: str, union: set[str]) -> float:
    """The share of a description's words that none of the exemplars has, however spelt."""
    words = _bag(said)
    if not words:
        return 1.0
    strange = [
        word
        for word in words
        if word not in union and not any(fuzz.ratio(word, other) >= 84 for other in union)
    ]
    return math.fsum(_weight(one, {}) for one in strange) / math.fsum(_weight(w, {}) for w in words)
