"""Collections that are searched: their documents cut into passages, and ranked for a query.

The rank is BM25: Robertson and Zaragoza 2009, The Probabilistic Relevance Framework, with the
inverse document frequency of Lucene, which is never negative.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from simulator.order import Paper, tokens_in

K1 = 1.2
B = 0.75
"""How soon a word counts no more for coming again, and how much longer passages are held back:
the usual values."""
_WORD = re.compile(r"\w+")


def cut(paper: Paper, size: int) -> tuple[Paper, ...]:
    """A document as passages of at most `size` tokens each, one after the other.

    A passage ends between two words, wherever that is; a word that is longer stands alone.
    """
    passages: list[str] = []
    for word in re.findall(r"\S+\s*", paper.text):
        longer = passages[-1] + word if passages else word
        if passages and tokens_in(longer.rstrip()) <= size:
            passages[-1] = longer
        else:
            passages.append(word)
    return tuple(Paper(paper.id, paper.title, text.rstrip()) for text in passages)


class Index:
    """Passages, ready to be searched."""

    def __init__(self, passages: Iterable[Paper]) -> None:
        self.passages = tuple(passages)
        self._words = [Counter(_words(one.text)) for one in self.passages]
        self._lengths = [sum(words.values()) for words in self._words]
        self._mean = sum(self._lengths) / max(1, len(self._lengths))
        self._within = Counter(word for words in self._words for word in words)

    def search(self, query: str, most: int) -> tuple[Paper, ...]:
        """The `most` best passages, the best first; of equals the one that stands first.

        A passage with none of the words of the query is not found.
        """
        wanted = tuple(dict.fromkeys(_words(query)))
        scored = [(self._score(place, wanted), place) for place in range(len(self.passages))]
        found = sorted((-score, place) for score, place in scored if score > 0.0)
        return tuple(self.passages[place] for _, place in found[:most])

    def _score(self, place: int, wanted: Sequence[str]) -> float:
        words, count = self._words[place], len(self.passages)
        held = K1 * (1 - B + B * self._lengths[place] / self._mean) if self._mean else K1
        score = 0.0
        for word in wanted:
            often, within = words[word], self._within[word]
            if often:
                rarity = math.log(1 + (count - within + 0.5) / (within + 0.5))
                score += rarity * often * (K1 + 1) / (often + held)
        return score


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
