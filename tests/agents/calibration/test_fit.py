"""Known chances are found again, each within its interval as often as it says."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from agents.calibration.asking import Kept
from agents.calibration.fit import fit
from agents.calibration.made import battery
from agents.calibration.probes import Cell
from simulator.behaviour.hardness import quantiles
from simulator.parameters import with_odds
from simulator.scoring.statistics import wilson
from tests.agents.calibration.fakes import KNOWN, reply

SEEDS = 6


def test_known_figures_are_within_their_intervals() -> None:
    probes, missed, scored = battery(1), 0, 0
    for seed in range(SEEDS):
        luck = Random(f"fake|{seed}")
        kept = Kept(Path("nowhere"), {probe.id: (reply(probe, luck), 1) for probe in probes})
        found = {one.name: one for one in fit(kept.counts(probes), "mid")}
        for name, value in KNOWN.items():
            scored += 1
            missed += not found[name].low <= value <= found[name].high
    # Of 66 intervals of 95 %, more than 9 miss in less than 1 of 200 cases.
    assert scored == SEEDS * len(KNOWN)
    assert missed <= 9


def test_odds_of_a_work_give_back_its_share_of_errors() -> None:
    hard = quantiles(200, "mid")
    cell = Cell("skill", "compute")
    (odds,) = fit({cell: (54, 60)}, "mid")
    errors = [
        sum(with_odds(1 - p, x) for p in hard) / len(hard)
        for x in (odds.low, odds.value, odds.high)
    ]
    low, high = wilson(0.1, 60)
    assert errors == pytest.approx([low, 0.1, high], abs=2e-3)


def test_what_was_not_asked_is_not_fitted() -> None:
    assert fit({}, "mid") == ()


def test_a_battery_is_the_same_for_a_seed() -> None:
    assert battery(3) == battery(3)
    assert battery(3) != battery(4)
    assert len({probe.id for probe in battery(3)}) == len(battery(3))


def test_a_right_answer_is_right_in_every_item() -> None:
    for probe in battery(2):
        lines = [f"{i.key}: {i.value}" for i in probe.items if i.kind in ("equals", "present")]
        if lines:
            assert all(good for _, good in probe.mark("\n".join(lines))), probe
            if probe.items[0].kind == "equals":
                assert not any(good for _, good in probe.mark("I would rather not.")), probe
