"""From outcomes to figures of a persona, each with a 95 % interval.

Plain shares have Wilson's interval. Where a figure is a curve's, it is the likeliest one, and its
interval holds what the profile likelihood does not reject (a fall of at most 1.92; Wilks 1938).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from agents.calibration.probes import Cell
from scenarios.persona import Tier
from simulator.behaviour.hardness import quantiles
from simulator.parameters import Figures, figures, with_odds
from simulator.scoring.statistics import normal_quantile, wilson

Counts = Mapping[Cell, tuple[int, int]]
"""By cell: how many were right, of how many that were scored."""
_Z = normal_quantile(0.975)
_FALL = _Z**2 / 2
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Fitted:
    """A figure that was measured; `of` is how many outcomes it rests on."""

    name: str
    value: float
    low: float
    high: float
    of: int


def fit(counts: Counts, tier: Tier) -> tuple[Fitted, ...]:
    """Every figure that the outcomes tell, by name; `odds.WORK` is that of a kind of work."""
    stock = figures(tier)
    found = [
        *_following(counts),
        _handled(counts, stock),
        _share("form_object", counts, Cell("form", "object")),
        _share("form_list", counts, Cell("form", "list")),
        _share("detect", counts, Cell("review", "planted")),
        _share("false_alarm", counts, Cell("review", "clean"), wrong=True),
        _share("injected", counts, Cell("injection", "plain"), wrong=True),
        _share("invent", counts, Cell("missing", "plain"), wrong=True),
        _not_found(counts),
        *(_odds(work, counts, tier) for work in ("read", "classify", "compute", "compare")),
    ]
    return tuple(one for one in found if one is not None)


def followed(n: int, alone: float, decay: float) -> float:
    """The share of rules that are followed, of n in one call."""
    return alone * math.exp(-decay * (n - 1))


def handled(n: int, n0: float, stock: Figures) -> float:
    """The share of records that are handled, of n in one call."""
    return math.exp(-math.pow(max(0.0, n - stock.easy_batch) / n0, stock.handled_h))


def _share(name: str, counts: Counts, cell: Cell, *, wrong: bool = False) -> Fitted | None:
    right, of = counts.get(cell, (0, 0))
    if not of:
        return None
    seen = of - right if wrong else right
    low, high = wilson(seen / of, of)
    return Fitted(name, seen / of, low, high, of)


def _following(counts: Counts) -> list[Fitted]:
    """p(n) = alone * exp(-decay (n - 1)), the odds of failure of late rules times `late`."""
    seen = [(int(c.case), c.late, *counts[c]) for c in counts if c.mechanism == "rules"]
    of = sum(n for *_, n in seen)
    if len({size for size, *_ in seen}) < 2:
        return []

    def likely(alone: float, decay: float, late: float) -> float:
        total = 0.0
        for size, is_late, right, n in seen:
            p = followed(size, alone, decay)
            total += _binomial(1 - with_odds(1 - p, late) if is_late else p, right, n)
        return total

    names = ("follow_alone", "follow_decay", "late_rule_odds")
    bounds = ((0.2, 1.0), (0.0, 0.3), (0.1, 20.0))
    has_late = any(is_late for _, is_late, _, _ in seen)
    return _profiles(names, bounds, likely, of)[: 3 if has_late else 2]


def _handled(counts: Counts, stock: Figures) -> Fitted | None:
    """The n0 of the curve of omission, its h being the tier's."""
    seen = [
        (int(c.case), *counts[c])
        for c in counts
        if c.mechanism == "batch" and int(c.case) > stock.easy_batch
    ]
    of = sum(n for _, _, n in seen)
    if not of:
        return None

    def likely(log_n0: float) -> float:
        return sum(_binomial(handled(n, math.exp(log_n0), stock), r, k) for n, r, k in seen)

    (one,) = _profiles(("handled_n0",), ((0.0, math.log(1e5)),), likely, of)
    value, low, high = (round(math.exp(x), 1) for x in (one.value, one.low, one.high))
    return Fitted(one.name, value, low, high, of)


