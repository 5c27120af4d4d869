"""Specialists: small models that were trained on solved records to give one result.

They read no instructions and obey none. What they were shown of a kind of record (its traps, or
none) decides how often they are right about it; of a kind that they were never shown they know what
somebody untold knows, whose luck they share. What their labels say is what they learn, right or
wrong. They are functions: but for that luck, the same record has the same answer in every trial,
however often it is asked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.model import Value
from scenarios.persona import Persona
from scenarios.scenario import Record, Scenario, Trap
from simulator.behaviour.belief import Aside, same
from simulator.behaviour.doing import NOTHING
from simulator.consequences import chain, fallen_into
from simulator.draws import uniform
from simulator.meaning import Meaning, meaning
from simulator.order import Head, Item
from simulator.rows import in_sight
from simulator.slip import Cause, Slip
from simulator.staffing import trained_figure


def error(shown: int) -> float:
    """The chance of a wrong answer on a record of a kind of which so many were shown, at least 1.

    An inverse power law, as learning curves are; `parameters.yaml` has its source.
    """
    return float(trained_figure("trained_error") * shown ** -trained_figure("trained_decay"))


def learnt(scenario: Scenario, head: Head) -> tuple[tuple[Value, int], ...]:
    """The answers that the solved records of a head have, in the learner's words, with how often.

    The most frequent first.
    """
    name = head.asked[0].name
    counts = Counter(label for _, label in _labelled(scenario, head, name))
    return tuple(counts.most_common())


@dataclass(frozen=True, slots=True)
class Done:
    """A specialist's answers by record, under the learner's name, and what is wrong with them."""

    rows: list[dict[str, Value]]
    slips: list[Slip]


def classify(persona: Persona, aside: Aside, head: Head, items: Sequence[Item]) -> Done:
    """Answer for every record of a call; the solved records of `head` are what it has learnt."""
    result = meaning(aside.scenario, head.asked[0])
    done = Done([], [])
    if result.field is None:
        done.rows.extend({"record": item.record, result.name: NOTHING} for item in items)
        return done
    model = Learnt(aside.scenario, result, head)
    for name, has_text, _ in in_sight(aside.scenario, items):
        record = aside.scenario.record.get(name)
        if record is None:
            continue
        value, cause, requirement = model.answer(record, aside) if has_text else _UNSEEN
        if cause is not None and aside.spares(cause, result.field.name, requirement):
            value = record.truth.get(result.field.name)
        done.rows.append({"record": name, result.name: result.tell(value)})
        truth = record.truth.get(result.field.name)
        if not same(value, truth, result.field):
            done.slips.append(
                Slip(name, cause or "beyond-skill", result.name, result.field.name, requirement,
                     value, truth, who=persona.id)
            )  # fmt: skip
    return done


_Answer = tuple[Value, Cause | None, str | None]
_UNSEEN: _Answer = (None, "out-of-sight", None)


class Learnt:
    """What the solved records of a head teach about one field."""

    def __init__(self, scenario: Scenario, result: Meaning, head: Head) -> None:
        assert result.field is not None
        self.scenario = scenario
        self.field = result.field
        self.index = scenario.fields.index(result.field)
        self.chain = chain(scenario, result.field.name)
        labels: Counter[Value] = Counter()
        self._right: Counter[str] = Counter()
        self._wrong: dict[str, Counter[Value]] = {}
        for record, told in _labelled(scenario, head, result.name):
            label = result.hear(told)
            labels[label] += 1
            for kind in self.kinds(record):
                if same(label, record.truth.get(self.field.name), self.field):
                    self._right[kind] += 1
                else:
                    self._wrong.setdefault(kind, Counter())[label] += 1
        self.labels = [label for label, _ in labels.most_common()]
        """What it can answer, the most frequent first."""

    def answer(self, record: Record, aside: Aside) -> _Answer:
        """The value for a record; and, should it be wrong, the cause and the requirement."""
        truth = record.truth.get(self.field.name)
        value, cause, requirement = self._taken(record, truth, aside)
        if value not in self.labels:
            # It knows no other words than those it was shown.
            return next(iter(self.labels), None), cause or "unstated", requirement
        return value, cause, requirement

    def _taken(self, record: Record, truth: Value, aside: Aside) -> _Answer:
        for trap in self.traps(record):
            fails = self._fails(trap.needs, record)
            if fails == "unstated":
                place = list(self.scenario.requirement).index(trap.needs)
                # Whoever has the same gap shares the blind spot: the luck is everybody's.
                if aside.draws("luck", record=record.id, about=place) < trap.luck:
                    continue
            if fails == "contradicted":
                return self.mislabelled(trap.needs), fails, trap.needs
            if fails is not None:
                value = fallen_into(self.scenario, record, trap, self.field)
                if not same(value, truth, self.field):
                    return value, fails, trap.needs
        if self.traps(record):
            return truth, None, None
        fails = self._fails(_PLAIN, record)
        if fails == "contradicted":
            return self.mislabelled(_PLAIN), fails, None
        others = [label for label in self.labels if not same(label, truth, self.field)]
        if fails is None or not others:
            return truth, None, None
        pick = uniform(f"trained|{record.id}|{self.index}|other")
        return others[int(pick * len(others))], fails, None

    def kinds(self, record: Record) -> list[str]:
        """What it can be taught by a record: the rules of its traps, or that it has none."""
        return [trap.needs for trap in self.traps(record)] or [_PLAIN]

    def untaught(self, kind: str) -> Cause | None:
        """Why it cannot be right about a kind: never shown, or mostly shown wrong; else None."""
        right, wrong = self._shown(kind)
        if not right and not wrong:
            return "unstated"
        # A wrong label takes back what a right one taught.
        return "contradicted" if right <= wrong else None

    def mislabelled(self, kind: str) -> Value:
        """The wrong answer that it was shown most of a kind; None where it was shown none."""
        return next((label for label, _ in self._wrong.get(kind, Counter()).most_common(1)), None)

    def _shown(self, kind: str) -> tuple[int, int]:
        return self._right[kind], sum(self._wrong.get(kind, Counter()).values())

    def _fails(self, kind: str, record: Record) -> Cause | None:
        """Why it is wrong about a record of a kind; None where it is right."""
        if cause := self.untaught(kind):
            return cause
        right, wrong = self._shown(kind)
        u = uniform(f"trained|{record.id}|{self.index}")
        return "beyond-skill" if u < error(right - wrong) else None

    def traps(self, record: Record) -> list[Trap]:
        """The traps of a record on the way to what it answers."""
        return [trap for trap in record.traps if trap.field in self.chain and not trap.who]


_PLAIN = ""
"""The kind of records without traps."""


def _labelled(scenario: Scenario, head: Head, name: str) -> list[tuple[Record, Value]]:
    """The solved records of a head with their labels, as they are written there."""
    found = []
    for solved in head.examples:
        said = json.loads(solved.answer)
        for row in said if isinstance(said, list) else [said]:
            record = scenario.record.get(str(row.get("record", solved.record)))
            if record is not None and name in row:
                found.append((record, row[name]))
    return found
