"""How well verdicts agree with labels: F1, confusion, calibration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.reading.model import VERDICTS, Reading


@dataclass(frozen=True)
class Score:
    """Figures over text-requirement pairs, all between 0 and 1."""

    pairs: int
    f1_clear: float
    precision_clear: float
    recall_clear: float
    macro_f1: float
    contradicted_as_clear: float
    """Share of the contradictions that are read as clear."""
    ece: float
    """Expected calibration error of the likeliest verdict, without pairs that are surely absent."""


def verdict(reading: Reading) -> str:
    """The likeliest verdict."""
    return max(VERDICTS, key=lambda name: float(getattr(reading, name)))


def _f1(found: Sequence[tuple[str, str]], name: str) -> tuple[float, float, float]:
    right = sum(1 for label, said in found if label == said == name)
    precision = right / max(1, sum(1 for _, said in found if said == name))
    recall = right / max(1, sum(1 for label, _ in found if label == name))
    return (2 * precision * recall / (precision + recall) if right else 0.0), precision, recall


def score(pairs: Sequence[tuple[str, Reading]]) -> Score:
    """Score (label, reading) pairs."""
    found = [(label, verdict(reading)) for label, reading in pairs]
    f1, precision, recall = _f1(found, "clear")
    contradicted = [said for label, said in found if label == "contradicted"]
    bins: dict[int, list[tuple[float, bool]]] = {}
    for (label, said), (_, reading) in zip(found, pairs, strict=True):
        if reading.absent < 1.0:
            sure = float(getattr(reading, said))
            bins.setdefault(min(9, int(sure * 10)), []).append((sure, label == said))
    total = sum(map(len, bins.values())) or 1
    gaps = [
        abs(math.fsum(sure for sure, _ in held) - sum(right for _, right in held))
        for held in bins.values()
    ]
    return Score(
        pairs=len(pairs),
        f1_clear=f1, precision_clear=precision, recall_clear=recall,
        macro_f1=math.fsum(_f1(found, name)[0] for name in VERDICTS) / len(VERDICTS),
        contradicted_as_clear=contradicted.count("clear") / max(1, len(contradicted)),
        ece=math.fsum(gaps) / total,
    )  # fmt: skip
