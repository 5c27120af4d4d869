"""For developers: what more training texts buy, and where the reader is most confidently wrong.

The only place where the benchmark knows how the reader is trained.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from scenarios.errors import clip, printable
from simulator.reading import read
from simulator.reading.corpus import Domain, domains
from simulator.reading.lessons import course
from simulator.reading.model import using
from simulator.reading.scoring import judged, score
from simulator.reading.train import EPOCHS
from tests.benchmarks.reader_figures import development

SHARES = (0.25, 0.5, 1.0)
NOBODY = np.frombuffer(b"-", np.uint8)


class Point(NamedTuple):
    """A point of the learning curve."""

    domains: tuple[str, ...]
    texts: int
    f1_clear: float
    macro_f1: float


def curve(
    known: Sequence[Domain] | None = None, strange: Sequence[Domain] | None = None, seed: int = 1
) -> Iterator[Point]:
    """Figures on the development domains by how many domains were learned from.

    The order of words stays that of the shipped reader. It needs PyTorch, and hours.
    """
    from simulator.reading.network import Network
    from simulator.reading.train_network import learn

    known = domains() if known is None else known
    strange = development() if strange is None else strange
    taught = {one.name: course(one) for one in known}
    rng = random.Random(seed)
    for share in SHARES:
        size = max(1, round(share * len(known)))
        chosen = sorted(rng.sample(known, size), key=lambda one: one.name)
        *_, weights = learn([taught[one.name] for one in chosen], EPOCHS)
        with using(Network.of({**weights, "trained_on": NOBODY})):
            pairs = [
                (text.label(rule), read(text.text, rule))
                for domain in strange for rule in domain.requirements for text in domain.texts
            ]  # fmt: skip
        found = score(pairs)
        texts = sum(len(one.texts) for one in chosen)
        yield Point(tuple(one.name for one in chosen), texts, found.f1_clear, found.macro_f1)


def shown(points: Iterator[Point]) -> Iterator[str]:
    """The curve, a line a point."""
    yield f"{'domains':>7}{'texts':>7}{'F1 clear':>10}{'macro-F1':>10}"
    for one in points:
        figures = f"{len(one.domains):7}{one.texts:7}{one.f1_clear:10.3f}{one.macro_f1:10.3f}"
        yield f"{figures}  {', '.join(one.domains)}"


def worst(chosen: Sequence[Domain], most: int) -> Iterator[str]:
    """The most confident mistakes of each kind, so never to be called with unseen domains."""
    kinds: dict[str, list[tuple[float, str]]] = {
        "missed clear": [], "false clear": [], "contradicted as clear": [],
    }  # fmt: skip
    for domain in chosen:
        for requirement in domain.requirements:
            for text in domain.texts:
                found = judged(text.label(requirement), reading := read(text.text, requirement))
                if found.label == found.said or "clear" not in found[:2]:
                    continue
                kind = "missed clear" if found.label == "clear" else "false clear"
                if found.label == "contradicted":
                    kind = "contradicted as clear"
                lines = (
                    f"{found.sure:.2f} {found.label} -> {found.said}  {text.id}  {requirement.id}",
                    f"rule: {requirement.statement}",
                    f"text: {' '.join(text.text.split())}",
                    f"rests on: {clip(reading.words) or '-'}",
                )
                kinds[kind].append((found.sure, "\n     ".join(lines)))
    for kind, held in kinds.items():
        yield f"{kind}: {len(held)}"
        for _, line in sorted(held, key=lambda one: (-one[0], one[1]))[:most]:
            yield printable(line)
