"""Rates, intervals and quantiles: laws, known values, and the coverage that they claim."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring import statistics

outcomes = st.lists(st.lists(st.booleans(), min_size=1, max_size=8), min_size=1, max_size=12)
figures = st.lists(
    st.lists(st.floats(min_value=-1e6, max_value=1e6), min_size=1, max_size=8),
    min_size=2, max_size=12,
)  # fmt: skip
HALF_AND_HALF = [[True] * 8] * 5 + [[False] * 8] * 5


def test_half_always_right_and_half_always_wrong_is_half_at_any_k() -> None:
    assert statistics.pass_hat(HALF_AND_HALF) == [0.5] * 8
    coins = [[True, False] * 4] * 10
    assert statistics.pass_hat(coins)[:5] == pytest.approx([1 / 2, 3 / 14, 1 / 14, 1 / 70, 0])


def test_only_samples_with_enough_repeats_count() -> None:
    assert statistics.pass_hat([[True, False], [True]]) == [0.75, 0.0, *[None] * 6]
    assert statistics.pass_hat([[], [True] * 3]) == [1.0, 1.0, 1.0, *[None] * 5]
    assert statistics.pass_hat([]) == [None] * 8


@given(st.lists(st.lists(st.booleans(), min_size=8, max_size=8), min_size=1, max_size=12))
def test_pass_hat_never_rises_with_k_and_starts_at_the_mean(samples: list[list[bool]]) -> None:
    values = [value for value in statistics.pass_hat(samples) if value is not None]
    assert len(values) == 8
    assert values == sorted(values, reverse=True)
    assert values[0] == statistics.reliability(samples).mean


@given(outcomes)
def test_an_interval_holds_the_mean_and_is_never_of_zero_width(samples: list[list[bool]]) -> None:
    rate = statistics.reliability(samples)
    trials = [outcome for sample in samples for outcome in sample]
    assert rate.mean == pytest.approx(sum(trials) / len(trials), abs=1e-9)
    if len(samples) == 1:
        assert rate.low is rate.high is None
        return
    assert rate.low is not None
    assert rate.high is not None
    assert 0 <= rate.low <= rate.mean <= rate.high <= 1
    assert rate.low < rate.high
    # Neither better than independent trials nor worse than one trial a sample.
    few = statistics.wilson(rate.mean, len(samples), len(samples) - 1)
    many = statistics.wilson(rate.mean, len(trials), len(samples) - 1)
    assert few[0] - 1e-6 <= rate.low <= many[0] + 1e-6
    assert many[1] - 1e-6 <= rate.high <= few[1] + 1e-6


@given(outcomes)
def test_failures_mirror_successes_and_order_does_not_matter(samples: list[list[bool]]) -> None:
    rate = statistics.reliability(samples)
    mirrored = statistics.reliability([[not outcome for outcome in s] for s in samples])
    turned = statistics.reliability([s[::-1] for s in samples[::-1]])
    assert turned == pytest.approx(rate, abs=1e-9)
    assert mirrored.mean == pytest.approx(1 - rate.mean, abs=1e-9)
    if rate.low is not None and rate.high is not None:
        assert mirrored[1:] == pytest.approx((1 - rate.high, 1 - rate.low), abs=1e-8)


@pytest.mark.parametrize("outcome", [True, False])
def test_where_all_trials_agree_samples_stand_in_for_trials(outcome: bool) -> None:
    rate = statistics.reliability([[outcome] * 8] * 10)
    t2 = statistics.t_quantile(0.975, 9) ** 2
    width = t2 / (10 + t2)
    assert rate == pytest.approx((1, 1 - width, 1) if outcome else (0, 0, width), abs=1e-9)
    one_off = statistics.reliability([[outcome] * 8] * 9 + [[outcome] * 7 + [not outcome]])
    assert one_off.low == pytest.approx(rate.low, abs=0.05)


def test_samples_that_are_of_one_piece_count_once() -> None:
    low, high = statistics.wilson(0.5, 10, 9)
    assert statistics.reliability(HALF_AND_HALF) == (0.5, low, high)


def test_empty_samples_are_passed_over_and_no_trials_are_an_error() -> None:
    assert statistics.reliability([[], [True, False]]) == (0.5, None, None)
    for estimate in (statistics.reliability, statistics.mean_interval):
        with pytest.raises(ValueError, match="no trials"):
            estimate([[]])


SETTINGS = [(0.5, 0.1), (0.7, 0.3), (0.8, 0.5), (0.85, 0.8), (0.9, 0.0), (0.9, 0.3), (0.9, 0.5),
            (0.9, 0.8), (0.95, 0.2), (0.95, 0.5), (0.98, 0.1), (0.1, 0.5)]  # fmt: skip


def beta_binomial(
    luck: random.Random, mean: float, correlation: float, samples: int
) -> list[list[bool]]:
    """Samples of 8 repeats whose chances of success spread between samples."""
    out = []
    for _ in range(samples):
        chance = mean
        if correlation:
            nu = 1 / correlation - 1
            chance = luck.betavariate(mean * nu, (1 - mean) * nu)
        out.append([luck.random() < chance for _ in range(8)])
    return out


@pytest.mark.parametrize("samples", [10, 25])
@pytest.mark.parametrize(("mean", "correlation"), SETTINGS)
def test_the_interval_covers_as_often_as_it_claims(
    mean: float, correlation: float, samples: int
) -> None:
    luck = random.Random(f"{mean} {correlation} {samples}")
    covered = 0
    for _ in range(1000):
        rate = statistics.reliability(beta_binomial(luck, mean, correlation, samples))
        assert rate.low is not None
        assert rate.high is not None
        covered += rate.low <= mean <= rate.high
    assert 0.93 <= covered / 1000 <= 1.0


def test_intervals_of_means_and_of_differences_cover() -> None:
    luck = random.Random(1)
    covered = differences = 0
    for _ in range(1000):
        shifts = [luck.gauss(5, 2) for _ in range(10)]
        a = [[shift + luck.gauss(0, 3) for _ in range(8)] for shift in shifts]
        effects = [luck.gauss(1, 1) for _ in range(10)]
        b = [
            [x + effect + luck.gauss(0, 1) for x in sample]
            for sample, effect in zip(a, effects, strict=True)
        ]
        mean, gain = statistics.mean_interval(a), statistics.paired(a, b)
        assert mean.low is not None
        assert mean.high is not None
        assert gain.low is not None
        assert gain.high is not None
        covered += mean.low <= 5 <= mean.high
        differences += gain.low <= 1 <= gain.high
    assert 930 <= covered <= 970
    assert 930 <= differences <= 970


@given(figures)
def test_paired_differences_mirror_and_shared_luck_cancels(a: list[list[float]]) -> None:
    b = [[2 * x for x in sample] for sample in a]
    there, back = statistics.paired(a, b), statistics.paired(b, a)
    assert there.low is not None
    assert there.high is not None
    assert back == pytest.approx((-there.mean, -there.high, -there.low), abs=1e-6)
    shifted = [[x + 1 for x in sample] for sample in a]
    assert statistics.paired(a, shifted) == pytest.approx((1, 1, 1), abs=1e-6)


def test_paired_needs_the_same_trials() -> None:
    assert statistics.paired([[True, False]] * 2, [[True, True]] * 2) == (0.5, 0.5, 0.5)
    assert statistics.paired([[True]], [[False]]) == (-1.0, None, None)
    for other in ([[1.0]], [[1.0], [1.0, 2.0]]):
        with pytest.raises(ValueError, match="zip"):
            statistics.paired([[1.0], [1.0]], other)


@given(
    st.integers(min_value=0, max_value=1024).map(lambda part: part / 1024),  # 1 - x is exact
    st.floats(min_value=0.1, max_value=200),
    st.floats(min_value=0.1, max_value=200),
)
def test_quantiles_undo_the_incomplete_beta_function(x: float, a: float, b: float) -> None:
    p = statistics.incomplete_beta(x, a, b)
    assert 0 <= p <= 1
    assert statistics.incomplete_beta(1 - x, b, a) == pytest.approx(1 - p, abs=1e-9)
    back = statistics.incomplete_beta(statistics._beta_quantile(p, a, b), a, b)
    assert back == pytest.approx(p, abs=1e-9)


def test_quantiles_have_their_closed_forms_and_known_values() -> None:
    for p in (0.01, 0.3, 0.5, 0.9):
        assert statistics.beta_quantile(p, 1, 1) == pytest.approx(p, abs=1e-9)
        assert statistics.beta_quantile(p, 3, 1) == pytest.approx(p ** (1 / 3), abs=1e-9)
        assert statistics.t_quantile(p, 1) == pytest.approx(
            math.tan(math.pi * (p - 0.5)), rel=1e-7, abs=1e-9
        )
        assert statistics.t_quantile(p, 4) == -statistics.t_quantile(1 - p, 4)
    assert statistics.beta_quantile(0, 2, 3) == 0
    assert statistics.beta_quantile(1, 2, 3) == 1
    assert statistics.t_quantile(0.975, 9) == pytest.approx(2.262157163, abs=1e-8)
    assert statistics.normal_quantile(0.975) == pytest.approx(1.959963985, abs=1e-8)
    assert statistics.t_quantile(0.975, 1e7) == pytest.approx(1.95996, abs=1e-4)
    for bad in ((1.0, 5.0), (0.0, 5.0), (0.5, 0.0)):
        with pytest.raises(ValueError, match="t_quantile needs"):
            statistics.t_quantile(*bad)
    with pytest.raises(ValueError, match="beta_quantile needs"):
        statistics.beta_quantile(1.5, 1, 1)


def test_quantiles_agree_with_scipy() -> None:
    scipy_stats = pytest.importorskip("scipy.stats")
    for p in (0.001, 0.025, 0.2, 0.5, 0.8, 0.975, 0.999):
        for a in (0.3, 1, 2.5, 40):
            for b in (0.2, 1, 7, 300):
                assert statistics.beta_quantile(p, a, b) == pytest.approx(
                    scipy_stats.beta.ppf(p, a, b), abs=1e-9
                )
        for df in (1, 2, 9, 24, 199):
            assert statistics.t_quantile(p, df) == pytest.approx(
                scipy_stats.t.ppf(p, df), rel=1e-8, abs=1e-9
            )


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_rounding_is_idempotent_and_small(x: float) -> None:
    assert statistics.rounded(statistics.rounded(x)) == statistics.rounded(x)
    assert abs(statistics.rounded(x) - x) <= 2.0**-33
    assert statistics.six(statistics.six(x)) == statistics.six(x)


def test_printed_figures_have_six_digits() -> None:
    assert statistics.six(0.9875000000465661) == 0.9875
    assert statistics.six(1234567.0) == 1234570.0
    assert statistics.six(None) is None
