"""What a learner's results mean: which field of the scenario, if any, each of them asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from scenarios.language.values import canonical
from scenarios.model import Value
from scenarios.plans.plan import Result
from scenarios.scenario import Field, Scenario
from simulator.order import Asked
from simulator.prose import compose, heard
from simulator.reading import match

MATCHED = 0.5
"""The least probability at which a description is taken for a field (model.md)."""


@dataclass(frozen=True)
class Meaning:
    """A learner's result: the field that it asks for, and the learner's words for its choices."""

    name: str
    field: Field | None
    words: Mapping[str, str]
    """For a choice: the scenario's value -> the learner's word for it."""
    list: bool = False
    points: tuple[Field, ...] = ()
    """For prose: what may be said in it. Its value is the names of those that are, told as text."""

    def tell(self, value: Value) -> Value:
        """`value`, a value of the field, in the learner's words."""
        if self.points:
            return value if isinstance(value, str) else compose(self.points, value or ())
        if isinstance(value, str) and value in self.words:
            return self.words[value]
        if isinstance(value, tuple) and not self.list:
            return "; ".join(str(item) for item in value)
        if self.list and value is not None and not isinstance(value, tuple):
            return (value,)
        return value

    def hear(self, value: Value) -> Value:
        """The value of the field that the learner's word stands for."""
        if self.points:
            return heard(value, self.points)
        if isinstance(value, str) and self.words:
            folded = value.casefold().strip()
            for ours, theirs in self.words.items():
                if theirs.casefold().strip() == folded:
                    return ours
            return value
        if isinstance(value, list):
            return tuple(value)
        return value

    def agree(self, a: Value, b: Value) -> bool:
        """Whether two people's values are the same; texts are, that make the same points."""
        if self.points:
            a, b = self.hear(a), self.hear(b)
        return bool(canonical(a) == canonical(b))


class _Key(NamedTuple):
    scenario: int
    asked: Asked


_MEANINGS: dict[_Key, tuple[Scenario, Meaning]] = {}


def meaning(scenario: Scenario, asked: Asked) -> Meaning:
    """What `asked` means in `scenario`. Deliverable fields go by name, others by description."""
    key = _Key(id(scenario), asked)
    known = _MEANINGS.get(key)
    if known is None or known[0] is not scenario:
        if len(_MEANINGS) > 4096:
            _MEANINGS.clear()
        known = _MEANINGS[key] = (scenario, _meaning(scenario, asked))
    return known[1]


def _meaning(scenario: Scenario, asked: Asked) -> Meaning:
    field = scenario.field.get(asked.name)
    if field is None or field.hidden:
        field = _matched(scenario, asked)
    words = _words(field, asked.choices) if field else {}
    return Meaning(
        asked.name, field, words, asked.list or bool(field and field.list and not field.hidden),
        scenario.points.get(field.name, ()) if field else (),
    )  # fmt: skip


def _matched(scenario: Scenario, asked: Asked) -> Field | None:
    hidden = [field for field in scenario.fields if field.hidden]
    chances = match(asked.means, tuple(field.known_as for field in hidden))
    best = max(range(len(hidden)), key=lambda i: chances[i], default=None)
    return hidden[best] if best is not None and chances[best] >= MATCHED else None


def _words(field: Field, choices: tuple[str, ...]) -> Mapping[str, str]:
    if not field.choices:
        return {}
    if not choices:
        return {choice.value: choice.value for choice in field.choices}
    known = tuple((choice.value.replace("_", " "), *choice.known_as) for choice in field.choices)
    rows = [(p, word, i) for word in choices for i, p in enumerate(match(word, known))]
    words: dict[str, str] = {}
    for p, word, i in sorted(rows, key=lambda row: -row[0]):
        value = field.choices[i].value
        if p >= MATCHED and value not in words and word not in words.values():
            words[value] = word
    # A value for which the learner has no word arrives as the first that they listed: an intern
    # has to choose one of them.
    for choice in field.choices:
        words.setdefault(choice.value, choices[0])
    return words


def asked(scenario: Scenario, name: str, result: Result) -> Asked:
    """How a result of a plan is put to whoever produces or receives it."""
    field = scenario.field.get(name)
    if field is not None and not field.hidden and result.means is None:
        means = f"{field.description} (or null)" if field.may_be_blank else field.description
        return Asked(name, means, _choices(field), field.list)
    return Asked(name, result.means or "", result.choices, result.list)


def _choices(field: Field) -> tuple[str, ...]:
    return tuple(choice.value for choice in field.choices)
