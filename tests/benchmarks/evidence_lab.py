"""The laboratory: small made-up jobs, shaped like published experiments, for simulated interns.

A work order goes out as messages, the chat model of trials answers, and the reply is parsed, all as
in a trial. The interns are one of each tier without a talent for any kind of work. What they do is
counted over the same records and the same luck in every condition of an experiment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from agents.colleague import Answered, Call, SimulatedColleague
from scenarios.model import Value
from scenarios.persona import Persona, Tier
from scenarios.scenario import Scenario
from simulator.behaviour.belief import Aside
from simulator.draws import Draws
from simulator.order import Asked, Head, Item, Paper, WorkOrder
from simulator.parameters import TIERS, figures

RIGHT, WRONG = "as it should be", "something else"
ANSWER = {"name": "answer", "type": "text", "description": "the answer"}
FILLER = (
    "The harbour lay quiet in the morning light. A grey cat slept on the warm wall. "
    "Rain had fallen on the hills in the night. The old lamp stood near the window. "
)
_HINTS = ["a", "b", "c"]
Reply = Mapping[str, Value] | None


@dataclass
class Effort:
    """How much is simulated: records for a figure."""

    records: int = 2000

    @contextmanager
    def of(self, share: float) -> Iterator[None]:
        """With only a share of the records."""
        usual, self.records = self.records, max(50, round(self.records * share))
        try:
            yield
        finally:
            self.records = usual


EFFORT = Effort()


@cache
def colleague(tier: Tier) -> SimulatedColleague:
    """An intern of a tier with no talents."""
    names = {"small": "Sam", "mid": "Max", "frontier": "Fay"}
    name = names[tier]
    return SimulatedColleague(
        Persona(id=name.lower(), name=name, kind="intern", tier=tier, cv="An intern.")
    )


def filler(tokens: int) -> str:
    """Text of so many tokens that orders nothing and says nothing of the job."""
    wanted = tokens * 4
    return (FILLER * (wanted // len(FILLER) + 1))[:wanted]


def scenario(
    records: int, *, fields: Sequence[Mapping[str, Any]] = (ANSWER,),
    rules: Sequence[str] = (), traps: Callable[[int], Sequence[int]] = lambda _: (),
    luck: float = 0.0, documents: Sequence[Mapping[str, Any]] = (),
    more: Callable[[int], Mapping[str, Any]] = lambda _: {},
) -> Scenario:  # fmt: skip
    """A job of `records` records, each with the right answer in every field.

    `rules` govern the answer; `traps` says by which of them a record goes wrong where it is not
    known, with what `luck` to be right. `more` is what else is true of a record.
    """
    truth = {one["name"]: RIGHT for one in fields}
    made = [
        {
            "id": f"case-{i}", "lot": "practice", "stratum": "plain", "truth": truth,
            "traps": [
                {"field": "answer", "needs": f"rule-{j}", "wrong": WRONG, "luck": luck}
                for j in traps(i)
            ],
            **more(i),
        }
        for i in range(records)
    ]  # fmt: skip
    requirements = [
        {"id": f"rule-{j}", "statement": rule, "governs": "answer", "said": [rule],
         "hints": _HINTS}
        for j, rule in enumerate(rules)
    ]  # fmt: skip
    rest: dict[str, Any] = {
        "id": "laboratory", "title": "A laboratory", "track": "none", "level": 1,
        "teaches": ["clarity"], "minutes": 1, "summary": "None.", "boss": "Nobody",
        "brief": "None.", "records": {"sample": {"plain": 1}},
        "loss": {"each": "0", "missing": "0"},
        "accept": [{"metric": "wrong_records", "at_most": 0}],
        "budget": {"money": 1, "minutes": 1},
    }  # fmt: skip
    return Scenario.model_validate(
        {**rest, "fields": fields, "requirements": requirements, "documents": documents,
         "lots": {"practice": made}}
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Experiment:
    """A job and the work order for it. `batch` records go into a call.

    Where what is counted is rare, `more` times the records are worked on.
    """

    scenario: Scenario
    instructions: str = ""
    papers: tuple[Paper, ...] = ()
    batch: int = 1
    schema: bool = True
    more: int = 1
    head: Mapping[str, Any] = field(default_factory=dict)
    _held: dict[Tier, tuple[Any, list[tuple[int, str, Reply]]]] = field(default_factory=dict)

    def order(self, **changed: Any) -> Head:
        asked = tuple(
            Asked(one.name, one.description) for one in self.scenario.fields if not one.hidden
        )
        keys = {"enforce_schema": self.schema, **self.head, **changed}
        return Head("work", "case", self.instructions, asked, papers=self.papers, **keys)

    def send(
        self, tier: Tier, head: Head, items: Sequence[Item], repeat: int, rounds: int = 0
    ) -> Answered:
        """One call of one trial, through the chat model."""
        who = colleague(tier)
        back = dict.fromkeys((item.record for item in items), rounds) if rounds else {}
        aside = Aside(self.scenario, Draws(1, repeat, 0), head.role, back)
        return who.answer([Call(WorkOrder(who.persona, head, tuple(items)), aside)])[0]

    def calls(self, tier: Tier) -> Iterator[tuple[int, tuple[str, ...], Answered]]:
        """All calls: the repeat, the ids of the records in it, and what came back."""
        head, names = self.order(), tuple(self.scenario.record)
        for repeat in range(max(1, round(EFFORT.records * self.more / len(names)))):
            for at in range(0, len(names), self.batch):
                shown = names[at : at + self.batch]
                items = [Item(name, f"This is {name}.") for name in shown]
                yield repeat, shown, self.send(tier, head, items, repeat)

    def rows(self, tier: Tier) -> list[tuple[int, str, Reply]]:
        """For each repeat and record the row that came back; None where there is none."""
        key = (figures(tier), EFFORT.records)
        if tier not in self._held or self._held[tier][0] != key:
            found = [
                (repeat, name, (answered.rows or {}).get(name))
                for repeat, shown, answered in self.calls(tier)
                for name in shown
            ]
            self._held[tier] = (key, found)
        return self._held[tier][1]

    def right(self, tier: Tier) -> float:
        """The share of records with the right answer."""
        return self.answers(tier, RIGHT)

    def answers(self, tier: Tier, value: Value) -> float:
        """The share of records that came back with a certain answer."""
        rows = [row for _, _, row in self.rows(tier)]
        return sum(row is not None and bool(row["answer"] == value) for row in rows) / len(rows)


__all__ = ["ANSWER", "EFFORT", "RIGHT", "TIERS", "WRONG", "Experiment", "filler", "scenario"]
