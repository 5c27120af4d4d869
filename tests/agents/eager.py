"""Interns who ask whenever they lack something, for tests of what becomes of a question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from simulator.parameters import parameters, using


@contextmanager
def always(asks: float = 1.0, right: float = 1.0) -> Iterator[None]:
    """Notice so much of what is lacking, and ask so often for that, whoever it is."""
    now = parameters()
    free = {"all": asks, "small": None, "mid": None, "frontier": None}
    moved = {
        "asks": now["asks"].model_copy(update=free),
        "asks_right": now["asks_right"].model_copy(update={"all": right}),
    }
    with using(moved):
        yield
