"""Everything that a scenario has to pass, item by item: the command and the tests ask the same.

An item has a name that can be read and asked for ("attack bare-nouns"), and is answered by its
findings; none means that it passes. Items of one scenario share the runs of its plans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from agents.gate import bands
from agents.gate.attacks import AttackResult
from agents.gate.checks import CHECKS
from agents.gate.finding import Finding
from agents.gate.gate import TRIALS, Gate
from agents.gate.matters import matters, unlisted
from agents.gate.subject import Subject
from agents.gate.voices import VOICES
from scenarios.bands import TRIED, load_bands
from scenarios.errors import InputError
from scenarios.files.source import is_file
from scenarios.plans.removals import Removals, load_removals

EXPERT = "expert"
FAILING = ("empty", "naive")
"""The plans that must earn nothing, where they are there; one of them must be."""


@dataclass(frozen=True)
class Item:
    """One question to a scenario. `ask` may raise KeyboardInterrupt, and no InputError."""

    name: str
    ask: Callable[[], list[Finding]]


def quick(subject: Subject) -> list[Item]:
    """What is found by reading: no trial is run."""
    return [_item(subject, name, partial(check, subject)) for name, check in CHECKS.items()]


def full(subject: Subject, *, jobs: int = 1, trials: int = TRIALS) -> list[Item]:
    """The whole gate: what is found by reading, then by trials of the plans (seed 1).

    Bands are tried as they say themselves. Raises InputError where a file of the folder is not as
    it should be.
    """
    found = quick(subject)
    if EXPERT not in subject.plans:
        return [*found, _item(subject, EXPERT, partial(_no_plan, subject, EXPERT))]
    gate = Gate(subject.folder, subject.cast, trials=trials, jobs=jobs)
    found += _promises(subject, gate) + _bands(subject, gate)
    found += [_item(subject, f"voice {name}", partial(voice, subject, gate, name))
              for name in VOICES]  # fmt: skip
    found.append(_item(subject, "attacks can be measured", partial(measured, subject, gate)))
    found += [_item(subject, f"attack {name}", partial(attack, subject, gate, name))
              for name in gate.attacks]  # fmt: skip
    return found + _removals(subject, gate)


def _item(subject: Subject, name: str, ask: Callable[[], Iterator[Finding]]) -> Item:
    def answered() -> list[Finding]:
        try:
            return list(ask())
        except InputError as error:
            return [subject.files.of_error(name.split(" ", maxsplit=1)[0], error)]

    return Item(name, answered)


def _no_plan(subject: Subject, name: str) -> Iterator[Finding]:
    says = f"There is no plan '{name}'."
    mend = f"Write plans/{name}.yaml: nothing else can be measured without it."
    yield subject.files.finding("plans", says, mend)


def _promises(subject: Subject, gate: Gate) -> list[Item]:
    poor = [name for name in FAILING if name in subject.plans]
    items = [
        _item(subject, f"{name} fails", partial(bands.promised, subject, name, gate.bench))
        for name in poor
    ]
    if not poor:
        items.append(_item(subject, "naive fails", partial(_no_plan, subject, "naive")))
    earns = partial(bands.promised, subject, EXPERT, gate.bench)
    return [*items, _item(subject, "expert earns gold", earns)]


def _bands(subject: Subject, gate: Gate) -> list[Item]:
    loaded = load_bands(subject.folder)
    kept = loaded[0] if loaded else None
    seed, trials = (kept.seed, kept.trials) if kept else (gate.bench.seed, gate.bench.trials)
    items = [_item(subject, "bands signed", partial(bands.signature, subject, kept))]
    for name in subject.plans:
        for lot in TRIED:
            bench = gate.bench.on(lot, seed=seed, trials=trials)
            ask = partial(bands.judged, subject, kept, name, lot, bench)
            items.append(_item(subject, f"band {name} {lot}", ask))
    return items


def voice(subject: Subject, gate: Gate, name: str) -> Iterator[Finding]:
    """What is wrong with one voice of the expert's plan: missing, copied, or unlike the others."""
    file = f"plans/{name}.yaml"
    if name in gate.missing():
        says = f"There is no plan '{name}'."
        mend = "Write the expert's plan in that voice, without looking at the exemplars."
        yield subject.files.finding("voice", says, mend, file=file)
    for copy in gate.copies():
        if copy.voice == name:
            path = ("steps", copy.step, "instructions")
            mend = "Say it in words of that voice's own."
            yield subject.files.finding("copied", copy.in_words() + ".", mend, file=file, path=path)
    for pair in gate.voices():
        if pair.unfair and name == pair.other:
            mend = (
                "See which rule is not understood in the weaker of the two (told clearly), and "
                "give it concepts, or word it more plainly."
            )
            yield subject.files.finding("voice", pair.in_words() + ".", mend, file=file)


def measured(subject: Subject, gate: Gate) -> Iterator[Finding]:
    """Whether the expert's plan is better than the empty one, so that attacks can be measured."""
    for metric in gate.unmeasured():
        says = f"The expert's plan is no better than the empty one in {metric.replace('_', ' ')}, "
        says += "so that no attack can be measured by it."
        mend = "Mend the plan, or the traps."
        yield subject.files.finding("attack", says, mend, file=f"plans/{EXPERT}.yaml")


def attack(subject: Subject, gate: Gate, name: str) -> Iterator[Finding]:
    """What is wrong where an attack pays: from which words which rule was understood."""
    own = name in {one.id for one in gate.written}
    for result in gate.attack(name):
        if result.pays:
            path = ("attacks", name) if own else ("requirements", *_rule(result))
            yield subject.files.finding(
                "attack", f"{result.in_words()}.",
                "Take such words out of `said`, add them to `vague`, or give the rule concepts "
                "that must meet.",
                file="attacks.yaml" if own else "scenario.yaml", path=path,
            )  # fmt: skip


def _rule(result: AttackResult) -> tuple[str, ...]:
    return tuple(one.requirement for one in result.understood[:1])


def _removals(subject: Subject, gate: Gate) -> list[Item]:
    path = subject.folder / "plans" / "removals.yaml"
    listed = load_removals(path) if is_file(path) else None
    there = {one.requirement for one in listed.removals} if listed else set()
    items = [
        _item(
            subject, f"without {one.name}", partial(matters, subject, listed.plan, one, gate.bench)
        )
        for one in (listed.removals if listed else ())
        if isinstance(listed, Removals)
    ]
    return items + [
        _item(subject, f"without requirement {rule.id}", partial(_unlisted, subject, rule.id))
        for rule in subject.scenario.requirements
        if rule.id not in there
    ]


def _unlisted(subject: Subject, rule: str) -> Iterator[Finding]:
    yield unlisted(subject, rule)
