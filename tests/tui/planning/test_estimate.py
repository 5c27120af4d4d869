"""What a plan is likely to cost: every vote is paid, a specialist's training too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.staffing import fee
from tests.office import ALL, cast, invoices, ledger
from tui.planning.draft import Draft
from tui.planning.estimate import Estimate, estimate


def likely(tmp_path: Path, **keys: Any) -> Estimate:
    draft = Draft(invoices(), tmp_path / "plan.yaml")
    draft.data["steps"] = [ledger(instructions=ALL, batch=6, **keys)]
    draft.data["specialists"] = [{"id": "sorter", "examples": ["inv-0516", "inv-0478"]}]
    return estimate(draft, cast())


def test_votes_cost_so_often_and_wait_for_hands(tmp_path: Path) -> None:
    once, thrice = likely(tmp_path), likely(tmp_path, votes=3)
    assert thrice.money == pytest.approx(3 * once.money)
    assert once.minutes < thrice.minutes <= 3 * once.minutes + 1e-9


def test_a_specialist_costs_its_training_and_next_to_nothing_a_record(tmp_path: Path) -> None:
    found = likely(tmp_path, assignee="sorter")
    assert fee(2) < found.money < fee(2) + 0.01
    assert 0 < found.minutes < likely(tmp_path).minutes
