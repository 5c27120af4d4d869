"""Whether a scenario can be learned: each rule can be found out, and is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from agents.gate.finding import Finding
from agents.gate.subject import Subject
from scenarios.bands import TRIED
from scenarios.errors import InputError
from scenarios.fields import alike
from scenarios.files.source import is_file
from scenarios.language.expressions import Uncomputable, evaluate
from scenarios.model import Value
from scenarios.plans.removals import load_removals, plan_without
from scenarios.scenario import Record, Scenario, Trap


def learnable(subject: Subject) -> Iterator[Finding]:
    """Every rule is told by somebody or stands in some paper."""
    scenario = subject.scenario
    stated = {id_ for document in scenario.documents for id_ in document.states}
    known = {fact.requirement for person in scenario.stakeholders for fact in person.knows}
    for rule in scenario.requirements:
        if rule.id not in stated | known:
            yield subject.of_rule(
                "learnable", rule,
                f'Nobody can find out the rule "{rule.statement}" No paper states it, and no '
                "stakeholder knows a fact that tells it.",
                f"Quote it under `states` of a document, or give somebody a fact with "
                f"`requirement: {rule.id}`.",
            )  # fmt: skip


def needed(subject: Subject) -> Iterator[Finding]:
    """Every rule has a trap in every lot that counts, and every trap spoils what is delivered."""
    scenario = subject.scenario
    for lot in TRIED:
        used = {trap.needs for record in scenario.lots[lot] for trap in record.traps}
        for rule in scenario.requirements:
            if rule.id not in used:
                yield subject.of_rule(
                    "needed", rule,
                    f'No {lot} record needs the rule "{rule.statement}" Who was never told it '
                    "loses nothing.",
                    f"Give {lot} records a trap with `needs: {rule.id}`, or delete the rule.",
                )  # fmt: skip
    for record in scenario.record.values():
        for trap in record.traps:
            if not _spoils(scenario, record, trap):
                yield subject.files.finding(
                    "needed",
                    f"The trap on `{trap.field}` catches nobody: with its wrong answer everything "
                    "else comes out as without.",
                    "Give it another wrong answer, put it on another record, or delete it.",
                    file=scenario.records.file, path=(record.source or record.id, "traps"),
                )  # fmt: skip


def _spoils(scenario: Scenario, record: Record, trap: Trap) -> bool:
    """Whether anything delivered differs where the trap's wrong answer is believed.

    What follows otherwise than by a formula counts as spoilt with what it follows from. A field
    that nothing follows from counts as delivered: it is there to check others by.
    """
    inner = {name for parents in scenario.parents.values() for name in parents}
    ends = {field.name for field in scenario.fields if not field.hidden or field.name not in inner}
    believed: dict[str, Value] = {**record.truth, trap.field: trap.wrong}
    wrong = {trap.field}
    for _ in scenario.fields:
        before = set(wrong)
        for name, parents in scenario.parents.items():
            if name in before or before.isdisjoint(parents):
                continue
            value = _worked_out(scenario, name, {**record.columns, **believed})
            if value is None or not alike(value[0], record.truth.get(name), scenario.field[name]):
                wrong.add(name)
                if value is not None:
                    believed[name] = value[0]
        if wrong == before:
            break
    return not ends.isdisjoint(wrong)


def _worked_out(scenario: Scenario, name: str, values: Mapping[str, Value]) -> tuple[Value] | None:
    formula = scenario.field[name].formula
    if formula is None:
        return None
    try:
        return (evaluate(formula, values),)
    except Uncomputable:
        return None


def removable(subject: Subject) -> Iterator[Finding]:
    """What carries each rule can be cut out of the plan, word for word."""
    path = subject.folder / "plans" / "removals.yaml"
    if not is_file(path):
        return
    listed = load_removals(path)
    for i, removal in enumerate(listed.removals):
        try:
            plan_without(path.parent, listed.plan, removal, subject.scenario, subject.cast)
        except InputError as error:
            where = f"{removal.name}: {error.field}: " if error.field else ""
            says, mend = f"{where}{error.problem}", error.mend or "mend what is left of the plan"
            yield subject.files.finding(
                "removals", f"{says[:1].upper()}{says[1:]}.", f"{mend[:1].upper()}{mend[1:]}.",
                file="plans/removals.yaml", path=("removals", str(i + 1)),
            )  # fmt: skip
