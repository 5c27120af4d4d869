"""What the reader is trained on: texts with a verdict for each rule, by domain."""

from __future__ import annotations

import random
from dataclasses import dataclass

from scenarios.scenario import Requirement
from simulator.reading.corpus import Domain
from simulator.reading.features import features
from simulator.reading.made import KINDS, made
from simulator.reading.rules import compiled, repaired
from simulator.reading.text import windows

Seen = tuple[float, ...] | None
WEIGHTS = {"text": 1.0, "exemplar": 0.7, "made": 0.35}
"""What a text of a writer, an author's exemplar, and a text made of exemplars count."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text with its verdicts, and how its windows look to each of the domain's rules."""

    text: str
    kind: str
    labels: tuple[str | None, ...]
    """By requirement; None where the verdict is not known."""
    windows: tuple[str, ...]
    features: tuple[tuple[Seen, ...], ...]
    """By window and requirement."""


@dataclass(frozen=True, slots=True)
class Course:
    """All that a domain teaches."""

    name: str
    requirements: tuple[Requirement, ...]
    lessons: tuple[Lesson, ...]


def course(domain: Domain) -> Course:
    """A domain's texts, its exemplars, which are absent for its other rules, and made texts."""
    rules = [compiled(one) for one in domain.requirements]
    held: list[tuple[str, str, tuple[str | None, ...]]] = [
        (text.text, "text", tuple(text.label(one) for one in domain.requirements))
        for text in domain.texts
    ]

    def alone(label: str, at: int, rest: str | None) -> tuple[str | None, ...]:
        return tuple(label if place == at else rest for place in range(len(rules)))

    for at, requirement in enumerate(domain.requirements):
        rng = random.Random(f"{domain.name} {at}")
        for name, label in KINDS:
            for exemplar in getattr(requirement, name):
                held.append((exemplar, "exemplar", alone(label, at, "absent")))
        for text, label in made(requirement, rng):
            held.append((text, "made", alone(label, at, None)))
    lessons = []
    for text, kind, labels in held:
        seen = tuple(window.text for window in windows(text))
        if seen:
            rows = tuple(
                tuple(features(repaired(window, rule), rule) for rule in rules) for window in seen
            )
            lessons.append(Lesson(text, kind, labels, seen, rows))
    return Course(domain.name, domain.requirements, tuple(lessons))
