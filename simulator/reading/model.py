"""From features to a verdict: a small multinomial logistic regression over windows of a text."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from scenarios.scenario import Requirement
from simulator.reading.features import NAMES, features
from simulator.reading.lexicon import lexicon, plain
from simulator.reading.rules import Rule, compiled, folded, repaired
from simulator.reading.text import Sentence, Window, sentences, windows

VERDICTS = ("clear", "vague", "contradicted", "absent")
_GRAIN = 2.0**32

Chances = tuple[float, float, float, float]
"""Probabilities of `VERDICTS`."""
NOTHING: Chances = (0.0, 0.0, 0.0, 1.0)
_BY_HEART: dict[str, Chances] = {
    "clear": (0.985, 0.01, 0.003, 0.002),
    "vague": (0.005, 0.985, 0.005, 0.005),
    "contradicted": (0.003, 0.01, 0.985, 0.002),
}
"""How the author's own sentences are taken (judged: what the model gives the likest others)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is taken for one requirement: four probabilities that sum to 1.

    `words` is the part of the text, verbatim, that the reading rests on; '' where it most
    probably says nothing of the requirement.
    """

    clear: float
    vague: float
    contradicted: float
    absent: float
    words: str


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """A sentence and how it is taken for each of the requirements asked about, in their order."""

    sentence: Sentence
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """`weights.json`: a row of coefficients a verdict, and the hash of what they came from."""

    rows: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    trained_on: str

    @staticmethod
    @cache
    def load() -> Weights:
        """The weights that come with the package.

        Raises ValueError if they were trained for other features.
        """
        data = json.loads(files("simulator.reading").joinpath("weights.json").read_text("utf-8"))
        if tuple(data["features"]) != NAMES:
            raise ValueError("weights.json is for other features: run simulator.reading.train")
        rows = tuple(tuple(map(float, data["weights"][name])) for name in VERDICTS)
        return Weights(rows, tuple(data["bias"][name] for name in VERDICTS), data["trained_on"])


def chances(values: tuple[float, ...], weights: Weights) -> Chances:
    """The probabilities of the verdicts from a window's features."""
    scores = [
        math.fsum([bias, *(a * b for a, b in zip(row, values, strict=True) if b)])
        for row, bias in zip(weights.rows, weights.bias, strict=True)
    ]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = math.fsum(powers)
    return powers[0] / total, powers[1] / total, powers[2] / total, powers[3] / total


def taken(values: tuple[float, ...] | None, sense: float, weights: Weights) -> Chances:
    """How a window is taken, by its features. A heap of words (`sense` 0) is vague at best."""
    if values is None:
        return NOTHING
    clear, vague, contradicted, absent = chances(values, weights)
    return clear * sense, vague + clear * (1.0 - sense), contradicted, absent


_RULES: dict[int, tuple[Requirement, Rule]] = {}


def rule_of(requirement: Requirement) -> Rule:
    """The requirement made ready for reading, once a requirement."""
    held = _RULES.get(id(requirement))
    if held is None or held[0] is not requirement:
        _RULES[id(requirement)] = held = (requirement, compiled(requirement))
    return held[1]


@lru_cache(maxsize=65536)
def _window(text: str, rule: int) -> Chances:
    _requirement, ready = _RULES[rule]
    known = ready.by_heart.get(folded(text))
    if known:
        return _BY_HEART[known]
    seen = repaired(text, ready)
    return taken(features(seen, ready), seen.flags["sense"], Weights.load())


def window_chances(text: str, requirement: Requirement) -> Chances:
    """How one window of text is taken for a requirement."""
    rule_of(requirement)
    return _window(text, id(requirement))


def _sharp(chance: float) -> float:
    """Contradiction elsewhere counts once it is likely: traces in many sentences do not add up.

    The odds are squared and divided by twelve (judged): .5 counts as .08, .75 as .43, .95 as .97.
    """
    return chance**2 / (chance**2 + 12 * (1 - chance) ** 2)


def _takes_back(window: Window) -> bool:
    folded = plain(window.text)
    return window.first < window.last and bool(lexicon().marks["retraction"].search(folded))


def _rests_on(window: Window, other: Window) -> bool:
    return window is other or (
        other.first <= window.last and window.first <= other.last and not _takes_back(window)
    )


def combined(read: list[tuple[Window, Chances]]) -> tuple[Chances, str]:
    """The verdict of a text from those of its windows, and the words that it rests on.

    The clearest window counts. A window that says otherwise stands beside it, unless the
    clear one comes later and says that it replaces what was said.
    """
    on_topic = [one for one in read if one[1] is not NOTHING]
    if not on_topic:
        return NOTHING, ""
    best, its = max(on_topic, key=lambda one: one[1][0])
    against, why = 0.0, best
    for window, found in on_topic:
        if _rests_on(window, best):
            continue
        chance = _sharp(found[2])
        if best.first > window.last and lexicon().marks["override"].search(plain(best.words)):
            chance *= 0.02
        if chance > against:
            against, why = chance, window
    clear = its[0] * (1 - against)
    contra = max(found[2] for _, found in on_topic)
    contra = min(1 - clear, max(contra if its[0] < 0.5 else its[2], against))
    vague = min(1 - clear - contra, max(found[1] for _, found in on_topic))
    out = (clear, vague, contra, max(0.0, 1 - clear - vague - contra))
    if against > clear:
        return out, why.words
    lead = max(range(3), key=lambda place: out[place])
    return out, max(on_topic, key=lambda one: one[1][lead])[0].words


def _reading(found: Chances, words: str) -> Reading:
    clear, vague, contradicted = (math.floor(chance * _GRAIN) / _GRAIN for chance in found[:3])
    absent = 1.0 - clear - vague - contradicted
    words = "" if absent >= max(clear, vague, contradicted) else words
    return Reading(clear, vague, contradicted, absent, words)


@lru_cache(maxsize=65536)
def _read(text: str, rule: int) -> Reading:
    requirement = _RULES[rule][0]
    return _reading(*combined([(w, window_chances(w.text, requirement)) for w in windows(text)]))


def read(text: str, requirement: Requirement) -> Reading:
    """Does this text tell whoever reads it that requirement?

    Over the text's sentences the clearest counts, so repeating adds nothing; a sentence that says
    the opposite or takes it back raises `contradicted`. An empty text is absent, exactly.
    """
    rule_of(requirement)
    return _read(text, id(requirement))


def read_sentences(
    text: str, requirements: tuple[Requirement, ...] | list[Requirement]
) -> tuple[SentenceReading, ...]:
    """For each sentence of a text, in order, how it is taken for each requirement.

    A sentence that only says something together with the one before ("Those are paid at once.")
    is read with it.
    """
    seen = windows(text)
    out = []
    for place, sentence in enumerate(sentences(text)):
        mine = [window for window in seen if window.last == place]
        readings = tuple(
            _reading(*combined([(w, window_chances(w.text, one)) for w in mine]))
            for one in requirements
        )
        out.append(SentenceReading(sentence, readings))
    return tuple(out)
