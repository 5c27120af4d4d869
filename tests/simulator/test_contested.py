"""What learners tell the author, and answers that were given away."""

from __future__ import annotations

from pathlib import Path

from simulator.storage.store import Store
from tests.simulator.storage.test_store import add


def test_contested_readings_are_kept_by_scenario(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept.sqlite3")
    assert store.contested("invoices") == []
    store.contest("invoices", "copy", "Copy [/x] it.")
    store.contest("parcels", "copy", "Weigh it.")
    found = store.contested("invoices")
    assert [(one.step, one.sentence) for one in found] == [("copy", "Copy [/x] it.")]


def test_an_answer_given_away_is_noted_of_its_attempt_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept.sqlite3")
    first, second = add(store), add(store)
    assert (first, second) == (1, 2)
    store.reveal(1)
    assert [attempt.revealed for attempt in store.attempts()] == [True, False]
