"""From what is seen of a window and a rule to a verdict: a small network with learnt weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from simulator.reading.aligned import Comparer, Doubles, Sought, Vectors, beside, gelu
from simulator.reading.features import NAMES

VERDICTS = ("clear", "vague", "contradicted", "absent")
Chances = tuple[float, float, float, float]
"""Probabilities of `VERDICTS`."""
NOTHING: Chances = (0.0, 0.0, 0.0, 1.0)
SOURCE = "network.npz"
_GRAIN = 2.0**20
"""Chances come in steps of a millionth, so that the last bits of a sum never show."""
_SURE = 0.96
"""From here on a window says nothing of a rule: traces in many sentences would add up."""
_PLAIN = 0.4
"""The share of the plain line in the logarithms, best on the development domains of 0 to .5."""
Layer = tuple[Doubles, Doubles]


@dataclass(frozen=True, slots=True)
class Network:
    """The learnt weights, and the hash of the texts that they were learnt from."""

    comparer: Comparer
    mean: Doubles
    spread: Doubles
    """Of `features` over the training texts."""
    first: Layer
    second: Layer
    mix: Layer
    last: Layer
    line: Layer
    """Over `features` alone, learnt from plain texts: surer of what is said plainly."""
    sense: tuple[Layer, Layer]
    """What tells a sentence from a heap of words: see `sense`."""
    trained_on: str
    plain: float = _PLAIN
    """The share of the plain line."""

    @staticmethod
    @cache
    def load() -> Network:
        """The network that comes with the package.

        Raises ValueError if it was trained for other features.
        """
        with files("simulator.reading").joinpath(SOURCE).open("rb") as file:
            data = np.load(file, allow_pickle=False)
            return Network.of({name: data[name] for name in data.files})

    @staticmethod
    def of(held: Mapping[str, Any]) -> Network:
        """The network from its arrays. Raises ValueError as `load`."""
        if tuple(bytes(held["features"]).decode().split()) != NAMES:
            raise ValueError(f"{SOURCE} is for other features: run simulator.reading.train")

        def layer(name: str) -> Layer:
            weight = np.ascontiguousarray(held[f"{name}.weight"].astype(np.float64).T)
            return weight, held[f"{name}.bias"].astype(np.float64)

        return Network(
            Comparer(layer("narrow"), layer("compare"), float(held["sharpness"])),
            held["mean"].astype(np.float64), held["spread"].astype(np.float64),
            layer("first"), layer("second"), layer("mix"), layer("last"),
            layer("line"), (layer("sense.first"), layer("sense.last")),
            bytes(held["trained_on"]).decode(),
        )  # fmt: skip

    def chances(
        self, seen: Sequence[tuple[float, ...] | None], window: Vectors, rules: Sought
    ) -> tuple[Chances, ...]:
        """The probabilities of the verdicts of a window for each rule of a job.

        `seen` are the `features` by rule (None: not one word shared). Each rule's impression is
        seen beside the others': what tells one rule well mostly tells its neighbours nothing,
        however many words they share.
        """
        written = np.zeros((len(seen), len(NAMES) + 1))
        for row, one in zip(written, seen, strict=True):
            if one is None:
                row[-1] = 1.0
            else:
                row[:-1] = np.clip((np.array(one) - self.mean) / self.spread, -4.0, 4.0)
        own = np.concatenate([beside(window, rules, self.comparer), written], axis=1)
        for weight, bias in (self.first, self.second):
            own = gelu(own @ weight + bias)
        mixed = np.concatenate([own, *_around(own)], axis=1)
        mixed = gelu(mixed @ self.mix[0] + self.mix[1])
        scores = np.concatenate([own, mixed], axis=1) @ self.last[0] + self.last[1]
        logs = _logs(scores)
        for place, one in enumerate(seen):
            if one is not None:
                plain = _logs((np.array(one) @ self.line[0] + self.line[1])[None])[0]
                logs[place] = (1.0 - self.plain) * logs[place] + self.plain * plain
        powers = np.exp(logs - logs.max(axis=1, keepdims=True))
        shares = np.floor(powers / powers.sum(axis=1, keepdims=True) * _GRAIN) / _GRAIN
        return tuple(_four(*map(float, row[:3])) for row in shares)


def _logs(scores: Doubles) -> Doubles:
    """The logarithms of the softmax, none below a millionth."""
    below = scores - scores.max(axis=1, keepdims=True)
    logs = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    return np.asarray(np.maximum(logs, np.log(1e-6)))


def _around(own: Doubles) -> tuple[Doubles, Doubles]:
    """The largest and the mean of the others' numbers, for each row; 0 where it is alone."""
    if len(own) == 1:
        return np.zeros_like(own), np.zeros_like(own)
    ranked = np.sort(own, axis=0)
    most = np.where(own >= ranked[-1], ranked[-2], ranked[-1])
    return most, (own.sum(axis=0) - own) / (len(own) - 1)


def _four(clear: float, vague: float, contradicted: float) -> Chances:
    absent = 1.0 - clear - vague - contradicted
    return NOTHING if absent >= _SURE else (clear, vague, contradicted, absent)
