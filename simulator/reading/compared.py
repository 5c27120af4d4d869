"""A description beside the ways of putting each of the results that it may mean: the features."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from simulator.reading.described import Described, book, described, families
from simulator.reading.lexicon import lexicon

KINDS = (
    "person", "date", "time", "amount", "count", "reference", "place", "sort", "several", "brief",
    "quoted", "name", "told", "real",
)  # fmt: skip
"""Signs of what kind of thing is handed over."""
BOUNDS: dict[str, tuple[float | None, float | None]] = {
    "bias": (None, None),
    "short": (None, None),
    "cover": (0.0, None),
    "mean": (0.0, None),
    "recall": (0.0, None),
    "same": (0.0, None),
    "head": (0.0, None),
    "lead": (0.0, None),
    "form": (0.0, None),
    "sort": (0.0, None),
    "several": (0.0, None),
    "told": (0.0, None),
    "real": (0.0, None),
    "reference": (0.0, None),
    "clash": (None, 0.0),
    "unasked": (None, 0.0),
    "strange": (None, 0.0),
    "few": (None, 0.0),
    "joined": (None, 0.0),
    "elsewhere": (None, 0.0),
    "aggregate": (None, 0.0),
}
"""The features, and on which side of 0 their weights are to lie."""
NAMES = tuple(BOUNDS)


@lru_cache(maxsize=65536)
def near(word: str, other: str) -> float:
    """0 to 1: how far two words mean the same (judged: what the benchmark's writers took so)."""
    if word == other:
        return 1.0
    if families(word) & families(other):
        return 0.8
    if min(len(word), len(other)) < 4:
        return 0.0
    if word in other or other in word:
        return 0.75
    if fuzz.ratio(word, other) >= 80:
        return 0.8
    return 0.7 if min(len(word), len(other)) > 5 and word[:5] == other[:5] else 0.0


@lru_cache(maxsize=65536)
def formal(word: str) -> bool:
    """Whether a word tells in what form a thing is handed over, and not which."""
    spoken = word.replace("_", " ")
    return any(book().signs[sign].fullmatch(spoken) for sign in ("verbatim", "converted"))


def _nearest(word: str, others: Sequence[str]) -> float:
    return max((near(word, other) for other in others), default=0.0)


@lru_cache(maxsize=65536)
def _worth(word: str) -> float:
    if word in book().light or formal(word):
        return 0.3
    return 0.6 if word in lexicon().verbs or word in lexicon().vague else 1.0


class Candidate:
    """The ways of putting one result, taken apart."""

    def __init__(self, known: Sequence[str]) -> None:
        self.ways = tuple(described(one) for one in known)
        self.folded = frozenset(one.folded for one in self.ways)
        self.words = tuple(sorted({word for one in self.ways for word in one.words}))
        self.heads = tuple(sorted({h for one in self.ways for h in (one.head, one.second) if h}))
        self.short = math.fsum(len(one.words) for one in self.ways) <= 2.2 * len(self.ways)
        self._shares = {name: self._share(name) for name in book().signs}

    def _share(self, sign: str) -> float:
        return math.fsum(sign in one.signs for one in self.ways) / max(1, len(self.ways))

    def share(self, sign: str) -> float:
        """The share of the ways that have a sign."""
        return self._shares[sign]


class Scene:
    """All that a description may mean, and how much a word tells between them."""

    def __init__(self, candidates: Sequence[Sequence[str]]) -> None:
        self.candidates = tuple(Candidate(known) for known in candidates)
        self.words = tuple(sorted({word for one in self.candidates for word in one.words}))
        self._weights: dict[str, float] = {}

    def weight(self, word: str) -> float:
        """How much a word tells: the less the more candidates have it."""
        found = self._weights.get(word)
        if found is None:
            size = len(self.candidates)
            spread = sum(_nearest(word, one.words) >= 0.7 for one in self.candidates)
            rare = math.log((size + 1) / (spread + 0.5)) / math.log(2 * size + 2)
            found = self._weights[word] = _worth(word) * (0.25 + rare)
        return found

    def part(self, words: Sequence[str], others: Sequence[str]) -> float:
        """The share of `words`, by what they tell, that is among `others`."""
        whole = math.fsum(map(self.weight, words))
        met = math.fsum(self.weight(word) * _nearest(word, others) for word in words)
        return met / whole if whole else 0.0


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _letters(said: Described, one: Candidate) -> float:
    return max((fuzz.token_set_ratio(said.folded, way.folded) for way in one.ways), default=0) / 100


def _row(said: Described, one: Candidate, scene: Scene, strange: float) -> dict[str, float]:
    recalls = [scene.part(way.words, said.words) for way in one.ways]
    covers = [scene.part(said.words, way.words) for way in one.ways]
    means = [_mean(a, b) for a, b in zip(recalls, covers, strict=True)]
    cover, mean, letters = (
        scene.part(said.words, one.words),
        max(means, default=0.0),
        _letters(said, one),
    )
    asked = [kind for kind in KINDS if kind in said.signs]
    fits = math.fsum(map(one.share, asked)) / max(1, len(asked))
    unasked = math.fsum(one.share(kind) for kind in KINDS if kind not in said.signs) / len(KINDS)
    form = float("verbatim" in said.signs) - float("converted" in said.signs)
    topical = [word for word in said.words if not formal(word)]
    topic = scene.part(topical, one.words) if topical else 1.0
    form *= (one.share("verbatim") - one.share("converted")) * topic

    def has(sign: str, less: float) -> float:
        return (sign in said.signs) * (one.share(sign) - less)

    return {
        "bias": 1.0,
        "short": float(one.short),
        "cover": cover,
        "mean": mean,
        "recall": max(recalls, default=0.0),
        "same": float(said.folded in one.folded),
        "head": _nearest(said.head, one.heads) if said.head else 0.0,
        "form": form,
        "sort": has("sort", 0.3),
        "several": has("several", 0.4),
        "told": has("told", one.share("real")),
        "real": has("real", one.share("told")),
        "reference": has("reference", 0.3),
        "clash": float(bool(asked) and fits < 0.15),
        "unasked": unasked,
        "strange": strange,
        "few": 1.0 / max(1, len(said.words)),
        "joined": float(said.joined),
        "elsewhere": float("elsewhere" in said.signs),
        "aggregate": ("aggregate" in said.signs) * (1.0 - one.share("count")),
        "whole": 0.5 * cover + 0.3 * mean + 0.2 * letters + 0.15 * form + 0.1 * fits,
    }


def features(said: Described, scene: Scene) -> list[tuple[float, ...]]:
    """For each candidate the features of its pairing with the description."""
    odd = [word for word in said.words if not formal(word) and _nearest(word, scene.words) < 0.6]
    topical = [word for word in said.words if not formal(word)] or said.words
    strange = math.fsum(map(scene.weight, odd)) / (math.fsum(map(scene.weight, topical)) or 1.0)
    rows = [_row(said, one, scene, strange) for one in scene.candidates]
    for place, row in enumerate(rows):
        rivals = (other["whole"] for at, other in enumerate(rows) if at != place)
        row["lead"] = row["whole"] - max(rivals, default=0.0)
    return [tuple(row[name] for name in NAMES) for row in rows]
