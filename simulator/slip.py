"""One wrong or missing decision and its cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from scenarios.model import Value

Cause = Literal[
    "skipped", "injected", "no-source", "unstated", "vague", "contradicted", "conflict",
    "overloaded", "buried", "distracted", "in-one-leap", "beyond-skill", "malformed",
    "out-of-sight", "uncoded", "inherited", "unapproved", "not-allowed", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """A value that is wrong, where it first went wrong, and why.

    `field` and `requirement` are the scenario's own names and stay inside the simulator; `result`
    is the learner's name for what the slip shows in. `words` is the sentence of the learner that
    the decision rested on, empty where there is none.
    """

    record: str
    cause: Cause
    result: str
    field: str | None = None
    requirement: str | None = None
    got: Value = None
    wanted: Value = None
    words: str = ""
    step: str = ""
    who: str = ""


class SlipKey(NamedTuple):
    """What slips are counted by. `field` is hidden where the learner has no name for it."""

    cause: str
    step: str
    result: str
    field: str | None
    requirement: str | None
