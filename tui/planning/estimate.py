"""What a plan is likely to cost and how long it may take, worked out without running it.

Tokens are those of the orders as they would be sent, with records that the learner may see standing
in for those to come. Answers are taken to be of a usual length. Work that is done again is left
out: how much there will be of it is what running the plan shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import fmean

from scenarios.persona import Persona
from scenarios.plans.plan import YOU, Takes
from scenarios.rows import shown_text
from scenarios.scenario import Scenario
from simulator.blueprint import Blueprint
from simulator.order import Asked, Head, Item, head_text, item_text, system_message, tokens_in
from simulator.rows import answers
from simulator.staffing import fee
from tui.planning.draft import Draft
from tui.planning.outline import outline

_VALUE = 14
"""Characters of a usual value, its quotes included; a list is taken to have four."""
_FRAME = 22
"""Characters that a reply and an order spend on a record: its id and brackets."""


@dataclass(frozen=True)
class StepEstimate:
    step: str
    money: float
    minutes: float
    """How long the step itself takes, its review included."""
    yours: float = 0.0
    """Your own minutes."""


@dataclass(frozen=True)
class Estimate:
    """A trial as it is likely to go if nothing has to be done again."""

    steps: tuple[StepEstimate, ...]
    money: float
    minutes: float
    """On the critical path."""
    yours: float
    left_out: int
    """Steps that do not say yet what they are to give."""


def estimate(draft: Draft, cast: Mapping[str, Persona], piloted: float = 0.0) -> Estimate:
    """What a trial of the draft, as it stands, is likely to take, with what pilots cost."""
    blueprints = outline(draft, cast)
    found = {b.step.id: _step(b) for b in blueprints}
    finish: dict[str, float] = {}

    def finished(b: Blueprint, on_the_way: frozenset[str]) -> float:
        name = b.step.id
        if name not in finish:
            sources = [
                one for one in blueprints if one.step.id in b.upstream and one.step.id != name
                and one.step.id not in on_the_way
            ]  # fmt: skip
            start = max((finished(one, on_the_way | {name}) for one in sources), default=0.0)
            finish[name] = start + found[name].minutes
        return finish[name]

    return Estimate(
        tuple(found.values()),
        sum(one.money for one in found.values()) + piloted,
        max((finished(b, frozenset()) for b in blueprints), default=0.0),
        sum(one.yours for one in found.values()),
        len(draft.steps) - len(found),
    )


def _step(b: Blueprint) -> StepEstimate:
    sheets = sum(b.scenario.records.sample.values())
    usual = sheets if b.finds else max(1, round(sheets * _rows(b.scenario)))
    size = _most(b.step.takes, usual)
    if b.step.is_you:
        yours = size * b.persona.seconds / 60
        return StepEstimate(b.step.id, 0.0, yours, yours)
    if b.step.is_code:
        return StepEstimate(b.step.id, 0.0, 0.0)
    if b.specialist is not None:
        return _trained(b, size)
    # What an example shows takes reading the learner's words, which is not quick: it is guessed.
    bare = replace(b, step=b.step.model_copy(update={"examples": ()}))
    money, minutes = _calls(b, b.persona, bare.head, size, b.step.votes)
    looked_at = _most(b.step.review.takes if b.step.review else None, size)
    if b.reviewer is not None and b.reviewer.kind == YOU:
        yours = looked_at * b.reviewer.seconds / 60
        return StepEstimate(b.step.id, money, minutes + yours, yours)
    if b.reviewer is not None:
        more = _calls(b, b.reviewer, bare.review_head, looked_at)
        money, minutes = money + more[0], minutes + more[1]
    return StepEstimate(b.step.id, money, minutes)


def _trained(b: Blueprint, size: int) -> StepEstimate:
    """A specialist is paid for the training, and by the record."""
    asked = _answer(Head("work", "", "", tuple(map(_named, b.step.produces))))
    tokens = size * (_record(b.scenario, Head("work", "", "", ()), True) + asked) / 1000
    money = fee(len(b.solved)) + tokens * b.persona.price
    return StepEstimate(b.step.id, money, tokens * b.persona.seconds / 60)


def _named(name: str) -> Asked:
    return Asked(name, "")


def _most(takes: Takes | None, size: int) -> int:
    """How many of so many records are taken at most: how many pass its test is not known."""
    return size if takes is None or takes.most is None else min(size, takes.most)


def _calls(
    b: Blueprint, who: Persona, head: Head, size: int, votes: int = 1
) -> tuple[float, float]:
    """Money and minutes of all the calls of a head, each made so many times."""
    batch = size if b.step.batch == "all" else min(size, b.step.batch)
    calls = -(-size // batch)
    fixed = tokens_in(system_message(who, head)) + tokens_in(head_text(head))
    if head.role == "work":
        solved = {sheet.id: sheet for sheet in b.scenario.sheets("archive")}
        shown = (shown_text(b.scenario, solved[name]) for name in b.step.examples)
        fixed += sum(tokens_in(text) + _FRAME + round(_answer(head)) for text in shown)
    answered = _answer(head) * (_rows(b.scenario) if head.rows else 1.0)
    each = _record(b.scenario, head, b.reads_records) + answered
    if b.step.retrieves is not None:
        each += b.step.retrieves.k * b.step.retrieves.chunk
    money = votes * (calls * fixed + size * each) / 1000 * who.price
    longest = (fixed + batch * each) / 1000 * who.seconds
    rounds = -(-votes * calls // who.hands)
    return money, rounds * longest / 60


def _record(scenario: Scenario, head: Head, reads_records: bool) -> float:
    """Tokens of a usual record as it is sent."""
    given = sum(map(_value, head.inputs)) * 4
    if not reads_records:
        return (given + _FRAME) / 4
    seen = [*scenario.sheets("preview"), *scenario.sheets("archive")]
    texts = [len(item_text(Item(record.id, shown_text(scenario, record)))) for record in seen]
    # Rows of one text show it once.
    each = 1.0 if head.rows else _rows(scenario)
    return (given + (fmean(texts) / each if texts else 0.0)) / 4


def _rows(scenario: Scenario) -> float:
    """How many rows a usual record has, as the solved ones tell; 1 where there are no rows."""
    solved = scenario.sheets("archive")
    if scenario.records.rows is None or not solved:
        return 1.0
    return max(1.0, sum(len(answers(scenario, sheet)) for sheet in solved) / len(solved))


def _answer(head: Head) -> float:
    """Tokens of a usual answer for one record."""
    if head.role == "review":
        return (_FRAME + 2 * _VALUE) / 4
    return _FRAME / 4 + sum(map(_value, head.asked))


def _value(asked: Asked) -> float:
    """Tokens of a usual value under its name."""
    return (len(asked.name) + 4 + _VALUE * (4 if asked.list else 1)) / 4
