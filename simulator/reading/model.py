"""A text and a requirement: made ready, read window by window, and what is read is remembered."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from scenarios.scenario import Requirement
from simulator.reading.aligned import Sought, sought, vectors
from simulator.reading.combining import combined
from simulator.reading.features import features
from simulator.reading.lexicon import lexicon, plain
from simulator.reading.network import Chances, Network
from simulator.reading.rules import Rule, compiled, folded, repaired
from simulator.reading.sense import form, in_company, makes_sense, says_nothing
from simulator.reading.text import Sentence, Window, sentences, windows
from simulator.reading.words import piece

_GRAIN = 2.0**32
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


def sensible(found: Chances, sense: float) -> Chances:
    """How a window is taken that makes so much sense: a heap of words (0) is vague at best."""
    clear, vague, contradicted, absent = found
    return clear * sense, vague + clear * (1.0 - sense), contradicted, absent


_DENIED = 0.9
"""How much of what is clear is its opposite where the sentence denies it (judged)."""


def denied(found: Chances) -> Chances:
    """How a window is taken that says of a rule that it is not so."""
    clear, vague, contradicted, absent = found
    return clear * (1.0 - _DENIED), vague, contradicted + clear * _DENIED, absent


@dataclass(frozen=True, slots=True)
class Ready:
    """A requirement made ready for reading, with the others of its job."""

    company: tuple[Requirement, ...]
    """Itself first."""
    rules: tuple[Rule, ...]
    sought: Sought


_NETWORK: list[Network] = []


def _network() -> Network:
    return _NETWORK[-1] if _NETWORK else Network.load()


@contextmanager
def using(network: Network) -> Iterator[None]:
    """Read with other weights than those of the package: for developers."""
    _NETWORK.append(network)
    _forget()
    try:
        yield
    finally:
        _NETWORK.pop()
        _forget()


def _forget() -> None:
    _READY.clear()
    for held in (_sense, _taken, _senses, _windows, _read):
        held.cache_clear()


_READY: dict[int, Ready] = {}
_RULES: dict[int, tuple[Requirement, Rule]] = {}


def _rule(requirement: Requirement) -> Rule:
    held = _RULES.get(id(requirement))
    if held is None or held[0] is not requirement:
        _RULES[id(requirement)] = held = (requirement, compiled(requirement))
    return held[1]


def ready(requirement: Requirement) -> Ready:
    """The requirement made ready for reading, once a job."""
    held = _READY.get(id(requirement))
    company = (requirement, *requirement.beside)
    if held is None or not all(map(operator.is_, held.company, company)):
        for known in _READY.values():
            if {id(one) for one in known.company} == {id(one) for one in company}:
                break
        else:
            rules = tuple(map(_rule, company))
            known = Ready(company, rules, sought(company, _network().comparer))
        _READY[id(requirement)] = held = known
    return held


@dataclass(frozen=True, slots=True)
class Taken:
    """How a window is taken for a rule before it is asked whether it makes sense.

    `surely`: that need not be asked, since these are the author's own words.
    """

    chances: Chances
    surely: bool = False
    empty: bool = False
    """Whether it names what the rule is about and says nothing of it."""


@lru_cache(maxsize=65536)
def _sense(text: str) -> float:
    """The chance that a window makes sense, by itself."""
    network = _network()
    (seen,) = vectors((text,), network.comparer)
    return makes_sense(*network.sense, form(seen.whole, piece(text).flags))


@lru_cache(maxsize=65536)
def _taken(text: str, company: int) -> Mapping[int, Taken]:
    """How a window is taken for each rule of the job whose first rule has this id."""
    its, network = _READY[company], _network()
    (seen,) = vectors((text,), network.comparer)
    rows = [features(repaired(text, rule), rule) for rule in its.rules]
    denies = bool(lexicon().marks["denial"].search(plain(text)))
    bare = folded(text)
    out = {}
    for one, rule, found in zip(
        its.company, its.rules, network.chances(rows, seen, its.sought), strict=True
    ):
        known = rule.by_heart.get(bare)
        if known:
            out[id(one)] = Taken(_BY_HEART[known], surely=True)
        else:
            taken = denied(found) if denies else found
            out[id(one)] = Taken(taken, empty=says_nothing(text, one))
    return out


def _told(taken: Taken, sense: float) -> Chances:
    if taken.surely:
        return taken.chances
    return sensible(taken.chances, 0.0 if taken.empty else sense)


@lru_cache(maxsize=4096)
def _senses(text: str) -> Mapping[str, float]:
    """The chance that each window of a text makes sense, beside the others."""
    seen = [window.text for window in windows(text)]
    # All of a text's windows go through the encoder at once.
    vectors(seen, _network().comparer)
    # What is said twice is one window: repeating tells nothing of the text.
    return in_company({one: _sense(one) for one in seen})


@lru_cache(maxsize=65536)
def _windows(text: str, requirement: int) -> tuple[tuple[Window, Chances], ...]:
    senses = _senses(text)
    company = id(_READY[requirement].company[0])
    return tuple(
        (window, _told(_taken(window.text, company)[requirement], senses[window.text]))
        for window in windows(text)
    )


def _reading(found: Chances, words: str) -> Reading:
    clear, vague, contradicted = (math.floor(chance * _GRAIN) / _GRAIN for chance in found[:3])
    absent = 1.0 - clear - vague - contradicted
    words = "" if absent >= max(clear, vague, contradicted) else words
    return Reading(clear, vague, contradicted, absent, words)


def read(text: str, requirement: Requirement) -> Reading:
    """Does this text tell whoever reads it that requirement?

    Over the text's sentences the clearest counts, so repeating adds nothing; a sentence that says
    the opposite or takes it back raises `contradicted`. An empty text is absent, exactly.
    """
    ready(requirement)
    return _read(text, id(requirement))


@lru_cache(maxsize=65536)
def _read(text: str, requirement: int) -> Reading:
    its = _READY[requirement]
    place = next(at for at, one in enumerate(its.company) if id(one) == requirement)
    known = its.rules[place].by_heart.get(folded(text))
    if known:
        return _reading(_BY_HEART[known], text)
    return _reading(*combined(list(_windows(text, requirement))))


def read_sentences(
    text: str, requirements: tuple[Requirement, ...] | list[Requirement]
) -> tuple[SentenceReading, ...]:
    """For each sentence of a text, in order, how it is taken for each requirement.

    A sentence that only says something together with the one before ("Those are paid at once.")
    is read with it.
    """
    for one in requirements:
        ready(one)
    seen = [_windows(text, id(one)) for one in requirements]
    out = []
    for place, sentence in enumerate(sentences(text)):
        readings = tuple(
            _reading(*combined([(w, found) for w, found in row if w.last == place])) for row in seen
        )
        out.append(SentenceReading(sentence, readings))
    return tuple(out)
