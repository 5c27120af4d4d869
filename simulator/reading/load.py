"""The load of a text: how many separate rules it puts on whoever reads it."""

from __future__ import annotations

import re
from functools import lru_cache

from simulator.reading.lexicon import lexicon, plain
from simulator.reading.rules import signed
from simulator.reading.text import courteous, sentences
from simulator.reading.words import piece

_MODAL = re.compile(
    r"\b(?:must|should|shall|has to|have to|need to|needs to|never|always|only|may not|can not|"
    r"not allowed|forbidden|at most|at least|no more than|unless|mean|means|stands for|refers to|"
    r"do not|is not|are not|counts?|treat|goes|go)\b"
)
_IS = re.compile(r"\b(?:is|are|will be|becomes?|contains?|comes?|belongs?|=|->|→)(?:\b|(?=\s))|:")
_AND = re.compile(
    r",\s*(?:and|but|then|while|so)\s+|;\s*|\s+but\s+|\s+and\s+(?=(?:then |never |do not |always )|"
    r"(?:{verbs})\b)"
    .replace("{verbs}", "write|put|give|enter|send|mark|set|leave|list|copy|keep|add|subtract|"
             "report|name|state|return|use|convert|translate|choose|skip|ignore|drop|remove|merge|"
             "compare|sort|explain|cite|check|treat|flag|escalate|round|make|show|turn|deduct")
)  # fmt: skip


def _units(sentence: str) -> list[str]:
    """A sentence's rules, where it joins several."""
    folded = plain(sentence)
    if re.match(r"^\W*(?:if|when|whenever|where|once|unless|in case)\b", folded):
        # The comma after a condition joins it to its rule.
        head, comma, tail = folded.partition(",")
        first, *rest = _AND.split(tail)
        return [head + comma + first, *rest]
    return [part for part in _AND.split(folded) if part]


def _is_rule(unit: str, *, orders_only: bool) -> bool:
    read = piece(unit)
    book = lexicon()
    topics = [t for t in read.tokens if t.word not in book.vague and t.word not in book.courtesy]
    if courteous(unit) or read.flags["ends_asking"] or not (topics or read.axes):
        return False
    first = next(iter(re.findall(r"[^\W\d_]+", unit)), "")
    directive = first in book.verbs or bool(_MODAL.search(unit))
    directive = directive or (bool(read.axes) and not orders_only)
    if directive:
        return bool(topics) or bool(read.axes)
    return (
        not orders_only and len(topics) > 1 and (bool(_IS.search(unit)) or bool(read.flags["verb"]))
    )


@lru_cache(maxsize=4096)
def count_rules(text: str, *, orders_only: bool = False) -> int:
    """How many distinct directives, constraints and definitions the text holds.

    Courtesy, threats, exhortations, questions, and a rule said again do not count. With
    `orders_only` statements do not either: a paper tells many things that are no orders.
    """
    kept: list[set[tuple[str, int]]] = []
    for sentence in sentences(text):
        if courteous(sentence.text) or sentence.text.endswith(":"):
            continue
        for unit in _units(sentence.text):
            if not _is_rule(unit, orders_only=orders_only):
                continue
            words = {(w, s) for w, signs in signed(piece(unit)).items() for s in signs}
            if all(len(words & old) < 0.6 * min(len(words), len(old)) for old in kept):
                kept.append(words)
    return len(kept)
