"""Descriptions against exemplars: which result is meant, which choice a word stands for."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from simulator.reading.compared import NAMES, Scene, features
from simulator.reading.described import described

_GRAIN = 2.0**32
_SURE = 0.98
"""The least that is believed of a description in the author's own words."""

Weights = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """`matching.json`: the weights of the features."""

    weights: Weights
    unseen: dict[str, Weights]
    """By domain: the weights learned without it, for an honest measurement."""
    trained_on: str

    @staticmethod
    @cache
    def load() -> Matching:
        """The weights that come with the package.

        Raises ValueError if they were trained for other features.
        """
        data = json.loads(files("simulator.reading").joinpath("matching.json").read_text("utf-8"))
        if tuple(data["features"]) != NAMES:
            raise ValueError("matching.json is for other features: run reading.train_matching")
        unseen = {name: tuple(map(float, row)) for name, row in data["unseen"].items()}
        return Matching(tuple(map(float, data["weights"])), unseen, data["trained_on"])


@lru_cache(maxsize=256)
def _scene(candidates: tuple[tuple[str, ...], ...]) -> Scene:
    return Scene(candidates)


def chances(rows: Sequence[Sequence[float]], weights: Weights) -> list[float]:
    """The probability of each candidate beside the others and beside none of them."""
    scores = [math.fsum(a * b for a, b in zip(row, weights, strict=True)) for row in rows]
    top = max(0.0, *scores) if scores else 0.0
    powers = [math.exp(score - top) for score in scores]
    total = math.fsum([math.exp(-top), *powers])
    return [power / total for power in powers]


def match(
    description: str, candidates: Sequence[Sequence[str]], weights: Weights | None = None
) -> tuple[float, ...]:
    """For each candidate the probability that `description` means it.

    A candidate is a list of ways of putting it (`known_as`); one without any is never meant. The
    candidates compete with each other and with none of them: together they never exceed 1, and
    what fits two of them alike is at most one half for each.
    """
    known = tuple(sorted({tuple(one) for one in candidates if one}))
    if not known or not any(letter.isalnum() for letter in description):
        return (0.0,) * len(candidates)
    scene, said = _scene(known), described(description)
    found = chances(features(said, scene), weights or Matching.load().weights)
    own = [place for place, one in enumerate(scene.candidates) if said.folded in one.folded]
    if len(own) == 1 and found[own[0]] < _SURE:
        rest = (1.0 - _SURE) / (1.0 - found[own[0]])
        found = [_SURE if place == own[0] else p * rest for place, p in enumerate(found)]
    by_ways = dict(zip(known, found, strict=True))
    shared = [tuple(one) for one in candidates]
    return tuple(
        math.floor(_GRAIN * by_ways[one] / shared.count(one)) / _GRAIN if one else 0.0
        for one in shared
    )
