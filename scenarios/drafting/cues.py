"""What the cases of a rule have in common: a word of their texts, or a value of a column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass

from scenarios.drafting.sheet import Sheet
from scenarios.language.values import as_text, is_number

_PRECISE = 0.7
_COMPLETE = 0.5
_WORD = re.compile(r"[a-z][a-z'-]{3,}")


@dataclass(frozen=True)
class Cue:
    """Something that nearly all cases of a rule have, and few others."""

    where: str
    """As a clause: the text mentions refund."""
    words: tuple[str, ...]
    """The words that name it."""
    there: frozenset[int]
    """The cases that have it."""


def best_cue(sheet: Sheet, cases: Collection[int]) -> Cue | None:
    """The cue that tells these cases from all others best; None where none does well enough.

    Seven of ten that have it must be of these cases, and half of these cases must have it.
    """
    wanted = frozenset(cases)

    def worth(cue: Cue) -> float:
        return 2 * len(cue.there & wanted) / (len(cue.there) + len(wanted))

    good = [
        cue for cue in _cues(sheet, wanted)
        if len(cue.there & wanted) >= _PRECISE * len(cue.there)
        and len(cue.there & wanted) >= _COMPLETE * len(wanted)
    ]  # fmt: skip
    return max(good, key=worth, default=None)


def _cues(sheet: Sheet, wanted: Set[int]) -> Iterator[Cue]:
    for name, values in sheet.columns.items():
        called = name.replace("_", " ")
        for value in dict.fromkeys(values[case] for case in sorted(wanted)):
            shown = "empty" if value is None else as_text(value)
            there = frozenset(i for i, other in enumerate(values) if other == value)
            yield Cue(f"the {called} is {shown}", (shown.casefold(),), there)
        if all(is_number(value) for value in values):
            for limit in sorted({values[case] for case in sorted(wanted)}):
                above = frozenset(i for i, other in enumerate(values) if other >= limit)
                below = frozenset(i for i, other in enumerate(values) if other <= limit)
                words = (as_text(limit), called)
                yield Cue(f"the {called} is {as_text(limit)} or more", words, above)
                yield Cue(f"the {called} is {as_text(limit)} or less", words, below)
    if sheet.has_text:
        said = [frozenset(_WORD.findall(text.casefold())) for text in sheet.texts]
        for word in sorted({word for case in sorted(wanted) for word in said[case]}):
            there = frozenset(i for i, words in enumerate(said) if word in words)
            yield Cue(f"the text mentions {word}", (word,), there)
