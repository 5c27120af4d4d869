"""From prose to pieces: sentences with their places, and the stretches that are read as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from simulator.reading.lexicon import lemma, lexicon, plain

# ruff: noqa: RUF001 - people type dashes and quotes of all kinds
_BULLET = re.compile(r"[ \t]*(?:[-*•–+]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|cf|nos?|approx|incl|excl|mr|mrs|ms|dr|st|inc|ltd|co)\.$", re.IGNORECASE
)
_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s+\S|$)|;(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A verbatim piece of a text: `text` stands at characters `start` to `end` of it."""

    text: str
    start: int
    end: int
    heads: int = -1
    """Index of the sentence that introduces this one ("Credit notes:"), or -1."""


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs as spans: a wrapped line goes on with what was begun."""
    start = end = -1
    place = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        left = place + (len(line) - len(line.lstrip()))
        place += len(line)
        if not body:
            if start >= 0:
                yield start, end
            start = -1
            continue
        wraps = (
            start >= 0
            and not _BULLET.match(line)
            and not body.startswith("|")
            and text[end - 1] not in ".!?:;|"
            and (body[0].islower() or end - start > 60)
        )
        if start >= 0 and not wraps:
            yield start, end
            start = -1
        if start < 0:
            start = left
        end = left + len(body)
    if start >= 0:
        yield start, end


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text: also bullets, table rows and what semicolons set apart."""
    out: list[Sentence] = []
    head = -1
    for start, end in _lines(text):
        bullet = _BULLET.match(text, start, end)
        at = bullet.end() if bullet else start
        if not bullet and text[start] != "|":
            head = -1
        cuts = [
            found.end()
            for found in _END.finditer(text, at, end)
            if not _ABBREVIATION.search(text, max(at, found.end() - 10), found.end())
        ]
        for cut in [*cuts, end]:
            piece = text[at:cut]
            left = at + len(piece) - len(piece.lstrip())
            at = cut
            body = piece.strip()
            if any(letter.isalnum() for letter in body):
                out.append(Sentence(body, left, left + len(body), head))
        if out and text[end - 1] == ":":
            head = len(out) - 1
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text that is read as one: a sentence, a clause of it, or a sentence pair."""

    text: str
    """What is read, with the words that introduce it."""
    words: str
    """The verbatim part of the text."""
    first: int
    last: int
    """Indexes of the first and the last sentence that it takes in."""


_JOINT = re.compile(r",\s+(?:and|but|while|whereas)\s+|\s+[-–—]\s+|\s+(?:but|whereas)\s+")
_PARTS = re.compile(rf"{_JOINT.pattern}|,\s+")
_LONG = 22
_MANY = 4
"""Parts of a long sentence that is not read whole: in one breath, many topics look like a rule."""


@lru_cache(maxsize=4096)
def windows(text: str) -> tuple[Window, ...]:
    """All stretches of a text that may carry a rule. Courtesies and threats carry none."""
    book = lexicon()
    found = sentences(text)
    out: list[Window] = []
    previous = -1
    for place, sentence in enumerate(found):
        if courteous(sentence.text):
            continue
        body = sentence.text
        head, colon, tail = body.partition(": ")
        if colon and len(tail.split()) > 3 and book.marks["override"].search(plain(head)):
            # "That was wrong: ..." is about what came before it, and the rule follows.
            body = tail
        clauses = _clauses(body)
        if len(clauses) < 2 or len(_PARTS.split(body)) < _MANY:
            out.append(Window(body, sentence.text, place, place))
        if sentence.heads >= 0:
            heading = found[sentence.heads]
            out.append(Window(f"{heading.text} {body}", body, place, place))
        elif previous >= 0 and (
            book.anaphora.match(plain(body))
            or book.marks["retraction"].search(plain(body))
            or found[previous].text.endswith(("?", ":"))
        ):
            both = text[found[previous].start : sentence.end]
            out.append(Window(both, both, previous, place))
        out += [Window(clause, clause, place, place) for clause in clauses]
        previous = place
    return tuple(out)


def _clauses(body: str) -> list[str]:
    """The clauses of a long sentence that may each say something."""
    if len(body.split()) <= _LONG:
        return []
    parts = (part.strip() for part in _JOINT.split(body))
    return [part for part in parts if len(part.split()) > 3 and part != body]


@lru_cache(maxsize=16384)
def courteous(sentence: str) -> bool:
    """Whether a sentence is courtesy, threat or exhortation and so tells nothing to do."""
    book = lexicon()
    words = list(re.findall(r"[^\W_]+(?:-[^\W\d_]+)*", plain(sentence)))
    content = [word for word in words if word not in book.function or word in book.courtesy]
    return all(word in book.courtesy or lemma(word) in book.courtesy for word in content)
