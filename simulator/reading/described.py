"""A description of a result, taken apart: its words, their families, its head, signs of form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import simplemma
import yaml

from simulator.reading.lexicon import lemma, lexicon, plain

_WORD = re.compile(r"§+|[#€$]|[^\W_]+(?:['_.-][^\W_]+)*\.?|/|\+|[,;:()]")
_STOP = frozenset(
    re.findall(
        r"\S+",
        """of that which who whom whose from in on at by for with to as if when where is are was
        were be has have had it they we , ; : ( ) not than because so does do did per about after
        before and or / +""",
    )
)
_LEAD = frozenset(
    re.findall(
        r"\w+",
        """the a an every each all any some this that which what whatever both only our their its
        his her your relevant exact list name""",
    )
)
_DENIES = frozenset({"not", "instead", "without", "never", "nor", "neither"})
_TELLING = frozenset(
    {"before", "after", "above", "below", "both", "same", "other", "where", "who", "whom", "when"}
)
"""Words that are grammar in an instruction and carry meaning in a description."""
_PAUSE = frozenset(",;:()")
_GRAMMAR = frozenset(
    {"no", "one", "so", "ones", "doesn", "don", "re", "s", "e.g.", "g", "etc", "e.g"}
)


@dataclass(frozen=True)
class Book:
    """`matching.yaml`, compiled."""

    short: Mapping[str, str]
    families: Mapping[str, frozenset[int]]
    phrases: re.Pattern[str]
    signs: Mapping[str, re.Pattern[str]]
    light: frozenset[str]


@dataclass(frozen=True, slots=True)
class Described:
    """A description as the matcher sees it."""

    folded: str
    words: tuple[str, ...]
    """Its words that are more than grammar, in order, by their dictionary form."""
    head: str
    """The thing that it names: "total" in "the total of the document"."""
    second: str
    """What the head is of: "document" in "the total of the document"."""
    signs: frozenset[str]
    joined: bool
    """Whether it names two things at once."""


def _either(phrases: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted({plain(one) for one in phrases}, key=lambda one: (-len(one), one))
    return re.compile(r"(?<![\w'-])(?:" + "|".join(map(re.escape, ordered)) + r")(?![\w'-])")


@cache
def book() -> Book:
    """The matcher's words, read once a process."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    source = files("simulator.reading").joinpath("matching.yaml").read_text(encoding="utf-8")
    data = yaml.load(source, Loader=loader)
    families: dict[str, set[int]] = {}
    for place, family in enumerate(data["families"]):
        for phrase in family:
            name = plain(phrase).replace(" ", "_")
            for form in {name, _base(name)}:
                families.setdefault(form, set()).add(place)
    signs = {name: _either(phrases) for name, phrases in data["signs"].items()}
    signs |= {name: _either(data[name]) for name in ("elsewhere", "aggregate")}
    return Book(
        short=data["short"],
        families={word: frozenset(places) for word, places in families.items()},
        phrases=_either(p for family in data["families"] for p in family if " " in p),
        signs=signs,
        light=frozenset(data["light"]),
    )


@lru_cache(maxsize=65536)
def _base(word: str) -> str:
    if "_" in word or not word.isalpha():
        return word
    return str(simplemma.lemmatize(word, lang="en")).lower()


@lru_cache(maxsize=65536)
def families(word: str) -> frozenset[int]:
    """The families of near meaning that a word stands in."""
    known = book().families
    return known.get(word) or known.get(lemma(word)) or frozenset()


@lru_cache(maxsize=65536)
def _bare(word: str) -> bool:
    """Whether a word is grammar alone."""
    return word in _GRAMMAR or (word in lexicon().function and word not in _TELLING)


def _raw(folded: str) -> list[str]:
    out = []
    for found in _WORD.findall(folded):
        word = book().short.get(found) or found.rstrip(".")
        out.append(book().short.get(word, word))
    return out


def _head(words: list[str]) -> tuple[str, str]:
    """The last noun of the first group of words, and that of the next."""
    heads: list[str] = []
    last = ""
    for word in [*words, ","]:
        if word in _STOP:
            if last:
                heads.append(_base(last))
                last = ""
            if len(heads) == 2:
                break
        elif word not in _LEAD and not (word in book().light and last):
            last = word
    return (*heads, "", "")[0], (*heads, "", "")[1]


def _two(folded: str) -> bool:
    """Whether a description names two things: "the owner and the deadline"."""
    found = re.split(r"\s(?:and|&|plus|\+)\s|\stogether\b", folded)
    if len(found) < 2 or len(folded.split()) > 9:
        return False
    return not re.search(r"\b(?:is|are|was|that|which|who|how|whether|with|from)\b", folded)


@lru_cache(maxsize=16384)
def described(text: str) -> Described:
    """Take a description apart."""
    folded = plain(text.replace("_", " ")).strip()
    merged = book().phrases.sub(lambda found: found[0].replace(" ", "_"), folded)
    raw = _raw(merged)
    words: list[str] = []
    against = False
    for word in raw:
        if word in _PAUSE or word == "but":
            against = False
        elif word in _DENIES:
            against = True
        elif word[0].isalnum() and not _bare(word):
            for part in word.split("-") if word not in book().families else [word]:
                if part and not against and not _bare(part):
                    words.append(_base(part))
    if not words:
        words = [_base(word) for word in raw if word[0].isalnum()]
    head, second = _head(raw)
    return Described(
        folded=" ".join(folded.split()).rstrip(".!?"),
        words=tuple(dict.fromkeys(words)),
        head=head,
        second=second,
        signs=frozenset(name for name, sign in book().signs.items() if sign.search(folded)),
        joined=_two(folded),
    )
