"""A real model on the reader's benchmark."""

from __future__ import annotations

import time

from agents import hiring
from agents.models.reader import ModelReader
from simulator.reading import sentences
from simulator.reading.corpus import Domain
from simulator.reading.scoring import Judged, judged


class Hosted:
    """A model, as `openai:NAME`, as a judge; it keeps the time.

    Raises InputError for a name that is not known and where there is no key.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        reader = hiring.reader(name)
        assert isinstance(reader, ModelReader)
        self.reader = reader
        self.spent = 0.0
        self.pairs = 0

    @property
    def us_per_pair(self) -> float:
        """Microseconds a sentence and requirement, several requests being under way at a time."""
        return self.spent / max(1, self.pairs) * 1e6

    def __call__(self, one: Domain) -> list[list[Judged]]:
        """Raises InputError where the endpoint or its answers are no good."""
        start = time.perf_counter()
        self.reader.ahead([text.text for text in one.texts], one.requirements)
        self.spent += time.perf_counter() - start
        self.pairs += sum(len(sentences(text.text)) for text in one.texts) * len(one.requirements)
        return [
            [
                judged(text.label(requirement), reading)
                for requirement, reading in zip(
                    one.requirements, self.reader.read(text.text, one.requirements), strict=True
                )
            ]
            for text in one.texts
        ]
