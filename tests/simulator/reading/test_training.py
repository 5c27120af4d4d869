"""The weights belong to the training texts, and the reader keeps its quality on unseen ones."""

from __future__ import annotations

import math

from simulator.reading import read
from simulator.reading.corpus import Domain, domains, fingerprint
from simulator.reading.network import Network
from simulator.reading.scoring import score


def test_weights_come_from_these_texts() -> None:
    stale = "network.npz is older than training/: run python -m simulator.reading.train"
    assert Network.load().trained_on == fingerprint(), stale


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
    assert found.f1_clear > 0.85
    assert found.macro_f1 > 0.8
    assert found.contradicted_as_clear < 0.2
    assert found.ece < 0.12


def test_scores(invoices: Domain) -> None:
    sure = read("Count credit notes as minus.", invoices.requirements[0])
    found = score([("clear", sure), ("absent", read("", invoices.requirements[0]))])
    assert found.f1_clear == 1.0
    assert math.isclose(found.ece, 1 - sure.clear)
