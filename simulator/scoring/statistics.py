"""Statistics of repeated trials: rates, means and differences with honest intervals.

Trials come in samples (the same records, done several times), and trials of one sample resemble
each other. Every interval here is about samples, not about single trials. Intervals are of 95 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple, TypeAlias, overload

PASS_HAT_K = 8
_CONFIDENCE = 0.95
_PRIOR = 0.5
_GRID = 2.0**32


class Estimate(NamedTuple):
    """A mean and its 95 % interval; no interval (None) where there is only one sample."""

    mean: float
    low: float | None
    high: float | None


Rate: TypeAlias = Estimate
"""An estimate of a share, between 0 and 1."""


def pass_hat(successes: Sequence[Sequence[bool]]) -> list[float | None]:
    """pass^k for k = 1 to 8: the chance that k repeats of the same job all succeed.

    `successes` are the outcomes by sample and repeat. A sample with c successes in n repeats
    counts C(c, k) / C(n, k), which is unbiased; samples with fewer than k repeats do not count,
    and where there are no others the value is None. (Yao et al. 2024, tau-bench.)
    """
    out: list[float | None] = []
    for k in range(1, PASS_HAT_K + 1):
        shares = [math.comb(sum(s), k) / math.comb(len(s), k) for s in successes if len(s) >= k]
        out.append(rounded(math.fsum(shares) / len(shares)) if shares else None)
    return out


def reliability(samples: Sequence[Sequence[bool]]) -> Rate:
    """The share of successes over all trials, with an interval that allows for clustering.

    Wilson's interval (1927) on the effective number of trials, N / design effect, with the t
    quantile of S - 1 degrees in place of z, for N trials in S samples. The design effect is the
    between-sample variance of the ratio mean over the binomial variance (Kish 1965; Dean and
    Pagano 2015 compare this form of Wilson's interval with others), kept between 1 and N / S.

    It is estimated with half a sample more than there is, of which one half is all right and the
    other all wrong: few failures say little about how they cluster, and the bare estimate makes
    intervals that cover in .92 of cases at a reliability of .9. Where all trials agree, the
    number of samples stands in for N, so no interval is of zero width. Raises ValueError where
    there are no trials.
    """
    sums = [(len(sample), sum(sample)) for sample in samples if sample]
    trials, right = _totals(sums)
    mean, count = right / trials, len(sums)
    if count < 2:
        return Rate(rounded(mean), None, None)
    block = trials / count
    wider, total = count + _PRIOR, trials + _PRIOR * block
    middle = (right + _PRIOR * block / 2) / total
    squares = math.fsum((r - n * middle) ** 2 for n, r in sums)
    squares += _PRIOR / 2 * block**2 * (middle**2 + (1 - middle) ** 2)
    effect = squares * wider / (wider - 1) / (total * middle * (1 - middle))
    return Rate(rounded(mean), *wilson(mean, trials / min(max(effect, 1.0), block), count - 1))


def mean_interval(per_sample_values: Sequence[Sequence[float]]) -> Estimate:
    """The mean over all trials of a figure given by sample and repeat, clustered by sample.

    The variance is that of a ratio of sample totals (Cochran 1977, chapter 6), the quantile t's
    with S - 1 degrees. Raises ValueError where there are no trials.
    """
    sums = [(len(values), math.fsum(values)) for values in per_sample_values if values]
    trials, total = _totals(sums)
    mean, count = total / trials, len(sums)
    if count < 2:
        return Estimate(rounded(mean), None, None)
    squares = math.fsum((t - n * mean) ** 2 for n, t in sums)
    half = t_quantile((1 + _CONFIDENCE) / 2, count - 1) * (
        math.sqrt(squares * count / (count - 1)) / trials
    )
    return Estimate(rounded(mean), rounded(mean - half), rounded(mean + half))


def paired(a: Sequence[Sequence[float]], b: Sequence[Sequence[float]]) -> Estimate:
    """How much more `b` is than `a`, for two plans on the same samples, repeats and draws.

    Differences are taken trial by trial and clustered by sample, so the luck that both share
    cancels. Outcomes (True is 1) and figures alike. An interval of zero width says that every
    trial differed by the same, not that the plans always do. Raises ValueError where the shapes
    of `a` and `b` differ.
    """
    differences = [
        [float(y) - float(x) for x, y in zip(one, other, strict=True)]
        for one, other in zip(a, b, strict=True)
    ]
    return mean_interval(differences)


def _totals(sums: Sequence[tuple[int, float]]) -> tuple[int, float]:
    trials = sum(n for n, _ in sums)
    if not trials:
        raise ValueError("there are no trials")
    return trials, math.fsum(total for _, total in sums)


def wilson(mean: float, effective: float, degrees: int | None = None) -> tuple[float, float]:
    """Wilson's 95 % interval (1927) of a share of so many independent trials.

    `degrees` of freedom of the spread widen it where that was estimated, too.
    """
    upper = (1 + _CONFIDENCE) / 2
    t2 = (normal_quantile(upper) if degrees is None else t_quantile(upper, degrees)) ** 2
    middle = mean + t2 / (2 * effective)
    half = math.sqrt(t2 * (mean * (1 - mean) / effective + t2 / (4 * effective**2)))
    scale = 1 + t2 / effective
    low, high = (middle - half) / scale, (middle + half) / scale
    return rounded(max(low, 0.0)), rounded(min(high, 1.0))


def rounded(x: float) -> float:
    """`x` to the nearest multiple of 2**-32, so that bytes agree between machines."""
    return round(x * _GRID) / _GRID


@overload
def six(x: float) -> float: ...
@overload
def six(x: None) -> None: ...
def six(x: float | None) -> float | None:
    """A figure as it is printed: six significant digits. None stays None."""
    return None if x is None else float(f"{x:.6g}")


def normal_quantile(p: float) -> float:
    """The p-quantile of the standard normal distribution, 0 < p < 1."""
    return rounded(NormalDist().inv_cdf(p))


@lru_cache(maxsize=1024)
def t_quantile(p: float, df: float) -> float:
    """The p-quantile of Student's t with `df` > 0 degrees of freedom, 0 < p < 1.

    By the incomplete beta function: P(|T| > t) = I_x(df/2, 1/2) with x = df / (df + t**2)
    (Abramowitz and Stegun 26.7.1).
    """
    if not (0 < p < 1 and df > 0):
        raise ValueError("t_quantile needs 0 < p < 1 and df > 0")
    x = _beta_quantile(2 * min(p, 1 - p), df / 2, 0.5)
    t = math.sqrt(df * (1 - x) / x)
    return rounded(-t if p < 0.5 else t)


@lru_cache(maxsize=8192)
def beta_quantile(p: float, a: float, b: float) -> float:
    """The p-quantile of the Beta(a, b) distribution, for 0 <= p <= 1 and a, b > 0."""
    if not (0 <= p <= 1 and a > 0 and b > 0):
        raise ValueError("beta_quantile needs 0 <= p <= 1, a > 0 and b > 0")
    return rounded(_beta_quantile(p, a, b))


def _beta_quantile(p: float, a: float, b: float) -> float:
    """Newton's method on I_x(a, b) = p, with bisection wherever it would leave the bracket."""
    if p in (0.0, 1.0):
        return p
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(200):
        excess = incomplete_beta(x, a, b) - p
        low, high = (low, x) if excess > 0 else (x, high)
        density = math.exp(_log_power(x, a, b)) / (x * (1 - x))
        step = excess / density if density else math.inf
        following = x - step if low < x - step < high else (low + high) / 2
        if abs(following - x) <= 1e-15 * x or following in (0.0, 1.0):
            return following
        x = following
    return x


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), the cumulative of Beta(a, b).

    The continued fraction of DLMF 8.17.22 by Lentz's method, on the side where it is quick
    (Press et al., Numerical Recipes, 3rd ed., 6.4).
    """
    if not 0 < x < 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - incomplete_beta(1.0 - x, b, a)
    tiny = 1e-300
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    fraction = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1.0 / (1.0 + term * d or tiny)
            c = 1.0 + term / c or tiny
            fraction *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return math.exp(_log_power(x, a, b)) * fraction / a


def _log_power(x: float, a: float, b: float) -> float:
    """The logarithm of x**a (1 - x)**b / B(a, b)."""
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return a * math.log(x) + b * math.log1p(-x) - log_beta
