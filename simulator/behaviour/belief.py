"""What an intern holds in its head during one call: what reached it, and what it believes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scenarios.language.values import canonical
from scenarios.model import Value
from scenarios.scenario import Field, Record, Scenario
from simulator.behaviour.job import Decision, Job
from simulator.behaviour.mistakes import mistaken
from simulator.behaviour.telling import Rule, Verdict, understood
from simulator.draws import Draws
from simulator.order import Paper
from simulator.prose import held
from simulator.slip import Cause, Slip


@dataclass(frozen=True, slots=True)
class Aside:
    """What reaches a simulated intern beside its messages: the truth, its luck, and the round."""

    scenario: Scenario
    draws: Draws
    role: str = "work"
    rounds: Mapping[str, int] = field(default_factory=dict)
    """For records that came back how often they did."""
    spared: Collection[tuple[str, str | None, str | None]] = ()
    """What fails nothing here: causes with the field and the requirement that they are about."""

    def round(self, record: str) -> int:
        return self.rounds.get(record, 0)

    def spares(self, cause: str, field: str | None = None, requirement: str | None = None) -> bool:
        """Whether a cause is switched off."""
        return bool(self.spared) and (cause, field, requirement) in self.spared

    def verdict(self, rule: Rule, who: str) -> Verdict:
        """How a rule is taken; one that is spared for how it was taken is as good as clear."""
        verdict = understood(rule, self.draws, who)
        cause = "unstated" if verdict == "absent" else verdict
        needed = rule.requirement
        return "clear" if self.spares(cause, needed.governs, needed.id) else verdict


class Failure(NamedTuple):
    """Why a decision went wrong, by which rule, and what came out."""

    cause: Cause
    rule: Rule | None
    value: Value


@dataclass(slots=True)
class Belief:
    """What the intern holds of one record during a call."""

    record: Record
    has_text: bool
    values: dict[str, Value]
    wrong: set[str]
    """The fields whose value is not the truth."""
    slips: dict[str, Slip] = field(default_factory=dict)
    passages: tuple[Paper, ...] = ()
    """What was found for the record in a collection."""


class Call:
    """One call as its intern sees it. `beliefs` are the records that it handles, in their order."""

    def __init__(self, job: Job, aside: Aside, present: frozenset[str]) -> None:
        self.job = job
        self.scenario = aside.scenario
        self.aside = aside
        self.who = job.persona.id
        self.present = present
        self.beliefs: list[Belief] = []
        self._verdicts: dict[int, Verdict] = {}

    def draw(self, mechanism: str, record: str, about: int = -1) -> float:
        aside = self.aside
        return aside.draws(
            mechanism,
            record=record,
            about=about,
            who=self.who,
            role=aside.role,
            round=aside.round(record),
        )

    def verdict(self, rule: Rule) -> Verdict:
        verdict = self._verdicts.get(rule.index)
        if verdict is None:
            verdict = self._verdicts[rule.index] = self.aside.verdict(rule, self.who)
        return verdict

    def mistake(self, decision: Decision, belief: Belief, place: int, right: Value) -> Value:
        """A plausible wrong value; the same slip gives the same value in every trial.

        Two votes that slip on the same thing need not slip alike.
        """
        key = f"{belief.record.id}|{decision.index}|{self.who}"
        if self.aside.role not in ("work", "review"):
            key += f"|{self.aside.role}"
        return mistaken(decision.field, right, key, self.neighbour(decision, place))

    def neighbour(self, decision: Decision, place: int) -> Value:
        """The value of the next record of the call that has one: the usual thing to slip into."""
        others = [*self.beliefs[place + 1 :], *self.beliefs[:place]]
        if decision.field.type == "record":
            return others[0].record.id if others else None
        values = (other.record.truth.get(decision.field.name) for other in others)
        return next((value for value in values if value is not None), None)

    def right(self, name: str, value: Value, record: Record) -> bool:
        return is_right(self.scenario, self.scenario.field[name], value, record)


def is_right(scenario: Scenario, field: Field, value: Value, record: Record) -> bool:
    """Whether a value is the truth of a record.

    Prose is right by its points; one that is free to be made or not is right either way.
    """
    truth = record.truth.get(field.name)
    if field.wording is not None and truth is None:
        return True
    if field.points:
        value = held(record, scenario.points[field.name], value)
    return same(value, truth, field)


def same(a: Value, b: Value, field: Field) -> bool:
    """Whether two values of a field are the same value."""
    if a is b or (type(a) is type(b) and a == b):
        return True
    return bool(canonical(a, field.type) == canonical(b, field.type))
