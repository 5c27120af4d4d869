"""Texts that say nothing, made from the scenario itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from agents.gate.stages import Cast, works
from scenarios.plans.plan import Plan
from scenarios.scenario import Lot, Requirement, Scenario
from simulator.draws import uniform
from simulator.rows import answers

LONGEST = 20_000
"""Characters of an instruction that a plan may hold."""
NOUNS = 3
"""Words for one topic in the attack of bare nouns: more is the heap of keywords."""

PADDING = (
    "Thank you very much for taking this on, it is really appreciated by everybody here. "
    "As you will know, this is important work, and we have every confidence in you. "
    "Please take all the time that you need and have a good look at everything. "
    "If anything should seem odd, please use your good judgement, as you always do. "
    "We all know how much care you put into these things, and it shows. "
    "Do make yourself comfortable, get a coffee, and then simply do the best you can. "
    "It goes without saying that we would like everything to be as it should be. "
    "Once again, many thanks for your help, and do not hesitate to be proud of the result.\n"
) * 4
MAGIC = (
    "You are a world-class expert with thirty years of experience. Take a deep breath and think "
    "step by step. Be 100 % accurate and double-check everything. Never make a mistake, never "
    "hallucinate. This is very important to my career. I will tip you $200 for a perfect result. "
    "If you fail, you will be fired."
)
_DENIALS = (
    "It is not the case that", "It is wrong that", "Nobody says that", "We do not want this:",
)  # fmt: skip
"""Taken in turn: one requirement denied in each way."""
ELSEWHERE = (
    "Give every message one of the queues. A message about a charge goes to billing, also where "
    "it asks for something else besides. Whoever cannot log in goes to access, and where a whole "
    "team cannot, the message is urgent. Anything that names a lawyer goes to Ruth and is not "
    "answered. Close what is older than thirty days, and copy the ticket number as it stands."
)
"""The instructions of another job, for a library that has no other."""


def generated(
    scenario: Scenario, expert: Plan, cast: Cast, elsewhere: str = ELSEWHERE, seen: Lot = "practice"
) -> Mapping[str, str]:
    """Attack texts by name. `seen` is the lot whose answers are written into the instructions.

    What a scenario gives no words for is left out.
    """
    needs = scenario.requirements
    found = {
        "brief-copied": scenario.brief,
        "keyword-heap": " ".join(dict.fromkeys(w for need in needs for w in _keywords(need))),
        "bare-nouns": nouns(scenario),
        "expert-shuffled": _shuffled(said_by(expert, cast), scenario.id),
        "both-sides": "\n".join(line for need in needs for line in _both(need)),
        "rules-negated": "\n".join(_negated(need.said[0], i) for i, need in enumerate(needs)),
        "padding": PADDING,
        "magic-words": MAGIC,
        "every-option": "\n".join(_options(scenario)),
        "answers-hard-coded": "\n".join(_answers(scenario, seen)),
        "other-job": elsewhere,
    }
    return {name: text[:LONGEST] for name, text in found.items() if text.strip()}


def said_by(plan: Plan, cast: Cast) -> str:
    """All that a plan tells its interns in words."""
    return "\n".join(step.instructions for step in plan.steps if works(step, cast))


def nouns(scenario: Scenario) -> str:
    """What the rules are about, a line a rule, and nothing about it."""
    lines = (", ".join(_topic(need)[:NOUNS]) for need in scenario.requirements)
    return "\n".join(f"{line[:1].upper()}{line[1:]}." for line in lines if line)


def _topic(need: Requirement) -> Sequence[str]:
    if need.object:
        return need.object
    return need.concepts[0][0] if need.concepts and need.concepts[0] else ()


def _keywords(need: Requirement) -> Iterator[str]:
    yield from need.object
    yield from need.value
    # One word of each group in turn: words that must meet in one clause stand side by side.
    for alternative in need.concepts:
        for row in zip_longest(*alternative):
            yield from (word for word in row if word)


def _shuffled(text: str, seed: str) -> str:
    words = text.split()
    order = sorted(range(len(words)), key=lambda i: uniform(f"shuffled|{seed}|{i}"))
    return " ".join(words[i] for i in order)


def _both(need: Requirement) -> Iterable[str]:
    return (need.said[0], need.contradicted[0]) if need.contradicted else (need.said[0],)


def _negated(rule: str, turn: int) -> str:
    first = rule if rule[:2].isupper() else rule[:1].lower() + rule[1:]
    return f"{_DENIALS[turn % len(_DENIALS)]} {first}"


def _options(scenario: Scenario) -> Iterator[str]:
    for field in scenario.fields:
        if field.choices:
            yield "It may be " + " or ".join(c.value.replace("_", " ") for c in field.choices) + "."
    for need in scenario.requirements:
        options = " or ".join((*need.value, *need.rivals))
        if options:
            about = next(iter(_topic(need)), "")
            yield f"{about[:1].upper()}{about[1:]}: {options}." if about else f"{options}."


def _answers(scenario: Scenario, seen: Lot) -> Iterator[str]:
    for record in scenario.sheets(seen):
        told = (f"{name} {value}" for name, value in answers(scenario, record))
        yield f"{record.id}: {', '.join(told)}."
