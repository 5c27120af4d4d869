"""Answers that were bought from the coach, and whether a plan still has them.

An answer is what the coach's change brings to a plan: sentences, papers, examples, operations and
settings. Sentences count wherever they stand and however they are reordered or patched up; a plan
whose learner says the same in words of their own, or finds another way, has none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scenarios.plans.plan import RECORDS, Plan, Step
from simulator.copying import NEAR, likeness
from simulator.reading import sentences

_SETTINGS = {
    "assignee", "batch", "enforce_schema", "redo", "otherwise", "takes", "may", "votes", "ask",
}  # fmt: skip


class Piece(NamedTuple):
    """Something that a plan can have. `step` is empty where it counts in any of them."""

    step: str
    part: str
    value: str


@dataclass(frozen=True)
class Bought:
    """An answer as it was told, and what it brings to a plan."""

    answer: str
    pieces: tuple[Piece, ...]


def bought(answer: str, before: Plan, after: Plan) -> Bought:
    """What an answer that makes one plan of another brings to it."""
    had = set(_pieces(before))
    return Bought(answer, tuple(dict.fromkeys(p for p in _pieces(after) if p not in had)))


def still_in(plan: Plan, answers: Iterable[Bought]) -> list[Bought]:
    """The answers of which a plan has anything."""
    has = list(dict.fromkeys(_pieces(plan)))
    return [one for one in answers if any(_has(has, piece) for piece in one.pieces)]


def _has(pieces: Sequence[Piece], wanted: Piece) -> bool:
    if wanted in pieces:
        return True
    return wanted.part == "words" and any(
        one.part == "words" and likeness(one.value, wanted.value) >= NEAR for one in pieces
    )


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
            yield Piece(step.id, "review", review)
        for name in sorted(_SETTINGS):
            yield Piece(step.id, name, repr(getattr(step, name)))


def _texts(step: Step) -> Iterator[str]:
    yield step.instructions
    if step.review is not None and step.review.instructions:
        yield step.review.instructions
    for result in step.produces.values():
        if result.means:
            yield result.means
