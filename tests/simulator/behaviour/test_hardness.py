"""Some records are hard for a tier in every trial, as much as the published pass^k say."""

from __future__ import annotations

import math

import pytest

from scenarios.persona import Tier
from simulator.behaviour.hardness import chances, quantiles
from simulator.parameters import figures

PUBLISHED = {
    "small": [0.49, 0.365, 0.303, 0.264],
    "mid": [0.65, 0.532, 0.466, 0.423],
    "frontier": [0.78, 0.650, 0.562, 0.499],
}
"""pass^1 to 4 of the beta-binomial fits to tau-bench and tau2-bench, by tier."""

DECISIONS = 12
RECORDS = tuple(f"job-{i}" for i in range(1500))


@pytest.mark.parametrize("tier", PUBLISHED)
def test_jobs_of_twelve_decisions_repeat_as_published(tier: Tier) -> None:
    dealt = [chances(RECORDS, field, tier) for field in range(DECISIONS)]
    for k, published in enumerate(PUBLISHED[tier], start=1):
        jobs = [math.prod(deal[record] ** k for deal in dealt) for record in RECORDS]
        assert sum(jobs) / len(jobs) == pytest.approx(published, abs=0.03)


@pytest.mark.parametrize("tier", PUBLISHED)
def test_no_lot_is_hard_by_luck(tier: Tier) -> None:
    mean = figures(tier).skill_mean
    for count in (10, 48, 200):
        dealt = quantiles(count, tier)
        assert list(dealt) == sorted(dealt)
        assert sum(dealt) / count == pytest.approx(mean, abs=0.012)


def test_hardness_is_dealt_by_record_and_not_by_order() -> None:
    few = RECORDS[:48]
    assert chances(few, 0, "mid") == chances(tuple(reversed(few)), 0, "mid")
    assert chances(few, 0, "mid") != chances(few, 1, "mid")
