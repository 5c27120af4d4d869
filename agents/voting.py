"""The majority of a record's votes, result by result.

Votes of one colleague share what was understood and differ in slips: the majority outvotes slips
and confirms what was taken wrongly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenarios.model import Value
from scenarios.rows import LINE
from simulator.meaning import Meaning
from simulator.slip import Slip


@dataclass(frozen=True, slots=True)
class Vote:
    """What one vote, or the majority, has of a record, and what is wrong with it."""

    values: dict[str, Value] | None
    """By result; None where it has nothing of the record."""
    slips: list[Slip]
    readable: bool = True
    """Whether the reply could be read: one that could not is no vote."""


@dataclass(frozen=True, slots=True)
class Split:
    """The values that votes differ in, with how many have each. The first one is taken."""

    result: str
    values: tuple[tuple[Value, int], ...]


def majority(
    votes: Sequence[Vote], results: Mapping[str, Meaning], *, absence: bool = False
) -> tuple[Vote, tuple[Split, ...]]:
    """What counts of a record's votes, and where they differ.

    Of each result the most frequent value counts; of equally frequent ones the one that was given
    first. Whoever passed the record over has no vote on it; with `absence` (rows that are searched
    for) that there is nothing is an answer like any other.
    """
    if len(votes) == 1:
        return votes[0], ()
    read = [vote for vote in votes if vote.readable]
    there = [vote for vote in read if vote.values is not None]
    if absence and read:
        missing = [vote for vote in read if vote.values is None]
        if len(missing) > len(there) or (len(missing) == len(there) and read[0] is missing[0]):
            return missing[0], ()
    if not there:
        return (read or votes)[0], ()
    values: dict[str, Value] = {}
    slips: list[Slip] = []
    splits: list[Split] = []
    for name, result in results.items():
        groups: list[list[Vote]] = []
        for vote in there:
            value = _value(vote, name)
            group = next((g for g in groups if result.agree(_value(g[0], name), value)), None)
            if group is None:
                groups.append([vote])
            else:
                group.append(vote)
        groups.sort(key=len, reverse=True)
        taken = groups[0][0]
        values[name] = _value(taken, name)
        slips += [slip for slip in taken.slips if slip.result == name]
        if len(groups) > 1:
            splits.append(Split(name, tuple((_value(g[0], name), len(g)) for g in groups)))
    return Vote(values, slips), tuple(splits)


def agreed(
    rows: Sequence[Sequence[Mapping[str, Value]]],
) -> tuple[Mapping[str, Value], ...]:
    """Of the rows that each vote has where there is nothing to find: those of more than half."""
    lines: dict[str, list[Mapping[str, Value]]] = {}
    for vote in rows:
        for line, row in {str(row.get(LINE)): row for row in vote}.items():
            lines.setdefault(line, []).append(row)
    return tuple(found[0] for found in lines.values() if 2 * len(found) > len(rows))


def _value(vote: Vote, name: str) -> Value:
    return (vote.values or {}).get(name)
