"""The words of a stretch of text by their meaning, negated or not, and in what form they come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from simulator.reading.lexicon import lemma, lexicon, plain
from simulator.reading.order import order

_WORD = re.compile(
    r"[^\W\d_]\.[^\W\d_]\.|[^\W\d_]{1,2}(?:/[^\W\d_]{1,4})+|@?[^\W\d]+(?:['-][^\W_]+)*"
    r"|\d+(?:[.,:/-]\d+)*|->|=>|→|[^\w\s]"
)
_PAUSE = frozenset(",;:()|–—")  # noqa: RUF001 - people type dashes of both kinds
_TURN = frozenset({"but", "however", "whereas", "otherwise", "although", "unless", "yet"})
_MARKS = frozenset({"@far", "@near"})
_LINK = frozenset({":", "=", "->", "=>", "→", "|"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word by its meaning, where it stands, and its sign: -1 where it is negated, else 1."""

    word: str
    sign: int
    place: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What a window of text holds, seen from no rule in particular."""

    tokens: tuple[Token, ...]
    signs: dict[str, frozenset[int]]
    """For each word that carries a topic the signs it occurs with."""
    places: dict[str, tuple[int, ...]]
    axes: dict[str, frozenset[int]]
    numbers: frozenset[str]
    unknown: tuple[str, ...]
    """Words in no dictionary: perhaps misspelt."""
    flags: dict[str, float]
    """Signs of form, each 0 to 1: permissive, retraction, question, heap and so on."""
    joined: str
    folded: str
    """The text in lower case between two spaces."""
    words: int


def _signs(words: list[str]) -> list[int]:
    """For each word its sign under negation."""
    book = lexicon()
    out = []
    near = far = 1
    for word in words:
        if word in _PAUSE or word in _TURN:
            near = 1
            if word in _TURN or word == ";":
                far = 1
        elif word == "@far":
            far = -far
        elif word == "@near" or word in book.negators:
            near = -near
        elif word == "and":
            near = 1
        out.append(near * far)
    return out


_EXISTS = re.compile(r"\bthere(?: (?:is|are|was|were|be|may|might|can|could|will))+\b|^\W*some\b")
_SAYS = re.compile(
    r"\b(?:is|are|be|must|should|may|can|will|means?|counts?|goes?|to|becomes?|if|when|the)\b|[:=]|[-=]>"
)


def _is_list(folded: str) -> bool:
    """Whether a window lists words and says nothing of them."""
    parts = [part.split() for part in folded.split(",") if part.strip()]
    return len(parts) > 3 and all(len(part) <= 3 for part in parts) and not _SAYS.search(folded)


class _Gathered:
    """The words of a window as they are taken in, one at a time."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.unknown: list[str] = []
        self.axes: dict[str, set[int]] = {}
        self.numbers: set[str] = set()
        self.signs: dict[str, set[int]] = {}
        self.places: dict[str, list[int]] = {}
        self.count = self.form = self.verbs = self.loose = 0

    def take(self, word: str, sign: int, place: int) -> None:
        """Take in one word."""
        book = lexicon()
        self.count += 1
        bare = word in book.function or word in _MARKS
        self.form += bare
        base = lemma(word)
        self.verbs += word in book.verbs or base in book.verbs
        if word in book.negators or word in _MARKS:
            return
        axis = book.axis_words.get(word) or book.axis_words.get(base)
        if axis:
            self.axes.setdefault(axis[0], set()).add(axis[1] * sign)
            self.places.setdefault(f"@{axis[0]}", []).append(place)
        if bare:
            return
        self.loose += base in book.vague or word in book.vague
        if word[0].isdigit() or base in book.numerals:
            base = book.numerals.get(base, word)
            self.numbers.add(base)
        self.tokens.append(Token(base, sign, place))
        self.signs.setdefault(base, set()).add(sign)
        self.places.setdefault(base, []).append(place)
        if not book.known(base):
            self.unknown.append(base)


@lru_cache(maxsize=16384)
def piece(text: str) -> Piece:
    """The signed words and the signs of form of a window of text."""
    book = lexicon()
    folded = plain(text)
    raw = _WORD.findall(book.merge(folded))
    signs = _signs(raw)
    got = _Gathered()
    for place, (word, sign) in enumerate(zip(raw, signs, strict=True)):
        if word[0].isalnum() or word[0] in "@_":
            got.take(word, sign, place)
    total = max(got.count, 1)
    links = not _LINK.isdisjoint(raw)
    flags = {name: float(bool(found.search(folded))) for name, found in book.marks.items()}
    flags |= {
        "ends_asking": float(text.rstrip().endswith("?")),
        "form": got.form / total,
        "verb": float(got.verbs > 0),
        "link": float(links),
        "loose": min(got.loose, 3) / 3,
        "commas": min(1.0, raw.count(",") / total * 3),
        "quoted": float(any(mark in folded for mark in '"“«')),
        "short": float(len(got.tokens) <= 2 and not got.numbers and not links),
        "negated": float(any(sign < 0 for sign in signs)),
        "listing": float(_is_list(folded)),
        "repeats": 1.0 - len(got.signs) / max(1, len(got.tokens)),
        "exists": float(bool(_EXISTS.search(folded))),
        "order": order(text),
    }
    return Piece(
        tokens=tuple(got.tokens),
        signs={word: frozenset(found) for word, found in got.signs.items()},
        places={word: tuple(found) for word, found in got.places.items()},
        axes={name: frozenset(found) for name, found in got.axes.items()},
        numbers=frozenset(got.numbers),
        unknown=tuple(got.unknown),
        flags=flags,
        joined=" ".join(token.word for token in got.tokens),
        folded=f" {folded} ",
        words=got.count,
    )