def _not_found(counts: Counts) -> Fitted | None:
    """The odds ratio of inventing, with and without leave to say that it is not there (Woolf)."""
    plain, permitted = (counts.get(Cell("missing", case)) for case in ("plain", "permitted"))
    if not plain or not permitted:
        return None
    parts = [x + 0.5 for right, of in (permitted, plain) for x in (of - right, right)]
    ratio = math.log(parts[0] / parts[1]) - math.log(parts[2] / parts[3])
    half = _Z * math.sqrt(sum(1 / x for x in parts))
    value, low, high = (math.exp(x) for x in (ratio, ratio - half, ratio + half))
    return Fitted("not_found_odds", value, low, high, plain[1] + permitted[1])


def _odds(work: str, counts: Counts, tier: Tier) -> Fitted | None:
    """What the odds of an error must be multiplied by, so that records of all hardness together
    give the share of errors that was seen."""
    right, of = counts.get(Cell("skill", work), (0, 0))
    if not of:
        return None
    hard = quantiles(200, tier)

    def errors(log_odds: float) -> float:
        return math.fsum(with_odds(1 - p, math.exp(log_odds)) for p in hard) / len(hard)

    def solved(share: float) -> float:
        return math.exp(_root(lambda x: errors(x) - share, math.log(0.01), math.log(100)))

    low, high = wilson((of - right) / of, of)
    return Fitted(f"odds.{work}", solved((of - right) / of), solved(low), solved(high), of)


def _binomial(p: float, right: int, of: int) -> float:
    p = min(max(p, 1e-9), 1 - 1e-9)
    return right * math.log(p) + (of - right) * math.log(1 - p)


def _profiles(
    names: tuple[str, ...], bounds: tuple[tuple[float, float], ...],
    likely: Callable[..., float], of: int,
) -> list[Fitted]:  # fmt: skip
    """The likeliest values within the bounds, with the interval of each."""
    best = _highest(likely, bounds, {})
    top = likely(*best)
    found = []
    for i, (name, (low, high)) in enumerate(zip(names, bounds, strict=True)):

        def short(x: float, i: int = i) -> float:
            return likely(*_highest(likely, bounds, {i: x}, best)) - top + _FALL

        below, above = [
            end if short(end) >= 0 else _root(short, end, best[i]) for end in (low, high)
        ]
        found.append(Fitted(name, best[i], below, above, of))
    return found


def _highest(
    likely: Callable[..., float], bounds: tuple[tuple[float, float], ...],
    fixed: Mapping[int, float], start: tuple[float, ...] = (),
) -> tuple[float, ...]:  # fmt: skip
    """Where the likelihood is highest: one coordinate after the other, again and again."""
    at = list(start or (low + (high - low) * 0.2 for low, high in bounds))
    for i, value in fixed.items():
        at[i] = value
    before = -math.inf
    for _ in range(_STEPS):
        for i, (low, high) in enumerate(bounds):
            if i not in fixed:
                at[i] = _golden(lambda x, i=i: likely(*at[:i], x, *at[i + 1 :]), low, high)  # type: ignore[misc]
        now = likely(*at)
        if now - before < 1e-3:
            break
        before = now
    return tuple(at)


_GOLD = (math.sqrt(5) - 1) / 2


def _golden(f: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one top is highest, by golden sections."""
    a, b = high - _GOLD * (high - low), low + _GOLD * (high - low)
    fa, fb = f(a), f(b)
    for _ in range(18):
        if fa >= fb:
            high, b, fb = b, a, fa
            a = high - _GOLD * (high - low)
            fa = f(a)
        else:
            low, a, fa = a, b, fb
            b = low + _GOLD * (high - low)
            fb = f(b)
    ends = max((f(x), x) for x in (low, (low + high) / 2, high))
    return ends[1]


def _root(f: Callable[[float], float], low: float, high: float) -> float:
    """Where `f` changes its sign; the nearer end where it does not."""
    at_low, at_high = f(low), f(high)
    if (at_low < 0) == (at_high < 0):
        return low if abs(at_low) < abs(at_high) else high
    for _ in range(14):
        middle = (low + high) / 2
        if (f(middle) < 0) == (at_low < 0):
            low = middle
        else:
            high = middle
    return (low + high) / 2
