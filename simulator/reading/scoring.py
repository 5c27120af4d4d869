"""How well verdicts agree with labels: F1, confusion, calibration, whole texts.

All figures come from a `Tally`: counts that add up over texts, so that a resample of texts (for an
interval) costs a sum of counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from simulator.reading.model import Reading
from simulator.reading.network import VERDICTS

BINS = 10
"""Of confidence, for calibration."""
_CELLS = len(VERDICTS) ** 2
_CALIBRATION = slice(_CELLS, _CELLS + 3 * BINS)
_SIZE = _CELLS + 3 * BINS + 2

Tally: TypeAlias = tuple[float, ...]
"""Counts of each label with each verdict, then for each bin of confidence how many pairs, the sum
of their confidence and how many right, then texts and texts without a fault."""


class Judged(NamedTuple):
    """The label of a text for a requirement, and the verdict with its probability."""

    label: str
    said: str
    sure: float


@dataclass(frozen=True)
class Score:
    """Figures over text-requirement pairs, all between 0 and 1."""

    pairs: int
    f1_clear: float
    precision_clear: float
    recall_clear: float
    macro_f1: float
    """Mean F1 of the verdicts that occur, as a label or as a verdict."""
    contradicted_as_clear: float
    """Share of the contradictions that are read as clear."""
    ece: float
    """Expected calibration error of the likeliest verdict, without pairs that are surely absent."""


@dataclass(frozen=True)
class TextScore(Score):
    """The figures of a tally of texts."""

    texts: int
    whole_text: float
    """Share of the texts that are right for every requirement."""


class Bin(NamedTuple):
    """The pairs whose verdict had a probability between two tenths."""

    pairs: int
    sure: float
    """Their mean probability."""
    right: float
    """The share of them that is right."""


def verdict(reading: Reading) -> str:
    """The likeliest verdict."""
    return max(VERDICTS, key=lambda name: float(getattr(reading, name)))


def judged(label: str, reading: Reading) -> Judged:
    """The likeliest verdict beside the label."""
    said = verdict(reading)
    return Judged(label, said, float(getattr(reading, said)))


def tally(text: Iterable[Judged]) -> Tally:
    """The counts of one text's pairs."""
    counts = [0.0] * _SIZE
    held: dict[int, list[float]] = {}
    faults = 0
    for label, said, sure in text:
        counts[len(VERDICTS) * VERDICTS.index(label) + VERDICTS.index(said)] += 1
        faults += label != said
        if said == "absent" and sure >= 1.0:
            continue
        at = min(BINS - 1, int(sure * BINS))
        held.setdefault(at, []).append(sure)
        counts[_CELLS + 3 * at] += 1
        counts[_CELLS + 3 * at + 2] += label == said
    for at, chances in held.items():
        counts[_CELLS + 3 * at + 1] = math.fsum(chances)
    counts[-2:] = 1.0, float(not faults)
    return tuple(counts)


def together(tallies: Sequence[Tally]) -> Tally:
    """The counts of several texts."""
    return tuple(map(math.fsum, zip(*tallies, strict=True))) if tallies else (0.0,) * _SIZE


def confusion(counts: Tally) -> Mapping[str, Mapping[str, int]]:
    """For each label how many pairs got each verdict."""
    table = [counts[at : at + len(VERDICTS)] for at in range(0, _CELLS, len(VERDICTS))]
    return {
        label: dict(zip(VERDICTS, map(round, row), strict=True))
        for label, row in zip(VERDICTS, table, strict=True)
    }


def reliability(counts: Tally) -> tuple[Bin, ...]:
    """For each tenth of probability how many verdicts had it and how many of these are right."""
    rest = counts[_CALIBRATION]
    bins = [rest[at : at + 3] for at in range(0, len(rest), 3)]
    return tuple(Bin(round(n), sure / max(1, n), right / max(1, n)) for n, sure, right in bins)


def _f1(counts: Tally, at: int) -> tuple[float, float, float]:
    width = len(VERDICTS)
    right = counts[at * width + at]
    precision = right / max(1, sum(counts[at:_CELLS:width]))
    recall = right / max(1, sum(counts[at * width : (at + 1) * width]))
    return (2 * precision * recall / (precision + recall) if right else 0.0), precision, recall


def _occurs(counts: Tally, at: int) -> bool:
    width = len(VERDICTS)
    return any(counts[at:_CELLS:width]) or any(counts[at * width : (at + 1) * width])


def figures(counts: Tally) -> TextScore:
    """The figures of a tally."""
    f1, precision, recall = _f1(counts, VERDICTS.index("clear"))
    width, at = len(VERDICTS), VERDICTS.index("contradicted")
    contradicted = counts[at * width : (at + 1) * width]
    each = [_f1(counts, at)[0] for at in range(width) if _occurs(counts, at)]
    rest = counts[_CALIBRATION]
    gaps = [abs(sure - right) for sure, right in zip(rest[1::3], rest[2::3], strict=True)]
    texts, whole = counts[-2:]
    return TextScore(
        pairs=round(sum(counts[:_CELLS])),
        f1_clear=f1, precision_clear=precision, recall_clear=recall,
        macro_f1=math.fsum(each) / max(1, len(each)),
        contradicted_as_clear=contradicted[VERDICTS.index("clear")] / max(1, sum(contradicted)),
        ece=math.fsum(gaps) / max(1, sum(rest[::3])),
        texts=round(texts), whole_text=whole / max(1, texts),
    )  # fmt: skip


def score(pairs: Sequence[tuple[str, Reading]]) -> Score:
    """Score (label, reading) pairs."""
    found = figures(tally(judged(label, reading) for label, reading in pairs))
    return Score(
        found.pairs, found.f1_clear, found.precision_clear, found.recall_clear, found.macro_f1,
        found.contradicted_as_clear, found.ece,
    )  # fmt: skip
