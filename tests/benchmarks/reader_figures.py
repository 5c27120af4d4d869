"""What the reader's benchmark counts: its texts by group, the reader's verdicts, the intervals."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from simulator.reading import read, sentences
from simulator.reading.corpus import Domain, domains
from simulator.reading.scoring import (
    Judged,
    Tally,
    TextScore,
    figures,
    judged,
    tally,
    together,
)

ROOT = Path(__file__).resolve().parents[2]
HELD_OUT = Path(__file__).parent / "reading"
UNSEEN = "unseen domains"
FROZEN = "written after the freeze"
DEVELOPMENT = "development domains"
DRAWS = 1000
SHARES = (
    "f1_clear", "precision_clear", "recall_clear", "macro_f1", "contradicted_as_clear", "ece",
    "whole_text",
)  # fmt: skip
"""The figures that have an interval."""
_LOAD = (
    "import time; from scenarios.scenario import Requirement as R; start = time.perf_counter();"
    "import simulator.reading as r;"
    "rule = R(id='a', statement='Count it.', governs='b', said=('Count it.',), hints=('', '', ''));"
    "r.read('Count it as minus.', rule); print(time.perf_counter() - start)"
)

Judge: TypeAlias = Callable[[Domain], list[list[Judged]]]
"""For each text of a domain its verdict for each requirement."""


def load_s() -> float:
    """Seconds from importing the reader to its first reading, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", _LOAD], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return float(ran.stdout)


def unseen() -> list[Domain]:
    """The domains that the reader was never trained on or tried on."""
    return list(domains(HELD_OUT))


def frozen() -> list[Domain]:
    """The domains that were written when the reader was finished."""
    return list(domains(HELD_OUT / "frozen"))


def development() -> list[Domain]:
    """The domains that the reader was not trained on, but that decisions were taken by."""
    return list(domains(HELD_OUT / "development"))


def own_groups() -> dict[str, list[Domain]]:
    """The benchmark's domains by how strange they are to the reader, the strangest first."""
    strange = unseen()
    return {
        UNSEEN: strange,
        FROZEN: frozen(),
        **{one.name: [one] for one in [*strange, *frozen()]},
        DEVELOPMENT: development(),
    }


def outside_groups(found: Sequence[Domain]) -> dict[str, list[Domain]]:
    """The domains of a set from elsewhere: all, and each where there are several."""
    apart = {f"domain {one.name}": [one] for one in found}
    return {"all": list(found), **(apart if len(found) > 1 else {})}


class Reader:
    """The reader as a judge; it keeps the time of what it had not read before."""

    def __init__(self) -> None:
        self.spent = 0.0
        self.pairs = 0

    @property
    def us_per_pair(self) -> float:
        """Microseconds a sentence and requirement."""
        return self.spent / max(1, self.pairs) * 1e6

    def __call__(self, one: Domain) -> list[list[Judged]]:
        found: list[list[Judged]] = [[] for _ in one.texts]
        for requirement in one.requirements:
            read("Warm up.", requirement)
            for text, row in zip(one.texts, found, strict=True):
                start = time.perf_counter()
                reading = read(text.text, requirement)
                self.spent += time.perf_counter() - start
                self.pairs += len(sentences(text.text))
                row.append(judged(text.label(requirement), reading))
        return found


@cache
def _resamples(texts: int) -> Any:
    """How often each text is drawn, a row a resample; the same for every judge."""
    # The generator of the standard library gives the same numbers in every version.
    rng = random.Random(texts)
    drawn = (rng.choices(range(texts), k=texts) for _ in range(DRAWS))
    return np.array([np.bincount(row, minlength=texts) for row in drawn], dtype=float)


@dataclass(frozen=True)
class Measured:
    """The figures of a judge on a group of texts, with their intervals of 95 %."""

    counts: Tally
    score: TextScore
    intervals: Mapping[str, tuple[float, float]]

    def as_json(self) -> dict[str, Any]:
        """The figures by name, and `intervals`."""
        return {**asdict(self.score), "intervals": dict(self.intervals)}


def measured(tallies: Sequence[Tally]) -> Measured:
    """The figures of texts; intervals from resampling the texts, since their pairs are alike."""
    counts = together(tallies)
    drawn = [figures(tuple(row)) for row in (_resamples(len(tallies)) @ np.array(tallies)).tolist()]
    out = DRAWS // 40
    spans = {
        name: (spread[out], spread[-1 - out])
        for name in SHARES
        for spread in [sorted(float(getattr(one, name)) for one in drawn)]
    }
    return Measured(counts, figures(counts), spans)


def by_group(judge: Judge, groups: Mapping[str, Sequence[Domain]]) -> dict[str, Measured]:
    """A judge's figures on each group; every domain is read once."""
    read_once: dict[int, list[Tally]] = {}
    out = {}
    for name, chosen in groups.items():
        for one in chosen:
            if id(one) not in read_once:
                read_once[id(one)] = [tally(row) for row in judge(one)]
        tallies = [found for one in chosen for found in read_once[id(one)]]
        if tallies:
            out[name] = measured(tallies)
    return out
