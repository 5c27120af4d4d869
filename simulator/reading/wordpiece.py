"""Text as the numbers of its word pieces, as the encoder was taught them (BERT, uncased)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST = 64
"""Pieces of a window that are looked at; what a longer one holds is in its clauses too."""
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


class WordPieces:
    """A vocabulary: the number of each piece."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.numbers = numbers
        self._pieces = lru_cache(maxsize=65536)(self._split)

    def _split(self, word: str) -> tuple[int, ...]:
        """The longest pieces first, from the left; a word that has none is unknown."""
        out: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else f"##{word[start:end]}"
                if piece in self.numbers:
                    out.append(self.numbers[piece])
                    start = end
                    break
            else:
                return (self.numbers[UNKNOWN],)
        return tuple(out)

    def encode(self, text: str) -> tuple[int, ...]:
        """The numbers of a text's pieces between the marks of its start and its end."""
        folded = unicodedata.normalize("NFD", text.lower())
        bare = "".join(letter for letter in folded if unicodedata.category(letter) != "Mn")
        out = [self.numbers[START]]
        for word in _WORD.findall(bare):
            out += self._pieces(word) if len(word) <= 60 else (self.numbers[UNKNOWN],)
            if len(out) >= LONGEST - 1:
                break
        return (*out[: LONGEST - 1], self.numbers[END])
