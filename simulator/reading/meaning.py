"""How alike two texts are in meaning, by the encoder's mean vectors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from simulator.reading.aligned import Doubles
from simulator.reading.encoder import encoder


@lru_cache(maxsize=8192)
def _whole(text: str) -> Doubles:
    mean = encoder()([text])[0].astype(np.float64).mean(axis=0)
    return np.asarray(mean / max(1e-12, float(np.sqrt(mean @ mean))))


def alike(text: str, others: Sequence[str]) -> list[float]:
    """The cosine of a text with each of the others, in six digits: the same on every machine."""
    return [round(float(_whole(text) @ _whole(other)), 6) for other in others]
