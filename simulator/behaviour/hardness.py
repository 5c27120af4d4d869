"""How hard each record is: the same for every intern of a tier, in every trial.

The chance that a tier gets a decision right is a quantile of a Beta distribution, dealt to the
records of a lot by a Gaussian copula: stratified, so that no lot is hard by luck, and correlated
within a record by `skill_within`. Its mean and spread are such that jobs of twelve decisions give
the published pass^k.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt
from statistics import NormalDist

from scenarios.persona import Tier
from simulator.draws import uniform
from simulator.parameters import figures, forgets
from simulator.scoring.statistics import beta_quantile

_NORMAL = NormalDist()


def _normal(key: str) -> float:
    return _NORMAL.inv_cdf(min(max(uniform(key), 1e-12), 1 - 1e-12))


@lru_cache(maxsize=1024)
def chances(records: tuple[str, ...], field: int, tier: Tier) -> dict[str, float]:
    """For each record of a lot the chance that `tier` decides field number `field` rightly."""
    within = figures(tier).skill_within
    latent = {
        record: sqrt(within) * _normal(f"hardness|{record}")
        + sqrt(1 - within) * _normal(f"hardness|{record}|{field}|{tier}")
        for record in records
    }
    ranked = sorted(records, key=lambda record: (latent[record], record))
    return dict(zip(ranked, quantiles(len(records), tier), strict=True))


@lru_cache(maxsize=256)
def quantiles(count: int, tier: Tier) -> Sequence[float]:
    """`count` stratified quantiles of a tier's chance of getting one decision right, ascending."""
    mean, nu = figures(tier).skill_mean, figures(tier).skill_nu
    return tuple(beta_quantile((i + 0.5) / count, mean * nu, (1 - mean) * nu) for i in range(count))


forgets(chances.cache_clear)
forgets(quantiles.cache_clear)
