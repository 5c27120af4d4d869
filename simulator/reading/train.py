"""Train the reader: `python -m simulator.reading.train` writes `network.npz`.

A developer's tool: it needs PyTorch and scikit-learn, which reading does not. On one core it
takes some ten minutes an epoch. The encoder stays as `train_encoder` made it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.scenario import Requirement
from simulator.reading import order
from simulator.reading.corpus import Domain, domains, fingerprint
from simulator.reading.habits import habits
from simulator.reading.lessons import course
from simulator.reading.network import SOURCE

TARGET = Path(__file__).with_name(SOURCE)
EPOCHS = 2
"""More fit the training domains better and unseen ones worse."""


def _written(rules: Sequence[Requirement]) -> list[str]:
    return [
        line
        for one in rules
        for line in (one.statement, *one.said, *one.contradicted, *one.vague, *one.hints)
    ]


def learn_order(known: Sequence[Domain]) -> None:
    """Learn the order of words from all that is written in the domains and the habits."""
    texts = {one.name: [text.text for text in one.texts] for one in known}
    for one in known:
        texts[one.name] += _written(one.requirements)
    order.write({**texts, "habits": _written(tuple(habits().values()))})


def plain(domain: Domain) -> Domain:
    """A domain with its first writer's texts alone: those of the others are harder."""
    return replace(domain, texts=tuple(one for one in domain.texts if one.id.count("-") == 1))


def save(weights: Mapping[str, Any], target: Path = TARGET) -> None:
    """Keep what was learnt where the reader finds it, with the hash of the texts."""
    trained_on = np.frombuffer(fingerprint().encode(), np.uint8)
    np.savez_compressed(target, **weights, trained_on=trained_on)


def main() -> None:
    """Train on all domains of `training/` and write the weights after each epoch."""
    from simulator.reading.train_line import DOMAINS, line
    from simulator.reading.train_network import learn
    from simulator.reading.train_sense import learn as learn_sense

    known = domains()
    learn_order(known)
    courses = [course(one) for one in known]
    weight, bias = line([course(plain(one)) for one in known if one.name in DOMAINS])
    others = {"line.weight": weight, "line.bias": bias, **learn_sense(known)}
    for epoch, weights in enumerate(learn(courses, EPOCHS), 1):
        save({**weights, **others})
        sys.stdout.write(f"epoch {epoch} of {EPOCHS}\n")


if __name__ == "__main__":
    main()
