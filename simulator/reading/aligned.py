"""A window of text laid beside a rule, word vector by word vector.

Each token of the window is compared with what the author wrote for and against the rule (soft
alignment, as in Parikh et al. 2016, "A Decomposable Attention Model for Natural Language
Inference"); what differs from its nearest counterpart is what makes a contradiction.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from scenarios.scenario import Requirement
from simulator.reading.encoder import encoder

Doubles = npt.NDArray[np.float64]
ROLES = ("statement", "said", "vague", "contradicted", "value", "rivals", "object")
_SIDES = (("statement", "said", "value"), ("contradicted", "rivals"))
"""What speaks for a rule, and what against."""
LIKENESSES = 4 * len(ROLES)


@dataclass(frozen=True, slots=True)
class Vectors:
    """A text's tokens: all of it at once, and each in the narrow space where they are compared."""

    whole: Doubles
    """(WIDTH,), of length 1."""
    tokens: Doubles
    """(tokens, narrow)."""
    directions: Doubles
    """The same, each of length 1."""


@dataclass(frozen=True, slots=True)
class Comparer:
    """The weights that are learnt of how tokens are compared."""

    narrow: tuple[Doubles, Doubles]
    compare: tuple[Doubles, Doubles]
    sharpness: float

    def vectors(self, tokens: npt.NDArray[np.float32]) -> Vectors:
        """(tokens, WIDTH) made ready for comparing."""
        full = tokens.astype(np.float64)
        whole = full.mean(axis=0)
        narrow = full @ self.narrow[0] + self.narrow[1]
        return Vectors(_unit(whole), narrow, _unit(narrow))

    def compared(self, mine: Doubles, near: Doubles) -> Doubles:
        """Each token beside its counterparts: (tokens, narrow), (sides, tokens, narrow).

        The weights were learnt for `mine - near`, `mine * near` and `mine` in a row; what is the
        same for all sides is worked out once.
        """
        (weight, bias), width = self.compare, mine.shape[1]
        differs, both, alone = weight[:width], weight[width : 2 * width], weight[2 * width :]
        flat = near.reshape(-1, width)
        out = (near * mine).reshape(-1, width) @ both
        out -= flat @ differs
        told = out.reshape(*near.shape[:2], -1)
        told += mine @ (differs + alone) + bias
        return told


def _unit(rows: Doubles) -> Doubles:
    return cast(
        "Doubles", rows / np.maximum(np.sqrt((rows * rows).sum(axis=-1, keepdims=True)), 1e-12)
    )


_STEP = 512.0
_GELU = np.array(
    [x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in (k / _STEP for k in range(-4096, 4097))]
).round(12)


def gelu(x: Doubles) -> Doubles:
    """The Gaussian error linear unit, from a table in steps of 1/512."""
    steps = x * _STEP
    place = np.rint(steps, out=steps).astype(np.int64)
    place += 4096
    # What lies beyond the table has its first or last value.
    found = _GELU.take(place, mode="clip")
    return np.where(x > 8.0, x, found) if x.max() > 8.0 else found


@dataclass(frozen=True, slots=True)
class Sought:
    """All that an author wrote of a job's rules, part below part, each part's tokens in a row."""

    rules: int
    wholes: Doubles
    """(parts, WIDTH)"""
    directions: Doubles
    """(tokens, narrow)"""
    starts: npt.NDArray[np.int64]
    """Where each part's tokens begin."""
    counts: Doubles
    slots: npt.NDArray[np.int64]
    """Rule and role of each run of parts, as one number; what an author left out has no run."""
    runs: npt.NDArray[np.int64]
    """Where each run of parts begins."""
    lengths: Doubles
    sides: npt.NDArray[np.int64]
    """(rules and sides, most tokens): places in `directions`; one too far where there is none."""
    tokens: Doubles
    """(rules and sides, most tokens, narrow): the same tokens, not made of length 1."""


def parts(requirement: Requirement) -> dict[str, tuple[str, ...]]:
    """What an author wrote of a rule, by role. Lists of words are one part."""
    lists = {name: getattr(requirement, name) for name in ("value", "rivals", "object")}
    return {
        "statement": (requirement.statement,),
        **{name: getattr(requirement, name) for name in ("said", "vague", "contradicted")},
        **{name: (" , ".join(map(str, held)),) if held else () for name, held in lists.items()},
    }


