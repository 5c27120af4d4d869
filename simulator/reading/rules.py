"""A requirement made ready for reading: exemplars, concepts and values as signed words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from scenarios.scenario import Requirement
from simulator.reading.lexicon import lexicon, plain
from simulator.reading.words import Piece, piece

Signed = dict[str, frozenset[int]]
"""Words and lines of meaning (`@keep`) with the signs that they occur with."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or a few that must stand close together."""

    words: tuple[tuple[str, int], ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A sentence of the author's."""

    signed: Signed
    weight: float
    joined: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement made ready for reading. Its id plays no part."""

    said: tuple[Exemplar, ...]
    vague: tuple[Exemplar, ...]
    contradicted: tuple[Exemplar, ...]
    concepts: tuple[tuple[tuple[Phrase, ...], ...], ...]
    value: tuple[Phrase, ...]
    rivals: tuple[Phrase, ...]
    object: tuple[Phrase, ...]
    ours: frozenset[tuple[str, int]]
    theirs: frozenset[tuple[str, int]]
    axes: dict[str, float]
    numbers: frozenset[str]
    topic: frozenset[str]
    vocabulary: tuple[str, ...]
    by_heart: Mapping[str, str]
    """The author's own sentences, folded, with their verdicts."""


def weight_of(word: str) -> float:
    if word[0] == "@":
        return 0.8
    book = lexicon()
    if word in book.vague:
        return 0.25
    if word[0].isdigit():
        return 1.2
    return 0.5 if word in book.verbs else 1.0


def signed(text: Piece) -> Signed:
    """The words of a window, those that lie on one line of meaning under the line's name."""
    book = lexicon()
    out = {word: signs for word, signs in text.signs.items() if word not in book.axis_words}
    out.update({f"@{name}": signs for name, signs in text.axes.items()})
    return out


def _exemplar(text: str) -> Exemplar:
    read = piece(text)
    words = signed(read)
    return Exemplar(words, math.fsum(map(weight_of, words)) or 1.0, read.joined)


def phrase(text: str) -> Phrase:
    """An author's word or words, ready to be looked for."""
    read = piece(text)
    book = lexicon()
    words: list[tuple[str, int]] = []
    for token in read.tokens:
        axis = book.axis_words.get(token.word)
        words.append((f"@{axis[0]}", axis[1] * token.sign) if axis else (token.word, token.sign))
    for axis_name, signs in read.axes.items():
        if f"@{axis_name}" not in {word for word, _ in words}:
            words.append((f"@{axis_name}", next(iter(sorted(signs)))))
    return Phrase(tuple(dict.fromkeys(words)), f" {plain(text).strip()} ")


def _pairs(exemplars: Iterable[Exemplar]) -> set[tuple[str, int]]:
    return {(w, s) for one in exemplars for w, signs in one.signed.items() for s in signs}


def folded(text: str) -> str:
    """A sentence without case, spacing and the stop at its end."""
    return " ".join(plain(text).split()).rstrip(".!")


def compiled(requirement: Requirement) -> Rule:
    """Make a requirement ready for reading."""
    said = tuple(map(_exemplar, (*requirement.said, requirement.statement)))
    vague = tuple(map(_exemplar, requirement.vague))
    contradicted = tuple(map(_exemplar, requirement.contradicted))
    concepts = tuple(
        tuple(tuple(map(phrase, group)) for group in alternative)
        for alternative in requirement.concepts
    )
    axes: dict[str, float] = {}
    for sign, exemplars, share in ((1, said, 1.0), (-1, contradicted, 0.5)):
        for name in sorted({key for one in exemplars for key in one.signed if key[0] == "@"}):
            signs = [s for one in exemplars for s in one.signed.get(name, ())]
            total = sum(signs) / max(len(exemplars), 1) * sign * share
            held = axes.get(name, 0.0)
            # What both sides say tells them apart in nothing.
            if held * total >= 0:
                axes[name] = max(-1.0, min(1.0, held + total))
    ours, theirs = _pairs(said), _pairs(contradicted)
    loose = _pairs(vague)
    subject = requirement.object
    if subject:
        objects = tuple(map(phrase, subject))
    else:
        need = 0.6 * len(said)
        shared = {
            word for one in said for word in one.signed
            if word[0] != "@" and sum(word in other.signed for other in said) >= need
        }  # fmt: skip
        objects = tuple(phrase(word) for word in sorted(shared))
    grams = [p for alternative in concepts for group in alternative for p in group]
    topic = {word for one in (*said, *contradicted) for word in one.signed}
    topic |= {word for p in (*grams, *objects) for word, _ in p.words}
    texts = (
        *requirement.said, *requirement.contradicted, *requirement.object, *requirement.value,
        *requirement.rivals, *(p for alt in requirement.concepts for group in alt for p in group),
    )  # fmt: skip
    surface = {w for text in texts for w in re.findall(r"[^\W\d_]{4,}", plain(text))}
    return Rule(
        said=said, vague=vague, contradicted=contradicted, concepts=concepts,
        value=tuple(map(phrase, requirement.value)), rivals=tuple(map(phrase, requirement.rivals)),
        object=objects,
        ours=frozenset(ours - theirs - loose), theirs=frozenset(theirs - ours - loose),
        axes=axes,
        numbers=frozenset(n for text in requirement.said for n in piece(text).numbers),
        topic=frozenset(w for w in topic if weight_of(w) > 0.25 and w[0] != "@"),
        vocabulary=tuple(sorted(surface)),
        by_heart={
            folded(text): verdict
            for verdict, texts in (
                ("vague", requirement.vague), ("contradicted", requirement.contradicted),
                ("clear", (*requirement.said, requirement.statement)),
            )
            for text in texts
        },
    )  # fmt: skip


def repaired(text: str, rule: Rule) -> Piece:
    """The window with misspelt words of this rule put right."""
    read = piece(text)
    mends: dict[str, str] = {}
    for word in read.unknown:
        allowed = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
        near = [
            (OSA.distance(word, known, score_cutoff=allowed), known)
            for known in rule.vocabulary
            if abs(len(known) - len(word)) <= allowed
        ]
        best = min(near, default=(allowed + 1, ""))
        if 0 < best[0] <= allowed:
            mends[word] = best[1]
    if not mends:
        return read
    folded = plain(text)
    for word, mend in mends.items():
        folded = re.sub(rf"\b{re.escape(word)}\b", mend, folded)
    return piece(folded)
