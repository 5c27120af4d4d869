"""Texts as vectors: a small language encoder in whole numbers, the same on every machine.

The weights are three of the six layers of all-MiniLM-L6-v2 (Apache 2.0), each number in a byte.
Products of whole numbers below 2**24 are exact in single precision in any order, so that the
sums of a fast matrix product do not hang on the machine; all else is done one number at a time,
or looked up in tables that are rounded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from simulator.reading.wordpiece import WordPieces

Floats = npt.NDArray[np.float32]
Arrays = Mapping[str, npt.NDArray[Any]]
WIDTH, HEADS = 384, 12
SOURCE = "encoder.npz"
_FINE = 4096.0
"""Vectors are held in steps of 1/4096."""
_STEEP = 64.0
_EXP = np.array([round(math.exp(-k / _STEEP) * 65536) for k in range(1024)], np.float32)
_GELU_STEP = 128.0
_GELU = np.array(
    [
        round(x * (1 + math.erf(x / math.sqrt(2))) / 2 * _FINE) / _FINE
        for x in (k / _GELU_STEP for k in range(-1024, 1025))
    ],
    np.float32,
)


@dataclass(frozen=True, slots=True)
class Linear:
    """A matrix of whole numbers with a scale a column, in slices of `WIDTH` rows."""

    slices: tuple[Floats, ...]
    scale: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """(tokens, in) to (tokens, out)."""
        whole, scale = bytes_of(x)
        out = whole[:, :WIDTH] @ self.slices[0]
        for place, part in enumerate(self.slices[1:], 1):
            out += whole[:, place * WIDTH : (place + 1) * WIDTH] @ part
        out *= scale
        out *= self.scale
        out += self.bias
        return cast("Floats", out)


def bytes_of(x: Floats) -> tuple[Floats, Floats]:
    """Rows as whole numbers from -127 to 127, and the scale of each row."""
    scale = _most(x, -1)
    scale /= np.float32(127)
    whole = x / scale
    return np.rint(whole, out=whole), scale


def _most(x: Floats, axis: int | tuple[int, ...]) -> Floats:
    """The largest size of a number along an axis; never 0."""
    most = np.maximum(x.max(axis=axis, keepdims=True), -x.min(axis=axis, keepdims=True))
    return cast("Floats", np.maximum(most, np.float32(1e-6)))


def normal(x: Floats, gain: Floats, bias: Floats) -> Floats:
    """Rows with mean 0 and variance 1, times a gain, plus a bias."""
    whole = np.rint(x * np.float32(_FINE)).astype(np.float64)
    mean = whole.sum(axis=-1, keepdims=True) / x.shape[-1]
    square = np.einsum("...i,...i->...", whole, whole)[..., None] / x.shape[-1]
    whole -= mean
    whole /= np.sqrt(np.maximum(square - mean * mean, 1e-6))
    whole *= gain
    whole += bias
    return np.asarray(whole, np.float32)


def gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit, from a table."""
    steps = x * np.float32(_GELU_STEP)
    place = np.rint(steps, out=steps).astype(np.int64)
    place += 1024
    # What lies beyond the table has its first or last value.
    out = _GELU.take(place, mode="clip")
    return np.where(x > 8, x, out) if x.max() > 8 else out


def shares(scores: Floats) -> Floats:
    """Softmax over the last axis, from a table of exponentials."""
    below = scores.max(axis=-1, keepdims=True) - scores
    below *= np.float32(_STEEP)
    powers = _EXP.take(np.rint(below, out=below).astype(np.int64), mode="clip")
    return cast("Floats", powers / powers.sum(axis=-1, keepdims=True))


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of a transformer."""

    asks: Linear
    """Queries, keys and values, side by side."""
    mixes: Linear
    widens: Linear
    narrows: Linear
    first: tuple[Floats, Floats]
    second: tuple[Floats, Floats]

    def __call__(self, x: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
        """Tokens of several texts below one another; a text's tokens see each other alone."""
        asked = self.asks(x)
        seen = np.empty_like(x)
        for start, end in spans:
            seen[start:end] = _attention(asked[start:end])
        mixed = self.mixes(seen)
        mixed += x
        x = normal(mixed, *self.first)
        wide = self.narrows(gelu(self.widens(x)))
        wide += x
        return normal(wide, *self.second)


def _attention(asked: Floats) -> Floats:
    count = len(asked)
    by_head = np.ascontiguousarray(asked.reshape(count, 3, HEADS, -1).transpose(1, 2, 0, 3))
    (query, key), (of_query, of_key) = bytes_of(by_head[:2])
    scores = query @ key.transpose(0, 2, 1)
    scores *= of_query
    scores *= of_key.transpose(0, 2, 1)
    scores /= np.float32(math.sqrt(WIDTH / HEADS))
    weight = shares(scores)
    weight *= np.float32(255)
    weight = np.rint(weight, out=weight)
    value = by_head[2]
    most = _most(value, (1, 2))
    value = value / most
    value *= np.float32(127)
    seen = weight @ np.rint(value, out=value)
    seen /= np.maximum(weight.sum(axis=-1, keepdims=True), 1)
    seen *= most
    seen /= np.float32(127)
    return cast("Floats", seen.transpose(1, 0, 2).reshape(count, -1))


class Encoder:
    """The encoder with its weights."""

    def __init__(self, data: Arrays) -> None:
        self.pieces = WordPieces(
            {
                word: n
                for n, word in enumerate(bytes(data["vocabulary"]).decode("utf-8").split("\n"))
            }
        )
        self._words, self._of_word = data["words"], data["words_scale"]
        self._places = data["places"].astype(np.float32)
        self._start = (data["start_gain"], data["start_bias"])
        self._layers = [
            Layer(
                self._linear(data, f"{n}.asks"),
                self._linear(data, f"{n}.mixes"),
                self._linear(data, f"{n}.widens"),
                self._linear(data, f"{n}.narrows"),
                (data[f"{n}.first_gain"], data[f"{n}.first_bias"]),
                (data[f"{n}.second_gain"], data[f"{n}.second_bias"]),
            )
            for n in range(int(data["layers"]))
        ]

    @staticmethod
    def _linear(data: Arrays, name: str) -> Linear:
        whole = data[name].astype(np.float32)
        parts = tuple(
            np.ascontiguousarray(whole[at : at + WIDTH]) for at in range(0, len(whole), WIDTH)
        )
        return Linear(parts, data[f"{name}.scale"], data[f"{name}.bias"])

    def __call__(self, texts: Sequence[str]) -> list[Floats]:
        """For each text the vectors of its tokens: (tokens, `WIDTH`), in steps of 1/4096."""
        numbers = [self.pieces.encode(text) for text in texts]
        spans, start = [], 0
        for row in numbers:
            spans.append((start, start + len(row)))
            start += len(row)
        flat = np.array([n for row in numbers for n in row])
        where = np.array([place for row in numbers for place in range(len(row))])
        x = self._words[flat].astype(np.float32) * self._of_word[flat][:, None]
        x = normal(x + self._places[where], *self._start)
        for layer in self._layers:
            x = layer(x, spans)
        x = (np.rint(x * np.float32(_FINE)) / np.float32(_FINE)).astype(np.float32)
        return [x[begin:end] for begin, end in spans]


@cache
def encoder() -> Encoder:
    """The encoder that comes with the package, loaded once a process."""
    with files("simulator.reading").joinpath(SOURCE).open("rb") as file:
        return Encoder(np.load(file, allow_pickle=False))