def sought(requirements: Sequence[Requirement], comparer: Comparer) -> Sought:
    """A job's requirements made ready for comparing."""
    laid = [
        (place, role, text)
        for place, one in enumerate(requirements)
        for role, texts in parts(one).items()
        for text in texts
    ]
    held = vectors([text for *_, text in laid], comparer)
    counts = [len(one.tokens) for one in held]
    starts = np.concatenate([[0], np.cumsum(counts)])
    slots = np.array([place * len(ROLES) + ROLES.index(role) for place, role, _ in laid])
    runs = np.flatnonzero(np.diff(slots, prepend=-1))
    sides = [
        [
            token
            for part, (of, role, _) in enumerate(laid)
            if of == place and role in side
            for token in range(int(starts[part]), int(starts[part + 1]))
        ]
        for place in range(len(requirements))
        for side in _SIDES
    ]
    most = max(map(len, sides))
    places = np.array([side + [int(starts[-1])] * (most - len(side)) for side in sides])
    tokens = np.concatenate([one.tokens for one in held])
    tokens = np.concatenate([tokens, np.zeros((1, tokens.shape[1]))])
    return Sought(
        rules=len(requirements),
        wholes=np.stack([one.whole for one in held]),
        directions=np.concatenate([one.directions for one in held]),
        starts=starts[:-1],
        counts=np.array(counts, np.float64),
        slots=slots[runs],
        runs=runs,
        lengths=np.diff(runs, append=len(laid)).astype(np.float64),
        sides=places,
        tokens=tokens[places],
    )


_READ: dict[int, dict[str, Vectors]] = {}
_MOST = 20_000
"""Windows that are remembered; a long evening's drafts hold fewer."""


def vectors(texts: Sequence[str], comparer: Comparer) -> tuple[Vectors, ...]:
    """The vectors of some texts; those not yet met go through the encoder together."""
    held = _READ.setdefault(id(comparer), {})
    strange = [text for text in dict.fromkeys(texts) if text not in held]
    if len(held) + len(strange) > _MOST:
        held.clear()
        strange = list(dict.fromkeys(texts))
    if strange:
        for text, tokens in zip(strange, encoder()(strange), strict=True):
            held[text] = comparer.vectors(tokens)
    return tuple(held[text] for text in texts)


def beside(window: Vectors, sought: Sought, comparer: Comparer) -> Doubles:
    """What there is to see when a window is laid beside each rule: (rules, numbers).

    For the side that speaks for the rule and the side against it the mean and the largest of what
    is compared; then for each role four likenesses: the nearest part's and the mean one's as a
    whole, the nearest part's by tokens (both ways, and how much of it is found).
    """
    found = window.directions @ sought.directions.T
    powers = np.zeros((found.shape[0], found.shape[1] + 1))
    np.exp(comparer.sharpness * found, out=powers[:, :-1])
    powers = powers[:, sought.sides]
    totals = powers.sum(axis=2).T[:, :, None]
    near = powers.transpose(1, 0, 2) @ sought.tokens
    near /= np.maximum(totals, 1e-12)
    told = gelu(comparer.compared(window.tokens, near))
    told = np.concatenate([told.mean(axis=1), told.max(axis=1)], axis=1) * (totals[:, 0] > 0)
    whole = sought.wholes @ window.whole
    recall = np.add.reduceat(found.max(axis=0), sought.starts) / sought.counts
    precision = np.maximum.reduceat(found, sought.starts, axis=1).mean(axis=0)
    likenesses = np.zeros((sought.rules * len(ROLES), 4))
    likenesses[sought.slots] = np.stack(
        [
            np.maximum.reduceat(whole, sought.runs),
            np.add.reduceat(whole, sought.runs) / sought.lengths,
            np.maximum.reduceat(recall + precision, sought.runs) / 2,
            np.maximum.reduceat(recall, sought.runs),
        ],
        axis=1,
    )
    return np.concatenate(
        [told.reshape(sought.rules, -1), 3.0 * likenesses.reshape(sought.rules, -1)], axis=1
    )
