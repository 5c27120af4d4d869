"""Luck is a function of its key, and of nothing else."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulator.draws import Draws, uniform


def test_a_number_belongs_to_its_key_on_every_machine() -> None:
    assert uniform("1|0|0|skill|inv-0417|3|mira|work|0") == 0.4140561363696167


@given(st.text())
def test_every_number_is_a_share(key: str) -> None:
    assert 0.0 <= uniform(key) < 1.0


def test_numbers_are_spread_evenly() -> None:
    numbers = [uniform(f"key {i}") for i in range(20_000)]
    for tenth in range(10):
        share = sum(tenth / 10 <= u < (tenth + 1) / 10 for u in numbers) / len(numbers)
        assert abs(share - 0.1) < 0.01


def test_each_part_of_a_key_matters() -> None:
    draws = Draws(1, 2, 3)
    usual: dict[str, Any] = {"record": "a", "about": 1, "who": "mira", "role": "work", "round": 0}
    others: list[dict[str, Any]] = [
        {"record": "b"},
        {"about": 2},
        {"who": "pip"},
        {"role": "review"},
        {"round": 1},
    ]
    numbers = {draws("skill", **usual)}
    numbers |= {draws("skill", **{**usual, **other}) for other in others}
    numbers |= {draws("luck", **usual), Draws(2, 2, 3)("skill", **usual)}
    assert len(numbers) == len(others) + 3
