"""Comparing attempts: on their own draws, and each figure is that of the run behind it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from simulator.scoring.evaluation import Evaluation, paired
from simulator.scoring.statistics import six
from simulator.storage.store import FILE, Store
from tests.office import folder, reference, session
from tests.tui.conftest import Intern
from tui.outcomes.comparison import MORE_IS_BETTER, cause_rows, fate
from tui.outcomes.story import causes

NAIVE, SPLIT = (str(folder() / "plans" / f"{name}.yaml") for name in ("naive", "split"))
DRAWS = ("--trials", "16", "--seed", "3")


@cache
def evaluations() -> tuple[Evaluation, Evaluation]:
    one, other = (
        session(reference(name)).evaluate(trials=16, seed=3) for name in ("naive", "split")
    )
    return one, other


def test_attempts_are_compared_by_number_on_their_own_draws(intern: Intern) -> None:
    for path in (NAIVE, SPLIT):
        assert intern("run", path, *DRAWS, "--json").status == 0
    by_number = json.loads(intern("compare", "1", "2", "--json").out)
    by_path = json.loads(intern("compare", NAIVE, SPLIT, *DRAWS, "--json").out)
    assert (by_number["a"], by_number["b"]) == ("attempt 1", "attempt 2")
    for key in ("lot", "seed", "trials", "metrics", "causes", "changes"):
        assert by_number[key] == by_path[key]
    other = json.loads(intern("compare", "1", SPLIT, *DRAWS, "--json").out)
    assert other["metrics"] == by_path["metrics"]


def test_every_figure_is_that_of_the_runs_behind_it(intern: Intern, tmp_path: Path) -> None:
    for path in (NAIVE, SPLIT):
        intern("run", path, *DRAWS, "--json")
    found = json.loads(intern("compare", "1", "2", "--json").out)
    runs = evaluations()
    for metric in MORE_IS_BETTER:
        row = found["metrics"]["reliability" if metric == "accepted" else metric]
        means = [one.mean(metric) for one in runs]
        assert [row["a"], row["b"]] == [six(mean.mean) for mean in means if mean]
        assert tuple(row["difference"].values()) == tuple(six(x) for x in paired(*runs, metric))
    kept = Store(tmp_path / "kept" / FILE).attempts()
    for attempt, side in zip(kept, "ab", strict=True):
        assert attempt.summary["loss"]["mean"] == found["metrics"]["loss"][side]
        whole = sum(cause["loss"][side] for cause in found["causes"])
        assert whole == pytest.approx(attempt.summary["loss"]["mean"], rel=1e-4)
    # What is only in the one or in the other stands there as its own debrief has it.
    for side, run in zip("ab", runs, strict=True):
        alone = {(row["cause"], row["step"], row["field"]): row["loss"] for row in causes(run)}
        for cause in found["causes"]:
            name = (cause["cause"], cause["step"], cause["field"])
            if name in alone and side == "b":
                assert cause["loss"]["b"] == alone[name]


def test_the_text_says_what_changed_and_what_became_of_the_causes(intern: Intern) -> None:
    out = intern("compare", NAIVE, SPLIT, *DRAWS).out
    assert "+ copy: a new step" in out
    assert "What became of the causes" in out
    assert "nobody told them" in out
    one, _ = evaluations()
    same = intern("compare", NAIVE, NAIVE, *DRAWS).out
    assert "The plans are the same." in same
    assert {row[0] for row in cause_rows(one, one)} == {"same"}


def test_a_sealed_attempt_is_compared_on_practice_records(intern: Intern, tmp_path: Path) -> None:
    summary = {"scenario": "invoices", "plan": "naive.yaml", "lot": "sealed", "model": "sim",
               "seed": 9, "trials": 200}  # fmt: skip
    store = Store(tmp_path / "kept" / FILE)
    for _ in "12":
        store.add_attempt(
            plan_text=Path(NAIVE).read_text("utf-8"), summary=summary, revealed=False, program="1"
        )
    found = json.loads(intern("compare", "1", "2", "--trials", "8", "--json").out)
    assert (found["lot"], found["trials"], found["seed"]) == ("practice", 8, 1)


@pytest.mark.parametrize("which", ["7", "0"])
def test_an_attempt_that_is_not_there_is_said_in_one_line(intern: Intern, which: str) -> None:
    status, out, err = intern("compare", which, NAIVE)
    assert (status, out) == (2, "")
    assert f"there is no attempt {which}" in err
    assert len(err.splitlines()) == 1


def test_the_fate_of_a_cause_in_a_word() -> None:
    from simulator.scoring.statistics import Estimate

    less, more = Estimate(-2.0, -3.0, -1.0), Estimate(2.0, 1.0, 3.0)
    assert [fate(2, 0, less), fate(3, 1, less)] == ["gone", "less"]
    assert [fate(0, 2, more), fate(1, 3, more)] == ["new", "more"]
    assert fate(2, 0, Estimate(-2.0, -5.0, 1.0)) == "noise"
    assert fate(1, 1, Estimate(0.0, 0.0, 0.0)) == "same"
    assert fate(1, 0, Estimate(-1.0, None, None)) == "one sample"
