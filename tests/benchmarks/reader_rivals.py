"""Simpler ways to read, tuned on the reader's training folder only.

Each gives a text three strengths for a requirement: how like it is to what says the rule clearly,
vaguely, or otherwise. The strongest is the verdict, `absent` if it is under a threshold. Threshold
and variant are those with the best F1 of clear plus macro-F1 on the training texts. They give no
probabilities, so nothing can be said of their calibration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process, utils
from simplemma import lemmatize

from scenarios.scenario import Requirement
from simulator.reading import sentences
from simulator.reading.corpus import Domain, domains
from simulator.reading.network import VERDICTS
from simulator.reading.scoring import Judged, figures, tally

Strengths: TypeAlias = npt.NDArray[np.float64]
"""Text, requirement, and clear, vague or contradicted."""
Alike: TypeAlias = Callable[[Sequence[str], Sequence[str]], Any]
"""How alike each of some sentences is to each of some exemplars, 0 to 1."""
_ABSENT = VERDICTS.index("absent")
_KINDS = VERDICTS[:_ABSENT]


def _exemplars(requirement: Requirement) -> list[tuple[int, str]]:
    said = (*requirement.said, requirement.statement)
    held = (said, requirement.vague, requirement.contradicted)
    return [(kind, text) for kind, texts in enumerate(held) for text in texts]


def _pieces(text: str) -> list[str]:
    return [one.text for one in sentences(text)] or [text]


def _nearest(domain: Domain, alike: Alike) -> Strengths:
    """The likeness of a text's sentence and the exemplar of each kind that are most alike."""
    out = np.zeros((len(domain.texts), len(domain.requirements), len(_KINDS)))
    pieces = [_pieces(text.text) for text in domain.texts]
    known = [(at, *one) for at, rule in enumerate(domain.requirements) for one in _exemplars(rule)]
    table = alike([one for some in pieces for one in some], [text for _, _, text in known])
    start = 0
    for row, some in enumerate(pieces):
        best = table[start : start + len(some)].max(axis=0)
        start += len(some)
        for (at, kind, _), value in zip(known, best, strict=True):
            out[row, at, kind] = max(out[row, at, kind], value)
    return out


@cache
def _training() -> tuple[Domain, ...]:
    """Every sixth training domain: a rival has a few thresholds to tune, and takes minutes else."""
    return domains()[::6]


def _tfidf(domain: Domain, variant: str) -> Strengths:
    from sklearn.feature_extraction.text import TfidfVectorizer

    analyzer, low, high = variant.split()
    known = [one for other in _training() for text in other.texts for one in _pieces(text.text)]

    def alike(said: Sequence[str], exemplars: Sequence[str]) -> Any:
        # An author's exemplars are known wherever the reader reads, so their words have weights.
        table = TfidfVectorizer(
            analyzer=analyzer, ngram_range=(int(low), int(high)), sublinear_tf=True
        ).fit([*known, *exemplars])
        return (table.transform(said) @ table.transform(exemplars).T).toarray()

    return _nearest(domain, alike)


def _letters(domain: Domain, variant: str) -> Strengths:
    def alike(said: Sequence[str], exemplars: Sequence[str]) -> Any:
        scorer = getattr(fuzz, variant)
        return process.cdist(said, exemplars, scorer=scorer, processor=utils.default_process) / 100

    return _nearest(domain, alike)


@lru_cache(maxsize=32768)
def _lemmas(text: str) -> frozenset[str]:
    return frozenset(lemmatize(word, lang="en") for word in re.findall(r"[\w'-]+", text.lower()))


def _concepts(domain: Domain, variant: str) -> Strengths:
    """Clear where a clause has a word of every group of an alternative; else the share it has."""
    out = np.zeros((len(domain.texts), len(domain.requirements), len(_KINDS)))
    cut = re.compile(r"[,;:()]|\s(?:and|but|then)\s" if variant == "clause" else r"(?!)")
    clauses = [
        [_lemmas(part) for one in _pieces(text.text) for part in cut.split(one)]
        for text in domain.texts
    ]
    for at, rule in enumerate(domain.requirements):
        alternatives = [[list(map(_lemmas, group)) for group in one] for one in rule.concepts]
        for row, some in enumerate(clauses):
            shares = [
                sum(any(p <= words for p in group) for group in groups) / len(groups)
                for groups in alternatives if groups
                for words in some
            ]  # fmt: skip
            share = max(shares, default=0.0)
            out[row, at, 0 if share == 1.0 else 1] = share
    return out


_WAYS: Mapping[str, tuple[Callable[[Domain, str], Strengths], tuple[str, ...]]] = {
    "nearest exemplar, TF-IDF": (_tfidf, ("word 1 1", "word 1 2", "char_wb 3 5")),
    "concepts only": (_concepts, ("sentence", "clause")),
    "letters alike, rapidfuzz": (
        _letters, ("ratio", "token_sort_ratio", "token_set_ratio", "partial_ratio", "WRatio"),
    ),
}  # fmt: skip
RIVALS = tuple(_WAYS)


def _labels(domain: Domain) -> npt.NDArray[np.int64]:
    rows = [[VERDICTS.index(t.label(rule)) for rule in domain.requirements] for t in domain.texts]
    return np.array(rows, dtype=np.int64).reshape(len(domain.texts), len(domain.requirements))


def _said(strengths: Strengths, threshold: float) -> npt.NDArray[np.int64]:
    said: npt.NDArray[np.int64] = np.where(
        strengths.max(axis=-1) < threshold, _ABSENT, strengths.argmax(axis=-1)
    )
    return said


def _fitness(labels: npt.NDArray[np.int64], said: npt.NDArray[np.int64]) -> float:
    pairs = zip(labels.tolist(), said.tolist(), strict=True)
    found = figures(tally(Judged(VERDICTS[label], VERDICTS[one], 1.0) for label, one in pairs))
    return found.f1_clear + found.macro_f1


@dataclass(frozen=True)
class Rival:
    """A rival as it was tuned."""

    name: str
    variant: str
    threshold: float

    def __call__(self, domain: Domain) -> list[list[Judged]]:
        said = _said(_WAYS[self.name][0](domain, self.variant), self.threshold)
        return [
            [Judged(VERDICTS[label], VERDICTS[one], 1.0) for label, one in zip(*row, strict=True)]
            for row in zip(_labels(domain).tolist(), said.tolist(), strict=True)
        ]


def tuned(name: str, known: Sequence[Domain] | None = None) -> Rival:
    """A rival tuned on the training folder."""
    known = _training() if known is None else known
    way, variants = _WAYS[name]
    labels = np.concatenate([_labels(one).ravel() for one in known])
    best = (-1.0, "", 0.0)
    for variant in variants:
        rows = [way(one, variant).reshape(-1, len(_KINDS)) for one in known]
        strengths = np.concatenate(rows)
        for place in range(1, 40):
            fitness = _fitness(labels, _said(strengths, place / 40))
            # Of equals the first is taken, so the order of the variants decides.
            best = max(best, (fitness, variant, place / 40), key=lambda one: one[0])
    return Rival(name, *best[1:])
