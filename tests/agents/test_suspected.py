"""What checks, reviews and you find is counted: errors that were caught, and false alarms."""

from __future__ import annotations

import pytest

from simulator.scoring.evaluation import Evaluation
from tests.office import reference, session

TRIALS = 16


def ran(name: str) -> Evaluation:
    return session(reference(name)).evaluate(trials=TRIALS)


@pytest.mark.parametrize("name", ["naive", "split"])
def test_where_nobody_looks_nothing_is_found(name: str) -> None:
    assert all((trial.caught, trial.alarms) == (0, 0) for trial in ran(name).scored)


def test_what_a_check_adds_is_what_it_caught() -> None:
    without, with_it = ran("examples"), ran("sum-check")
    caught = sum(trial.caught for trial in with_it.scored)
    assert caught > 0
    fewer = sum(a.wrong_records - b.wrong_records for a, b in
                zip(without.scored, with_it.scored, strict=True))  # fmt: skip
    assert 0 < fewer <= caught


def test_no_record_is_both_caught_and_let_through() -> None:
    for name in ("sum-check", "sum-check-without-rules", "expert"):
        for trial in ran(name).scored:
            assert trial.caught + trial.wrong_records <= trial.sheets
            assert trial.wrong_in == (trial.wrong_records,)
