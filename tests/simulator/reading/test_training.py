"""The weights belong to the training texts, and the reader keeps its quality on unseen ones."""

from __future__ import annotations

import math

import pytest

from simulator.reading import read
from simulator.reading.corpus import Domain, domains, fingerprint
from simulator.reading.model import Weights
from simulator.reading.scoring import score


def test_weights_come_from_these_texts() -> None:
    stale = "weights.json is older than training/: run python -m simulator.reading.train"
    assert Weights.load().trained_on == fingerprint(), stale


def test_texts_are_labelled_once() -> None:
    texts = [text for domain in domains() for text in domain.texts]
    assert len({text.id for text in texts}) == len(texts) > 400


def test_the_held_out_domain_is_read(invoices: Domain) -> None:
    pairs = [
        (text.label(rule), read(text.text, rule))
        for rule in invoices.requirements
        for text in invoices.texts
    ]
    found = score(pairs)
    assert found.f1_clear > 0.77
    assert found.macro_f1 > 0.7
    assert found.contradicted_as_clear < 0.25
    assert found.ece < 0.1


def test_scores(invoices: Domain) -> None:
    sure = read("Count credit notes as minus.", invoices.requirements[0])
    found = score([("clear", sure), ("absent", read("", invoices.requirements[0]))])
    assert found.f1_clear == 1.0
    assert math.isclose(found.ece, 1 - sure.clear)


def test_fitting_learns_to_tell_clear_from_vague() -> None:
    pytest.importorskip("sklearn")
    from simulator.reading.train import cases, cooled, fit, readings, seen, surprise

    known = domains()[:2]
    weights = fit(cases(known[0])[::3], rounds=1)
    pairs = readings(seen(known[1]), weights)
    assert score(pairs).f1_clear > 0.4
    assert surprise(readings(seen(known[1]), cooled(weights, 50.0))) > surprise(pairs)
