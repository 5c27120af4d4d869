"""Samples are stratified, keep partners together, and are the same for every plan."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.sampling import REPEATS, keys, sample
from tests.office import invoices


@given(st.integers(0, 10_000), st.integers(0, 50), st.sampled_from(["practice", "sealed"]))
def test_a_sample_has_its_numbers_of_each_stratum(seed: int, number: int, lot: str) -> None:
    scenario = invoices()
    drawn = sample(scenario, lot, seed, number)  # type: ignore[arg-type]
    assert len(set(drawn)) == len(drawn)
    strata = Counter(scenario.record[name].stratum for name in drawn)
    assert strata == scenario.records.sample
    assert all(scenario.record[name].lot == lot for name in drawn)


@given(st.integers(0, 10_000))
def test_an_original_lies_before_its_duplicate(seed: int) -> None:
    scenario = invoices()
    drawn = sample(scenario, "practice", seed, 0)
    for name in drawn:
        partner = scenario.record[name].partner
        if partner is not None:
            assert drawn.index(partner) < drawn.index(name)


def test_trials_are_repeats_of_samples() -> None:
    made = keys(invoices(), "practice", seed=3, trials=20)
    assert [key.draws.sample for key in made] == [0] * REPEATS + [1] * REPEATS + [2] * 4
    assert [key.draws.repeat for key in made[:REPEATS]] == list(range(REPEATS))
    assert len({key.records for key in made}) == 3


@pytest.mark.parametrize("trials", [1, 8, 9])
def test_fewer_trials_are_a_beginning_of_more(trials: int) -> None:
    assert (
        keys(invoices(), "practice", seed=1, trials=trials)
        == (keys(invoices(), "practice", seed=1, trials=24)[:trials])
    )
