"""Whether words stand in the order of English, or are a heap of them."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from simulator.reading.lexicon import lexicon, plain

SOURCE = "order.json"
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d[\d.,:/-]*|[.,;:!?()|=>\"-]")
_LEAST = 2
"""In so many domains a pair must occur: those of one domain alone are its own phrases."""


def kinds(text: str) -> list[str]:
    """The words of a text by kind: form words as they are, `V` for verbs, `C`, `9` and `,`."""
    book = lexicon()
    out = ["^"]
    for word in _WORD.findall(plain(text)):
        if not word[0].isalnum():
            out.append(",")
        elif word[0].isdigit():
            out.append("9")
        elif word in book.function or word in book.negators:
            out.append(word)
        else:
            out.append("V" if word in book.verbs else "C")
    return out


def learnt(texts: Mapping[str, Iterable[str]]) -> dict[str, float]:
    """Log odds, against chance, of one kind following another, from texts by domain."""
    pairs: Counter[tuple[str, str]] = Counter()
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    spread: dict[tuple[str, str], set[str]] = {}
    for name, held in texts.items():
        for text in held:
            row = kinds(text)
            for pair in pairwise(row):
                pairs[pair] += 1
                first[pair[0]] += 1
                second[pair[1]] += 1
                spread.setdefault(pair, set()).add(name)
    total = sum(pairs.values()) or 1
    out: dict[str, float] = {}
    for one in sorted(first):
        for two in sorted(second):
            chance = first[one] * second[two] / total
            seen = pairs[one, two] if len(spread.get((one, two), ())) >= _LEAST else 0
            if seen or chance >= 1:
                out[f"{one} {two}"] = round(math.log((seen + 0.5) / (chance + 0.5)), 2)
    return out


@cache
def _table() -> Mapping[str, float]:
    found: dict[str, float] = json.loads(
        files("simulator.reading").joinpath(SOURCE).read_text(encoding="utf-8")
    )
    return found


def order(text: str) -> float:
    """Mean log odds of the neighbours in a text, between -1 and 1: a heap is about 0 or less."""
    row = kinds(text)
    table = _table()
    found = [table.get(f"{one} {two}", -0.3) for one, two in pairwise(row)]
    return max(-1.0, min(1.0, math.fsum(found) / max(1, len(found))))


def write(texts: Mapping[str, Sequence[str]]) -> None:
    """Learn from `texts` and keep it where `order` finds it."""
    lines = json.dumps(learnt(texts), ensure_ascii=False, separators=(",\n", ": "))
    Path(__file__).with_name(SOURCE).write_text(lines + "\n", encoding="utf-8")
    _table.cache_clear()
