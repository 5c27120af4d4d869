"""Whether what an author wrote of a rule is understood: as it stands, and in other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agents.gate.finding import Finding
from agents.gate.subject import Subject
from scenarios.scenario import Requirement
from simulator.reading import Reading
from simulator.text_reader import LOCAL

_HEARD = 0.5
"""The chance of being taken as said from which an exemplar counts as heard."""
_SHOWN = 3
"""Sentences of a rule that are quoted: the rest are counted."""


def read_as_meant(subject: Subject) -> Iterator[Finding]:
    """The author's own sentences are understood, and only as the rule that they are to say."""
    rules = subject.scenario.requirements
    for rule in rules:
        for sentence in rule.said:
            found = LOCAL.read(sentence, rules)
            clear = {other.id: one.clear for other, one in zip(rules, found, strict=True)}
            own = clear.pop(rule.id)
            thief = max(clear, key=clear.__getitem__, default="")
            if thief and clear[thief] >= _HEARD:
                yield subject.of_rule(
                    "read as meant", rule,
                    f'"{sentence}" is also taken to say the rule of `{thief}` '
                    f"({clear[thief]:.0%} clear): one of them steals the other's words.",
                    f"Say it more differently from what `{thief}` says, or give both an `object`.",
                )  # fmt: skip
            elif own < _HEARD:
                yield subject.of_rule(
                    "read as meant", rule,
                    f'"{sentence}" is to say the rule, and is not understood so ({own:.0%} clear).',
                    "Word it more plainly, or add words to `concepts` and `object`.", fails=False,
                )  # fmt: skip


def in_other_words(subject: Subject) -> Iterator[Finding]:
    """Each of the author's sentences is understood where it does not stand itself, by the others.

    A learner will use none of them word for word. What is listed fails nothing: the reader takes
    more sentences that say much the same for less sure, and more of them make it surer.
    """
    rules = subject.scenario.requirements
    for place, rule in enumerate(rules):
        said = [
            f'"{sentence}" ({_taken(found)})'
            for sentence, found in _left_out(rules, place, "said")
            if found.clear < _HEARD
        ]
        against = [
            f'"{sentence}" ({found.clear:.0%} clear)'
            for sentence, found in _left_out(rules, place, "contradicted")
            if found.clear >= _HEARD
        ]
        if said:
            yield subject.of_rule(
                "in other words", rule,
                f"Of {len(rule.said)} ways to say the rule {len(said)} would not be understood if "
                f"they did not stand in the list: {_first(said)}. A learner may word it so.",
                "Add more that are like them to `said`, or their words to `concepts` and `object`.",
                fails=False,
            )  # fmt: skip
        if against:
            yield subject.of_rule(
                "in other words", rule,
                f"Of {len(rule.contradicted)} ways to say the opposite {len(against)} would be "
                f"taken for the rule if they did not stand in the list: {_first(against)}.",
                "Add more that are like them to `contradicted`, or their values to `rivals`.",
                fails=False,
            )  # fmt: skip


def _left_out(rules: Sequence[Requirement], place: int, kind: str) -> Iterator[tuple[str, Reading]]:
    """Each sentence of a kind, and how it is read by its rule without it."""
    rule = rules[place]
    sentences: tuple[str, ...] = getattr(rule, kind)
    for sentence in sentences if len(sentences) > 1 else ():
        rest = tuple(one for one in sentences if one != sentence)
        without = rule.model_copy(update={kind: rest})
        read = LOCAL.read(sentence, (*rules[:place], without, *rules[place + 1 :]))
        yield sentence, read[place]


def _taken(found: Reading) -> str:
    chances = {
        "taken for the opposite": found.contradicted, "only vague": found.vague,
        "nothing of the rule is heard": found.absent,
    }  # fmt: skip
    return max(chances, key=chances.__getitem__)


def _first(quoted: Sequence[str]) -> str:
    more = len(quoted) - _SHOWN
    shown = "; ".join(quoted[:_SHOWN])
    return f"{shown}; and {more} more" if more > 0 else shown
