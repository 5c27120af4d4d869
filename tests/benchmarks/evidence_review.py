"""A second look: at one's own work and at others', and what comes of being told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial

from scenarios.model import Value
from scenarios.persona import Tier
from simulator.behaviour import finding
from simulator.order import Item
from tests.benchmarks.evidence_lab import RIGHT, WRONG, Experiment, colleague, scenario
from tests.benchmarks.evidence_rows import Point, Row

Handed = dict[str, Mapping[str, Value]]
SOMEBODY = "Jo"


@cache
def desk() -> Experiment:
    return Experiment(scenario(200), more=4)


def handed_in(tier: Tier) -> Iterator[tuple[int, Handed]]:
    """For each repeat what the intern hands in of every record."""
    now, work = 0, Handed()
    for repeat, name, row in desk().rows(tier):
        if repeat != now:
            yield now, work
            now, work = repeat, Handed()
        work[name] = row or {"answer": None}
    yield now, work


def objections(tier: Tier, work: Handed, author: str, repeat: int, round_: int) -> list[str]:
    """The records with which somebody who reviews somebody's work finds fault."""
    head = replace(desk().order(), role="review", author=author)
    found = []
    for name, row in work.items():
        item = Item(name, f"This is {name}.", json.dumps(dict(row)))
        answered = desk().send(tier, head, [item], repeat, round_)
        if (answered.rows or {}).get(name, {}).get("ok") is False:
            found.append(name)
    return found


def again(
    tier: Tier, work: Handed, names: list[str], repeat: int, round_: int,
    other: Mapping[str, Value] | None = None,
) -> Handed:  # fmt: skip
    """What an intern hands in of records that came back to it."""
    head, new = desk().order(), Handed()
    for name in names:
        why = finding.render({**work[name]}, "This is wrong.", other)
        item = Item(name, f"This is {name}.", finding=why)
        answered = desk().send(tier, head, [item], repeat, round_)
        new[name] = (answered.rows or {}).get(name, {"answer": None})
    return new


def right(row: Mapping[str, Value]) -> bool:
    return bool(row["answer"] == RIGHT)


def after_rounds(rounds: int, tier: Tier) -> float:
    """How much is right after so many rounds of looking over one's own work, relative to before."""
    before = after = 0
    for repeat, work in handed_in(tier):
        before += sum(map(right, work.values()))
        for round_ in range(rounds):
            doubted = objections(tier, work, colleague(tier).persona.name, repeat, round_)
            work.update(again(tier, work, doubted, repeat, round_ + 1))
        after += sum(map(right, work.values()))
    return after / before


def mended(tier: Tier) -> float:
    """Of what is wrong the share that is right once it is said to be wrong."""
    found: list[bool] = []
    for repeat, work in handed_in(tier):
        wrong = [name for name, row in work.items() if not right(row)]
        found += map(right, again(tier, work, wrong, repeat, 1).values())
    return sum(found) / len(found)


def given_up(tier: Tier) -> float:
    """Of all answers the share that was right and is given up where somebody has another one."""
    lost = count = 0
    for repeat, work in handed_in(tier):
        sound = [name for name, row in work.items() if right(row)]
        new = again(tier, work, sound, repeat, 1, {"answer": WRONG})
        lost += sum(not right(row) for row in new.values())
        count += len(work)
    return lost / count


def seen(own: bool, tier: Tier) -> float:
    """The share of records found wrong by a reviewer, all of them being wrong."""
    author = colleague(tier).persona.name if own else SOMEBODY
    work: Handed = {name: {"answer": WRONG} for name in desk().scenario.record}
    rounds = range(10)
    found = [len(objections(tier, work, author, repeat, 0)) for repeat in rounds]
    return sum(found) / len(work) / len(rounds)


def own_eyes(tier: Tier) -> float:
    return seen(True, tier) / seen(False, tier)


ROWS = (
    Row(
        "looking over one's own work", "Huang et al. 2024 (GPT-3.5; GPT-4), of before",
        (
            Point("small", "round 1", (74.7 / 75.9,), partial(after_rounds, 1)),
            Point("mid", "round 1", (91.5 / 95.5,), partial(after_rounds, 1)),
            Point("mid", "round 2", (89.0 / 95.5,), partial(after_rounds, 2)),
        ),
        ("false_alarm",), "point",
    ),
    Row(
        "told that it is wrong", "Huang et al. 2024 (GPT-4), errors mended",
        (Point("mid", "told", ((97.5 - 95.5) / 4.5,), mended),),
        ("repair",), "none",
    ),
    Row(
        "giving in", "SycEval 2025 (GPT-4o, Claude, Gemini), right answers given up, of all",
        (Point("mid", "push-back", (0.1466,), given_up),),
        ("yield_to_reviewer",), "none",
    ),
    Row(
        "blind to one's own errors", "Self-Correction Bench 2025, errors seen, of another's",
        (
            Point("small", "own", (0.355,), own_eyes),
            Point("mid", "own", (0.355,), own_eyes),
        ),
        ("detect_own",), "none",
    ),
    Row(
        "errors that a reviewer sees", "twenty judge models 2025-26, bad work rejected",
        (Point("mid", "another's", (0.425,), partial(seen, False)),),
        judged=True,
    ),
)  # fmt: skip
