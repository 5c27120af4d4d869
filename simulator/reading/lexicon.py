"""General office English as the reader knows it: families of words, negations, signs of form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import simplemma
import yaml

_CONTRACTIONS = (
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bcan't\b|\bcannot\b"), "can not"),
    (re.compile(r"\bdon?t\b(?='| )|\bdont\b"), "do not"),
    (re.compile(r"(?<=\w)n't\b"), " not"),
    (re.compile(r"\b(doesnt|isnt|arent|shouldnt|mustnt|didnt|wasnt)\b"), r"\1~"),
    (re.compile(r"nt~"), " not"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"\b(it|that|there|what|here)'s\b"), r"\1 is"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"'s\b|s'(?=\s)"), ""),
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "‑": "-"})  # noqa: RUF001
_NUMERALS = {
    word: str(value)
    for word, value in {
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
        "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
        "dozen": 12, "fortnight": 14,
    }.items()
}  # fmt: skip


_REMINDER = re.compile(r"\b(?:please )?(?:do not|never|not to) forget\b(?: that\b| to\b)?,?:?\s*")


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Lower case, straight quotes, contractions written out.

    A reminder not to forget says nothing of its own, and would look like a denial.
    """
    text = text.translate(_QUOTES).lower()
    if "'" in text or "nt" in text:
        for found, mend in _CONTRACTIONS:
            text = found.sub(mend, text)
    if "forget" in text:
        text = _REMINDER.sub("", text)
    return text.replace("cannot", "can not").replace("no-one", "no one")


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The word's family, or else its dictionary form. Joined words (`_`) are kept."""
    book = lexicon()
    if word in book.families:
        return book.families[word]
    if "_" in word or not word.isalpha():
        return word
    base = str(simplemma.lemmatize(word, lang="en")).lower()
    return book.families.get(base, base)


@dataclass(frozen=True)
class Lexicon:
    """The word lists of `lexicon.yaml`, compiled."""

    function: frozenset[str]
    courtesy: frozenset[str]
    vague: frozenset[str]
    verbs: frozenset[str]
    negators: frozenset[str]
    anaphora: re.Pattern[str]
    marks: Mapping[str, re.Pattern[str]]
    families: Mapping[str, str]
    axis_words: Mapping[str, tuple[str, int]]
    numerals: Mapping[str, str]
    phrases: re.Pattern[str]
    exempt: re.Pattern[str]
    near: re.Pattern[str]
    far: re.Pattern[str]
    joined: Mapping[str, str]

    def merge(self, folded: str) -> str:
        """Join fixed phrases to one word each and mark negations that reach far."""
        folded = self.phrases.sub(lambda found: self._one(found[0]), folded)
        folded = self.exempt.sub(" ", folded)
        folded = self.near.sub(" @near ", folded)
        return self.far.sub(" @far ", folded)

    def _one(self, found: str) -> str:
        words = found.split()
        for tried in (words, [words[0], words[-1]]):
            for last in (tried[-1], tried[-1].removesuffix("s"), tried[-1].removesuffix("es")):
                name = self.joined.get(" ".join([*tried[:-1], last]))
                if name:
                    between = words[1:-1] if len(tried) < len(words) else []
                    return " ".join([name, *between])
        return "_".join(words)

    @lru_cache(maxsize=65536)  # noqa: B019 - there is one lexicon a process
    def known(self, base: str) -> bool:
        """Whether a word is in a dictionary, so that it is not taken for a misspelling."""
        return (
            not base.isalpha()
            or base in self.families
            or base in self.verbs
            or bool(simplemma.is_known(base, lang="en"))
        )

    def __hash__(self) -> int:
        return id(self)


_PARTICLES = frozenset({"out", "off", "away", "aside", "down", "back"})
"""They may stand some words after their verb: "leave the tax line out"."""


def _any(phrases: list[str]) -> re.Pattern[str]:
    ordered = sorted({plain(phrase) for phrase in phrases}, key=lambda one: (-len(one), one))
    return re.compile(r"\b(?:" + "|".join(re.escape(one) for one in ordered) + r")(?!\w)")


def _gapped(phrases: list[str]) -> re.Pattern[str]:
    """Phrases of a verb and a particle let some words in between."""
    ordered = sorted(set(phrases), key=lambda one: (-len(one), one))
    patterns = []
    for one in ordered:
        words = [re.escape(word) for word in one.split(" ")]
        apart = len(words) == 2 and words[1] in _PARTICLES
        words[0] = _inflected(words[0])
        patterns.append((r"\s+(?:[\w'-]+\s+){0,4}?" if apart else r"\s+").join(words))
    return re.compile(r"(?<![\w'])(?:" + "|".join(patterns) + r")(?:s|es)?(?![\w'])")


_FORMS = {
    "leave": "leave|leaves|left|leaving", "take": "take|takes|taken|took|taking",
    "throw": "throw|throws|thrown|throwing", "strike": "strike|struck", "cut": "cut|cuts|cutting",
    "pass": "pass|passes|passed", "go": "go|goes|going|went", "come": "come|comes|coming",
    "give": "give|gives|gave|given|giving", "keep": "keep|keeps|kept", "add": "add|adds|added",
    "carry": "carry|carried|carrying", "call": "call|called", "work": "work|worked|working",
    "make": "make|makes|made|making", "fill": "fill|filled", "let": "let", "stay": "stay|stays",
    "hand": "hand|handed", "pay": "pay|pays|paid", "belong": "belong|belongs",
    "spell": "spell|spelt|spelled",
}  # fmt: skip


def _inflected(word: str) -> str:
    forms = _FORMS.get(word)
    return f"(?:{forms})" if forms else word


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once a process."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    source = files("simulator.reading").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    data = yaml.load(source, Loader=loader)
    joined: dict[str, str] = {}
    families: dict[str, str] = {}
    axis_words: dict[str, tuple[str, int]] = {}

    def single(phrase: str) -> str:
        """One word for a phrase, under all the forms that it is met in."""
        words = plain(phrase).split()
        name = "_".join(words)
        if len(words) > 1:
            for form in _FORMS.get(words[0], words[0]).split("|"):
                joined[" ".join([form, *words[1:]])] = name
        return name

    for group in data["synonyms"]:
        first = single(str(group[0]))
        for phrase in group:
            families.setdefault(single(str(phrase)), first)
    for axis, ends in data["axes"].items():
        for end, phrases in ends.items():
            sign = 1 if end == "+" else -1
            for phrase in phrases:
                name = single(phrase)
                axis_words.setdefault(name, (axis, sign))
                families.setdefault(name, name)
                axis_words.setdefault(families[name], (axis, sign))
    marks = {
        name: _any(data[name])
        for name in ("permissive", "retraction", "hedge", "override", "denial")
    }
    marks["question"] = re.compile(
        r"^\W*(?:and |so |but )?(?:" + "|".join(data["question"]) + r")\b.*\?"
    )
    return Lexicon(
        function=frozenset(data["function"]),
        courtesy=frozenset(data["courtesy"]),
        vague=frozenset(data["vague"]),
        verbs=frozenset(data["verbs"]),
        negators=frozenset(data["negators"]),
        anaphora=re.compile(r"^\W*(?:" + "|".join(data["anaphora"]) + r")\b"),
        marks=marks,
        families=families,
        axis_words=axis_words,
        numerals=_NUMERALS,
        phrases=_gapped(list(joined)),
        exempt=_any(data["not_negation"]),
        near=_any(data["near"]),
        far=_any(data["far"]),
        joined=joined,
    )
