"""Whether a sentence is another one, written again."""

from __future__ import annotations

from rapidfuzz import fuzz, utils

NEAR = 80.0
"""Likeness in percent (rapidfuzz) from which a sentence is an exemplar written again.

Set on the first scenario: sentences written without looking at the exemplars reach 75, an exemplar
with two of its words changed stays above 80.
"""
_CONTAINED = 90.0
"""The same for an exemplar that stands inside a longer sentence, of at least `_LONG` letters."""
_LONG = 25


def likeness(sentence: str, exemplar: str) -> float:
    """How alike two sentences are, 0 to 100: letter by letter, in whichever order their words are.

    An exemplar inside of a longer sentence counts where hardly anything of it was changed.
    """
    ours, theirs = utils.default_process(sentence), utils.default_process(exemplar)
    alike = max(fuzz.ratio(ours, theirs), fuzz.token_sort_ratio(ours, theirs))
    if len(ours) > len(theirs) >= _LONG:
        inside = fuzz.partial_ratio(ours, theirs)
        alike = max(alike, inside if inside >= _CONTAINED else 0.0)
    return float(alike)
