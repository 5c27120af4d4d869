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
    "It is wrong that {}.", "We do not want this: {}.", "{}. This is not so.",
    "Nobody says that {}.", "Never assume that {}.", "Some think that {}. They are mistaken.",
    "It is a mistake to believe that {}.", "It is a myth that {}.", "It is not the case that {}.",
    "Whoever told you that {} was wrong.", "{}? No.", "I never said that {}.",
    "Don't let anyone tell you that {}.", "Not correct: {}.", "Wrong: {}.",
)  # fmt: skip
_ASK = (
    "Is it so that {}?", "Does anybody know whether {}?", "Should it be that {}?", "{}?",
    "Are we sure that {}?", "I wonder whether {}.", "Maybe {}, maybe not.",
    "Either {} or the opposite.",
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


def _within(sentence: str) -> str:
    """A sentence as part of another."""
    bare = sentence.rstrip(".!")
    return bare[0].lower() + bare[1:]


def _options(requirement: Requirement, rng: random.Random) -> Iterator[str]:
    """Right and wrong answers side by side: whoever lists them all has said none."""
    values = [*requirement.value[:3], *requirement.rivals[:3]]
    if not requirement.value or not requirement.rivals or not requirement.object:
        return
    rng.shuffle(values)
    about = rng.choice(requirement.object)
    yield f"{about}: {' or '.join(values)}."
    yield f"For {about} it is {values[0]}, or {values[-1]}, whichever."
    yield f"{about[0].upper()}{about[1:]}: {', '.join(values)}?"


def made(requirement: Requirement, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Texts that are made from the exemplars, with verdicts that follow from how."""
    for heap in _heaps(requirement, rng):
        yield heap, "vague"
    if requirement.object:
        for form in rng.sample(_WATCH, 3):
            yield form.format(rng.choice(requirement.object)), "vague"
    for form in rng.sample(_BACK, 6):
        yield form.format(_within(rng.choice(requirement.said))), "contradicted"
    for form in rng.sample(_ASK, 3):
        yield form.format(_within(rng.choice(requirement.said))), "vague"
    yield from ((listed, "vague") for listed in _options(requirement, rng))
    if requirement.object:
        yield f"Forget the rule about {rng.choice(requirement.object)}.", "contradicted"
    for name, label in KINDS:
        for exemplar in getattr(requirement, name):
            yield exemplar, label
            yield rng.choice(_AGAIN).format(_within(exemplar)), label
