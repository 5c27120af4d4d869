"""What more labelled texts buy: the reader's network, taught on ever more of its domains.

Run: python tests/benchmarks/reader_curve.py [--draws N]

A developer's tool: it needs PyTorch, and half an hour a draw on one core. What it finds is kept in
`reader_curve.json` as it comes and not found twice; `reader.py --write` shows it in
simulator/README.md. A draw puts the domains in an order, and each of its points takes the first so
many, for about as many steps as the shipped network was trained; that on all of them is the
shipped one. The plain line, which was learnt from six domains, has no part in it; the order of
words and the sense of heaps are those of the shipped reader.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from simulator.reading.corpus import Domain, domains
from simulator.reading.lessons import Course, course
from simulator.reading.model import using
from simulator.reading.network import Network
from simulator.reading.train import EPOCHS, TARGET
from tests.benchmarks.reader_figures import (
    DEVELOPMENT,
    UNSEEN,
    Reader,
    by_group,
    development,
    unseen,
)

RECORD = Path(__file__).with_name("reader_curve.json")
SIZES = (4, 9, 18)
"""Domains that are learnt from; the last point are all of them."""
SHOWN = ("f1_clear", "macro_f1")


@dataclass(frozen=True)
class Point:
    """What a network reads that was taught on so many domains."""

    draw: int
    """0: all domains, of which there is one draw."""
    domains: int
    texts: int
    figures: dict[str, dict[str, tuple[float, float, float]]]
    """By group and figure: the figure, and its interval of 95 % over the texts that are read."""


def record(path: Path = RECORD) -> list[Point]:
    """The points that were found, in the order of their sizes."""
    held = json.loads(path.read_text("utf-8")) if path.exists() else []
    return sorted((Point(**one) for one in held), key=lambda one: (one.domains, one.draw))


def doubling(found: Sequence[Point], group: str) -> float:
    """How much F1 of `clear` twice the domains bring, by least squares over the points."""
    sizes = [math.log2(one.domains) for one in found]
    slope, _ = statistics.linear_regression(
        sizes, [one.figures[group]["f1_clear"][0] for one in found]
    )
    return slope


def _read_with(weights: dict[str, Any], strange: dict[str, list[Domain]]) -> dict[str, Any]:
    with np.load(TARGET, allow_pickle=False) as shipped:
        network = Network.of({**shipped, **weights})
    with using(replace(network, plain=0.0)):
        found = by_group(Reader(), strange)
    return {
        group: {name: (getattr(one.score, name), *one.intervals[name]) for name in SHOWN}
        for group, one in found.items()
    }


def points(draws: int, known: Sequence[Point]) -> Iterator[Point]:
    """Those of the points that are not known yet."""
    from simulator.reading.train_network import learn

    met = {(one.draw, one.domains) for one in known}
    taught: dict[str, Course] = {}
    every = domains()
    strange = {DEVELOPMENT: development(), UNSEEN: unseen()}
    if (0, len(every)) not in met:
        texts = sum(len(one.texts) for one in every)
        yield Point(0, len(every), texts, _read_with({}, strange))
    for draw in range(1, draws + 1):
        order = random.Random(draw).sample(every, len(every))
        for size in SIZES:
            if (draw, size) in met:
                continue
            chosen = sorted(order[:size], key=lambda one: one.name)
            for one in chosen:
                if one.name not in taught:
                    taught[one.name] = course(one)
            rounds = EPOCHS * len(every) // size
            *_, weights = learn([taught[one.name] for one in chosen], rounds, draw)
            texts = sum(len(one.texts) for one in chosen)
            yield Point(draw, size, texts, _read_with(weights, strange))


def main() -> None:
    """Find what is missing, and keep it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=1, metavar="N")
    held = record()
    for one in points(parser.parse_args().draws, list(held)):
        held.append(one)
        RECORD.write_text(json.dumps([asdict(one) for one in held], indent=1) + "\n", "utf-8")
        print(one, flush=True)


if __name__ == "__main__":
    main()
