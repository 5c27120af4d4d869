"""What bands promise: proposed from trials, wide enough for others, and a miss tells its cause."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.gate.bands import (
    WIDE,
    accept,
    judged,
    measured,
    narrow,
    proposed,
    reach,
    signature,
    value,
)  # fmt: skip
from agents.gate.bench import Bench
from agents.gate.subject import Subject, load
from agents.gate.voices import VOICES
from scenarios import InputError
from scenarios.bands import FIGURES, Bands, bands_text, load_bands
from simulator.scoring.evaluation import Evaluation
from simulator.scoring.statistics import six
from tests.agents.gate.parcels import EXPERT, gate, plan
from tests.agents.gate.test_parts import run

TRIALS = 48
OUTCOMES = st.lists(st.integers(0, 6), min_size=16, max_size=64).map(
    lambda n: run(n[: len(n) // 4 * 4])
)


@pytest.fixture
def subject(tmp_path: Path) -> Subject:
    gate(tmp_path, plans={"naive": plan("Please.")})
    return load(tmp_path, lambda _: [])


def bench(subject: Subject, seed: int = 1) -> Bench:
    return Bench(subject.scenario, subject.cast, seed=seed, trials=TRIALS)


def kept(subject: Subject, **changes: str) -> Bands:
    """The bands of the subject, proposed, written and read again."""
    bands, _ = accept(subject, bench(subject))
    text = bands_text(bands)
    for old, new in changes.items():
        text = text.replace(old, new)
    (subject.folder / "plans" / "bands.yaml").write_text(text, encoding="utf-8")
    found = load_bands(subject.folder)
    assert found is not None
    return found[0]


@given(OUTCOMES)
def test_a_band_is_wide_enough_for_luck(evaluation: Evaluation) -> None:
    for figure in FIGURES:
        metric = "accepted" if figure == "reliability" else figure
        samples = evaluation.by_sample
        totals = [sum(float(getattr(t, metric)) for t in sample) for sample in samples]
        trials = len(evaluation.scored)
        mean, count = sum(totals) / trials, len(samples)
        squares = sum((t - len(s) * mean) ** 2 for t, s in zip(totals, samples, strict=True))
        error = sqrt(squares * count / (count - 1)) / trials
        band = proposed(evaluation, evaluation, figure)
        assert band.holds(value(evaluation, figure))
        assert min(reach(evaluation, figure)) >= WIDE * error - 1e-6
        assert band.low <= max(0.0, mean - WIDE * error + 1e-6)
        top = 1.0 if figure == "reliability" else float("inf")
        assert band.high >= min(top, mean + WIDE * error - 1e-6)


@given(OUTCOMES, OUTCOMES)
def test_a_band_holds_the_run_that_confirms_it(one: Evaluation, other: Evaluation) -> None:
    for figure in FIGURES:
        assert proposed(one, other, figure).holds(value(other, figure))


@given(OUTCOMES, st.floats(1.0, 1e6))
def test_what_was_measured_is_not_too_narrow_for_itself(run: Evaluation, price: float) -> None:
    scored = tuple(replace(trial, loss=trial.loss * price) for trial in run.scored)
    dear = replace(run, scored=scored)
    for figure in FIGURES:
        assert not narrow(dear, proposed(dear, dear, figure), figure)


def test_what_never_failed_may_fail_once_in_other_trials() -> None:
    band = proposed(run([0] * 64), run([0] * 64), "reliability")
    assert (band.was, band.high) == (1.0, 1.0)
    assert band.low < 0.9


def test_what_attempts_are_compared_with_is_what_the_plans_came_to(subject: Subject) -> None:
    bands = kept(subject)
    assert list(bands.usual) == [name for name in subject.plans if name not in VOICES]
    for name, lots in bands.usual.items():
        for lot, usual in lots.items():
            here = bench(subject).on(lot, seed=bands.seed, trials=bands.trials)
            found = here.run(subject.plans[name])
            assert usual == measured(found)
            assert usual.reliability == six(value(found, "reliability"))
            assert usual.wrong == {name: six(share) for name, share in found.wrong_shares.items()}


def test_proposed_bands_hold_on_their_own_trials_and_on_others(subject: Subject) -> None:
    bands = kept(subject)
    assert bands.plans.keys() == {"expert", "naive"}
    for name in subject.plans:
        assert not list(judged(subject, bands, name, "practice", bench(subject)))
        for seed in range(2, 6):
            other = bench(subject, seed).run(subject.plans[name])
            for figure, band in bands.plans[name]["practice"].items():
                assert band.holds(value(other, figure)), (name, figure, seed)


def test_bands_that_hold_are_kept_with_their_signature(subject: Subject) -> None:
    kept(subject, **{"signed: ~": "signed: Ada"})
    again, new = accept(subject, bench(subject))
    assert (again.signed, new) == ("Ada", ())
    (subject.folder / "plans" / "late.yaml").write_text(EXPERT, encoding="utf-8")
    more = load(subject.folder, lambda _: [])
    bands, new = accept(more, bench(more))
    assert (bands.signed, new) == (None, ("late, practice", "late, sealed"))
    assert bands.plans["expert"] == again.plans["expert"]


def test_a_band_that_is_missed_names_its_line_and_its_cause(subject: Subject) -> None:
    bands = kept(subject)
    (subject.folder / "plans" / "expert.yaml").write_text(plan("Pay a parcel once."), "utf-8")
    worse = load(subject.folder, lambda _: [])
    (missed, *_) = judged(worse, bands, "expert", "practice", bench(worse))
    lines = (subject.folder / "plans" / "bands.yaml").read_text("utf-8").split("\n")
    assert missed.line is not None
    assert lines[missed.line - 1].strip().startswith("reliability:")
    assert missed.field == "plans.expert.practice.reliability"
    assert 'the rule "Parcels from abroad cost double."' in missed.says
    assert "nobody told them" in missed.says
    assert "Record practice-abroad-" in missed.says
    assert "intern check --accept" in missed.mend


def test_bands_are_not_typed_in(subject: Subject) -> None:
    bands = kept(subject)
    band = bands.plans["naive"]["practice"]["loss"]
    narrow = band.model_copy(update={"low": band.was - 0.01, "high": band.was + 0.01})
    lots = {**bands.plans["naive"]["practice"], "loss": narrow}
    typed = bands.model_copy(update={"plans": {"naive": {"practice": lots}}})
    (found,) = judged(subject, typed, "naive", "practice", bench(subject))
    assert "narrower than 3.9 standard errors" in found.says


def test_unsigned_bands_are_to_be_looked_at_and_idle_ones_fail(subject: Subject) -> None:
    bands = kept(subject)
    (note,) = signature(subject, bands)
    assert not note.fails
    (subject.folder / "plans" / "naive.yaml").unlink()
    left = load(subject.folder, lambda _: [])
    (_, idle) = signature(left, bands)
    assert (idle.fails, idle.says) == (True, "There is no plan 'naive'.")


def test_a_band_that_does_not_hold_what_it_was_is_refused(subject: Subject) -> None:
    (subject.folder / "plans" / "bands.yaml").write_text(
        "plans: {expert: {practice: {loss: {low: 6, was: 5, high: 7}}}}", encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"plans\.expert\.practice\.loss: does not hold 5"):
        load_bands(subject.folder)
