"""What counts of a record that was done several times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenarios.language.values import canonical


def majority(votes: Sequence[dict[str, Any] | None], names: Sequence[str]) -> dict[str, Any] | None:
    """Of each result the most frequent value; of equally frequent ones the one given first.

    A vote without the record (None) does not count; None where no vote has it.
    """
    there = [vote for vote in votes if vote is not None]
    if not there:
        return None
    return {name: _most([vote.get(name) for vote in there]) for name in names}


def _most(values: list[Any]) -> Any:
    keys = [canonical(value) for value in values]
    return max(zip(values, keys, strict=True), key=lambda one: keys.count(one[1]))[0]
