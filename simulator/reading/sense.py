"""Whether a stretch of text says something, or is a heap of words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import numpy as np

from scenarios.scenario import Requirement
from simulator.reading.aligned import Doubles
from simulator.reading.lexicon import plain

_FLAGS = ("order", "form", "verb", "commas", "repeats", "link", "listing")
_HEAPS = 0.03
"""Odds of a heap in what learners write (judged); of what was learnt from, half are heaps."""
_HEAP_TEXTS, _IN_HEAP, _IN_TEXT = 0.01, 0.9, 0.02
"""How many texts are heaps, and how many windows of one are, or of any other text (judged)."""
_APART = re.compile(r"[,;:]|\bor\b|\band\b")
_LONGEST = 4
"""Words of an alternative in a list of options: more is a clause of its own."""
Layer = tuple[Doubles, Doubles]


def form(whole: Doubles, flags: Mapping[str, float]) -> Doubles:
    """What a stretch of text looks like: its mean vector (of length 1), then signs of form."""
    return np.concatenate([whole, [flags[name] for name in _FLAGS]])


def makes_sense(first: Layer, last: Layer, looks: Doubles) -> float:
    """The chance that it says something, from the learnt weights and its `form`."""
    shown = np.maximum(looks @ first[0] + first[1], 0.0)
    score = float((shown @ last[0] + last[1])[0])
    return round(1.0 / (1.0 + _HEAPS * math.exp(min(60.0, -score))), 6)


def in_company(senses: Mapping[str, float]) -> dict[str, float]:
    """The chance that each window of a text makes sense, seeing what else the text is made of.

    A text is written, or it is a heap, of which nearly every window is one; the others tell. That
    only takes away: beside sentences nothing makes more sense than by itself.
    """
    likely = {text: _HEAPS * sense / max(1e-6, 1.0 - sense) for text, sense in senses.items()}
    shows = {
        text: math.log((_IN_HEAP + (1.0 - _IN_HEAP) * r) / (_IN_TEXT + (1.0 - _IN_TEXT) * r))
        for text, r in likely.items()
    }
    whole = math.log(_HEAP_TEXTS / (1.0 - _HEAP_TEXTS)) + sum(shows.values())
    alone = _odds(_share(_HEAP_TEXTS))
    out = {}
    for text, sense in senses.items():
        heap = 1.0 / (1.0 + math.exp(min(60.0, shows[text] - whole)))
        against = max(1.0, _odds(_share(heap)) / alone)
        out[text] = round(sense / (sense + (1.0 - sense) * against), 6)
    return out


def _share(heap: float) -> float:
    """How many windows are heaps in a text that is one with so much chance."""
    return heap * _IN_HEAP + (1.0 - heap) * _IN_TEXT


def _odds(chance: float) -> float:
    return chance / (1.0 - chance)


def says_nothing(text: str, rule: Requirement) -> bool:
    """Whether a text only names what a rule is about, or its answer and the opposite in one list.

    "Credit notes, credit memos." and "Currency: euros or dollars." say nothing of the rule. "In
    euros, be it a bill or a receipt" does.
    """
    parts = [part.strip(" .,;!?") for part in _APART.split(plain(text))]
    parts = [part for part in parts if part]
    if len(parts) < 2 or any(len(part.split()) > _LONGEST for part in parts):
        return False
    topic, given, others = (
        {plain(str(one)) for one in held} for held in (rule.object, rule.value, rule.rivals)
    )
    both = not given.isdisjoint(parts) and not others.isdisjoint(parts)
    return all(part in topic for part in parts) or (both and " or " in plain(text))
