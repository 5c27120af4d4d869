"""Whoever reads instructions for a simulated intern: the small reader here, or one handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from scenarios.scenario import Requirement
from simulator import reading
from simulator.reading import Reading, SentenceReading


@runtime_checkable
class TextReader(Protocol):
    """Says how a text is taken. Equal questions to one reader have equal answers.

    As a string it is its name: readers of one name are the same from one start to the next.
    """

    def read(self, text: str, requirements: Sequence[Requirement]) -> tuple[Reading, ...]:
        """How the whole text is taken for each requirement, in their order."""
        ...

    def read_sentences(
        self, text: str, requirements: Sequence[Requirement]
    ) -> tuple[SentenceReading, ...]:
        """For each sentence of a text, in order, how it is taken for each requirement."""
        ...


class LocalReader:
    """The reader of `simulator.reading`: offline, and the same on every machine."""

    def __str__(self) -> str:
        return "sim"

    def read(self, text: str, requirements: Sequence[Requirement]) -> tuple[Reading, ...]:
        return tuple(reading.read(text, one) for one in requirements)

    def read_sentences(
        self, text: str, requirements: Sequence[Requirement]
    ) -> tuple[SentenceReading, ...]:
        return reading.read_sentences(text, tuple(requirements))


LOCAL = LocalReader()
