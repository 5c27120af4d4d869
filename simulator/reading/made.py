"""Training texts that are made from an author's exemplars, with verdicts that follow from how."""

from __future__ import annotations

import random
from collections.abc import Iterator

from scenarios.scenario import Requirement

KINDS = (("said", "clear"), ("contradicted", "contradicted"), ("vague", "vague"))
"""The lists of exemplars of a requirement, with their verdicts."""
_WATCH = (
    "Watch out for {}.", "Pay attention to {}.", "Handle {} correctly.", "Be careful about {}.",
    "Remember {}!", "Do not forget {}.", "Think of {}.", "Check {}.", "{}", "{}!", "What about {}?",
)  # fmt: skip
_BACK = (
    "It is not true that {}.", "It used to be that {}, but not any more.",
    "It would be wrong to think that {}.", "{}. Forget that, it no longer holds.",
    "The old rule was: {}. We no longer do that.", "{}. Actually no, scrap that.",
    "Until last year the rule was: {}. It is outdated.", "Do not follow the rule that {}.",
)  # fmt: skip
_AGAIN = ("Please note: {}.", "{}, please.", "Remember: {}.", "Rule: {}!", "And {}.")


def _heaps(requirement: Requirement, rng: random.Random) -> Iterator[str]:
    """Words of the rule, all of them perhaps, that do not say it."""
    everything = " ".join(requirement.said).lower().replace(".", "").replace(",", "").split()
    rng.shuffle(everything)
    yield " ".join(everything)
    yield " ".join(everything[: len(everything) // 2])
    words = rng.choice(requirement.said).lower().replace(".", "").replace(",", "").split()
    if len(words) > 5:
        rng.shuffle(words)
        yield " ".join(words)
    for groups in requirement.concepts:
        for most in (1, 2, 3):
            heap = [word for group in groups for word in rng.sample(group, min(most, len(group)))]
            if len(heap) > 2:
                rng.shuffle(heap)
                yield ", ".join(heap)
                yield " ".join(heap)
    heap = [*requirement.object, *requirement.value]
    if len(heap) > 3:
        yield " ".join(heap)


def made(requirement: Requirement, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Texts that are made from the exemplars, with verdicts that follow from how."""
    for heap in _heaps(requirement, rng):
        yield heap, "vague"
    if requirement.object:
        for form in rng.sample(_WATCH, 3):
            yield form.format(rng.choice(requirement.object)), "vague"
    for form in rng.sample(_BACK, 3):
        said = rng.choice(requirement.said).rstrip(".")
        yield form.format(said[0].lower() + said[1:]), "contradicted"
    if requirement.object:
        yield f"Forget the rule about {rng.choice(requirement.object)}.", "contradicted"
    for name, label in KINDS:
        for exemplar in getattr(requirement, name):
            yield exemplar, label
            bare = exemplar.rstrip(".")
            yield rng.choice(_AGAIN).format(bare[0].lower() + bare[1:]), label
