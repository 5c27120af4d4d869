"""A question beside each thing that it may be about: what a regression makes of the likenesses."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from simulator.reading.likeness import likeness
from simulator.reading.meaning import alike
from simulator.reading.rules import phrase, signed
from simulator.reading.text import courteous, sentences
from simulator.reading.words import piece

SOURCE = "asked.json"
NAMES = ("words", "met", "all_met", "meaning", "mean_meaning", "words_lead", "meaning_lead")
"""Words shared with the likest exemplar; the share of concept groups that are touched, and whether
all are; likeness of meaning (cosine) to the likest exemplar and to all; both ahead of the next."""
_ALONE = 5
"""So many of the features need no other thing to be compared with."""
_GRAIN = 2.0**32

Exemplars = tuple[str, ...]
Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A logistic regression: weights and bias."""

    weights: tuple[float, ...]
    bias: float

    def __call__(self, row: Sequence[float]) -> float:
        score = self.bias + math.fsum(a * b for a, b in zip(self.weights, row, strict=True))
        return math.floor(_GRAIN / (1.0 + math.exp(-score))) / _GRAIN


@dataclass(frozen=True, slots=True)
class Asking:
    """`asked.json`: what makes a question one about a fact, or one that shows understanding."""

    fact: Line
    empathy: Line
    trained_on: str
    """The hash of the questions that the weights were learnt from."""

    @staticmethod
    @cache
    def load(without: str = "") -> Asking:
        """What comes with the package; what was learnt without a person, for honest figures.

        Raises ValueError if it was trained for other features.
        """
        data = json.loads(files("simulator.reading").joinpath(SOURCE).read_text("utf-8"))
        if tuple(data["features"]) != NAMES:
            raise ValueError(f"{SOURCE} is for other features: run simulator.reading.train_asked")
        held = data["unseen"][without] if without else data
        fact, empathy = (Line(tuple(row[:-1]), row[-1]) for row in (held["fact"], held["empathy"]))
        return Asking(fact, empathy, data["trained_on"])


def _met(groups: Groups, question: str) -> float:
    """The share of concept groups that the question touches."""
    if not groups:
        return 0.0
    words = signed(piece(question)).keys()
    folded = piece(question).folded
    hits = 0
    for group in groups:
        sought = [phrase(one) for one in group]
        hits += any(
            all(word in words for word, _ in one.words) if one.words else one.plain in folded
            for one in sought
        )
    return hits / len(groups)


@lru_cache(maxsize=16384)
def _alone(question: str, exemplars: Exemplars, groups: Groups) -> tuple[float, ...]:
    parts = [question, *(s.text for s in sentences(question) if not courteous(s.text))]
    met = _met(groups, question)
    if not exemplars:
        return (0.0, met, float(met == 1.0), 0.0, 0.0)
    words = max(likeness(part, exemplars) for part in parts)
    meant = [
        max(column) for column in zip(*(alike(part, exemplars) for part in parts), strict=True)
    ]
    return (words, met, float(met == 1.0), max(meant), math.fsum(meant) / len(meant))


def beside(question: str, things: Sequence[tuple[Exemplars, Groups]]) -> list[tuple[float, ...]]:
    """For each thing the features `NAMES` of the question beside it."""
    rows = [_alone(question, *one) for one in things]
    out = []
    for place, row in enumerate(rows):
        others = [other for at, other in enumerate(rows) if at != place]
        leads = (row[at] - max((other[at] for other in others), default=0.0) for at in (0, 3))
        out.append((*row, *leads))
    return out


def alone(question: str, exemplars: Exemplars, groups: Groups) -> tuple[float, ...]:
    """The first features, those that need nothing to be compared with."""
    return _alone(question, exemplars, groups)[:_ALONE]
