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
