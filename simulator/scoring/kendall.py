"""Whether two rankings agree: Kendall's tau-b, and its interval over the records they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import sqrt
from typing import NamedTuple

from simulator.draws import uniform
from simulator.scoring.statistics import rounded

RESAMPLES = 1000
_LEAST = 0.9

Share = tuple[int, int]
"""How many fields were right, of how many."""
Table = Mapping[str, Mapping[str, Share]]
"""By plan and record."""


class Agreement(NamedTuple):
    """Tau-b with its 95 % interval; None is not scored."""

    tau: float | None
    low: float | None
    high: float | None


def tau_b(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Kendall's tau-b (1945), which allows for ties; None where either side is all ties."""
    agree = tied_a = tied_b = pairs = 0
    for (x, y), (v, w) in combinations(zip(a, b, strict=True), 2):
        one, other = (x > v) - (x < v), (y > w) - (y < w)
        agree += one * other
        tied_a += one == 0
        tied_b += other == 0
        pairs += 1
    if pairs in (tied_a, tied_b):
        return None
    return rounded(agree / sqrt((pairs - tied_a) * (pairs - tied_b)))


def share(cells: Mapping[str, Share], records: Sequence[str]) -> float:
    """The share of right fields on these records, each as often as it is named."""
    of = sum(cells[record][1] for record in records)
    return sum(cells[record][0] for record in records) / of if of else 0.0


def agreement(a: Table, b: Table, records: Sequence[str], *, seed: int) -> Agreement:
    """How alike two tables rank the plans that both have, on records that each of those has.

    The interval is of a seeded bootstrap over records, both tables on the same ones, and holds
    the middle 95 % of 1000 resamples. It is None where tau is undefined in a tenth of them.
    """
    plans = [plan for plan in a if plan in b]

    def tau(chosen: Sequence[str]) -> float | None:
        return tau_b([share(a[p], chosen) for p in plans], [share(b[p], chosen) for p in plans])

    found = tau(records) if records else None
    if found is None:
        return Agreement(None, None, None)
    count, taus = len(records), list[float]()
    for n in range(RESAMPLES):
        again = [records[int(count * uniform(f"rank|{seed}|{n}|{i}"))] for i in range(count)]
        one = tau(again)
        taus += [] if one is None else [one]
    if len(taus) < _LEAST * RESAMPLES or count < 2:
        return Agreement(found, None, None)
    taus.sort()
    at = round(0.025 * (len(taus) - 1))
    return Agreement(found, taus[at], taus[-1 - at])
