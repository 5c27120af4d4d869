"""Answers that were bought from the coach, and whether a plan still has them.

An answer is what the coach's change brings to a plan: sentences, papers, examples, operations,
settings, and results that are kept apart. Sentences count wherever they stand and however they are
reordered or patched up, settings in whichever step gives what theirs gave; a plan whose learner
says the same in words of their own, or finds another way, has none of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from scenarios.plans.plan import RECORDS, Plan, Step
from simulator.copying import NEAR, likeness
from simulator.reading import sentences

_SETTINGS = {
    "assignee", "batch", "enforce_schema", "redo", "otherwise", "takes", "may", "votes", "ask",
}  # fmt: skip


class Piece(NamedTuple):
    """Something that a plan can have.

    `step` is what its step is known by, a line each: its name, and the names and descriptions of
    what it gives. It is empty where the piece counts in any step.
    """

    step: str
    part: str
    value: str


@dataclass(frozen=True)
class Bought:
    """An answer as it was told, and what it brings to a plan."""

    answer: str
    pieces: tuple[Piece, ...]


def bought(answer: str, before: Plan, after: Plan) -> Bought:
    """What an answer that makes one plan of another brings to it.

    What a step gets that another one with some of its results has had is known by its name only.
    """
    known = {name for step in before.steps for name in step.produces}
    had = [*_pieces(before), *_apart(before, known)]
    brought: dict[Piece, None] = {}
    for one in (*_pieces(after), *_apart(after, known)):
        name = one.step.partition("\n")[0]
        if not _has(had, one):
            brought[one] = None
        elif name and not any(
            old[1:] == one[1:] and old.step.startswith(f"{name}\n") for old in had
        ):
            brought[one._replace(step=name)] = None
    return Bought(answer, tuple(brought))


def still_in(plan: Plan, answers: Iterable[Bought]) -> list[Bought]:
    """The answers of which a plan has anything."""
    names = {name for step in plan.steps for name in step.produces}
    has = list(dict.fromkeys((*_pieces(plan), *_apart(plan, names))))
    return [one for one in answers if any(_has(has, piece) for piece in one.pieces)]


def _has(pieces: Sequence[Piece], wanted: Piece) -> bool:
    return any(
        _same(one, wanted)
        or (one.part == wanted.part == "words" and _near(one.value, wanted.value))
        for one in pieces
    )


def _same(one: Piece, other: Piece) -> bool:
    """Whether they are the same, in the same step if they are for one, whatever it is called."""
    if one[1:] != other[1:]:
        return False
    ours, theirs = one.step.splitlines(), other.step.splitlines()
    return ours == theirs or any(
        mine == yours or (" " in mine and " " in yours and _near(mine, yours))
        for mine in ours for yours in theirs
    )  # fmt: skip


def _near(one: str, other: str) -> bool:
    return likeness(one, other) >= NEAR


def _pieces(plan: Plan) -> Iterator[Piece]:
    for step in plan.steps:
        for text in _texts(step):
            for sentence in sentences(text):
                yield Piece("", "words", " ".join(sentence.text.split()))
        for name in step.examples:
            yield Piece("", "example", name)
        for name in step.reads:
            if name != RECORDS and name not in plan.step:
                yield Piece("", "document", name)
        for operation in step.does:
            yield Piece("", "does", operation.model_dump_json(exclude={"set"}))
        for check in step.checks:
            yield Piece("", "check", check.that)
        if step.review is not None:
            review = step.review.model_dump_json(exclude={"instructions"})
            yield Piece(_known_by(step), "review", review)
        for name in sorted(_SETTINGS):
            yield Piece(_known_by(step), name, repr(getattr(step, name)))


def _apart(plan: Plan, names: Collection[str]) -> Iterator[Piece]:
    """Which of some results no step gives together."""
    for one, other in combinations(sorted(names), 2):
        if not any({one, other} <= step.produces.keys() for step in plan.steps):
            yield Piece("", "apart", f"{one} {other}")


def _known_by(step: Step) -> str:
    means = (" ".join(result.means.split()) for result in step.produces.values() if result.means)
    return "\n".join((step.id, *step.produces, *means))


def _texts(step: Step) -> Iterator[str]:
    yield step.instructions
    if step.review is not None and step.review.instructions:
        yield step.review.instructions
    for result in step.produces.values():
        if result.means:
            yield result.means
