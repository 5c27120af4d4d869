"""How figures are drawn and compared."""

from __future__ import annotations

import pytest

from scenarios.scenario import Medals
from simulator.scoring.statistics import Estimate
from tests.office import reference, session
from tui.outcomes import results


@pytest.mark.parametrize("width", [20, 60, 76, 200])
@pytest.mark.parametrize("rate", [
    Estimate(0, 0, 0.3), Estimate(1, 0.7, 1), Estimate(0.5, None, None), Estimate(0.5, 0.2, 0.8),
])  # fmt: skip
def test_a_bar_is_as_wide_as_it_should_be(rate: Estimate, width: int) -> None:
    bar, pointers = results.reliability(rate, Medals(), width).plain.split("\n")
    assert len(bar) <= max(width, 36)
    assert bar.startswith("  0 % ")
    assert all(name in pointers for name in ("bronze", "silver", "gold")) or "^B" in pointers


def test_medals_close_together_are_initials() -> None:
    medals = Medals(bronze=0.8, silver=0.85, gold=0.9)
    pointers = results.reliability(Estimate(0.5, None, None), medals, 76).plain.split("\n")[1]
    assert "^B" in pointers
    assert "bronze" not in pointers


@pytest.mark.parametrize("width", [76, 120])
def test_figures_stand_beside_those_before(width: int) -> None:
    naive = session(reference("naive")).evaluate(trials=40)
    expert = session(reference("expert")).evaluate(trials=40)
    alone = results.figures(naive, None, width).plain
    both = results.figures(expert, naive, width).plain
    assert "before" not in alone
    assert "before" in both
    assert all(len(line) <= width for line in both.splitlines())
    loss = next(line for line in both.splitlines() if line.startswith("money lost"))
    assert "better" in loss
    assert results.improvement(naive, expert).startswith("Better than before: money lost")
    assert results.improvement(naive, naive).startswith("The same as before")
    other_seed = session(reference("naive")).evaluate(trials=16, seed=2)
    assert results.improvement(naive, other_seed) == ""


def test_a_prediction_is_compared_in_words() -> None:
    rate = Estimate(0.5, 0.3, 0.7)
    assert results.expectation(0.5, rate).endswith("exactly so.")
    assert "10 points too hopeful, and no more than luck" in results.expectation(0.6, rate)
    assert results.expectation(0.1, rate).endswith("40 points too gloomy.")
