"""The judgement of one trial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a trial's deliverable, what it costs, and whether it may be used."""

    wrong: Mapping[str, tuple[str, ...]]
    """By record, in the order of the trial, the deliverable fields that are wrong or missing."""
    losses: Mapping[str, float]
    """By record what its delivered value costs."""
    measures: tuple[float | None, ...] = ()
    """What each limit of `accept` is about, in its order; None is not scored."""
    accepted: bool = False

    @cached_property
    def wrong_records(self) -> tuple[str, ...]:
        return tuple(self.wrong)

    @cached_property
    def wrong_fields(self) -> int:
        return sum(map(len, self.wrong.values()))

    @cached_property
    def loss(self) -> float:
        return sum(self.losses.values())
