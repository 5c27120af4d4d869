"""What the parts of a scenario say of each other: every name means something, nothing is idle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.files.source import Source
from scenarios.files.tables import read_table
from scenarios.files.yaml_values import Place
from scenarios.language.expressions import check
from scenarios.language.values import folded
from scenarios.plans.plan import RECORDS
from scenarios.scenario import Document, Field, Scenario


def check_scenario(scenario: Scenario, columns: Collection[str], source: Source) -> None:
    """Raise InputError for the first name in `source` that means nothing, or means two things.

    `columns` are those of the records. The documents' texts must have been read in.
    """
    _check_ids(scenario, source)
    _check_fields(scenario, columns, source)
    _check_documents(scenario, source)
    _check_people(scenario, source)
    _check_requirements(scenario, columns, source)


def unique(
    named: Iterable[tuple[Place, str]], source: Source, taken: Mapping[str, str] | None = None
) -> None:
    """Raise InputError at the second of two equal names, or at one that is `taken` (by what)."""
    seen = dict(taken or {})
    for place, name in named:
        if name in seen:
            problem = f"{quoted(name)} is already the name of {seen[name]}"
            raise source.error(place, problem, "give it another name")
        line = source.line(place)
        seen[name] = f"what is on line {line}" if line else "something else"


def check_expression(text: str, names: Iterable[str], place: Place, source: Source) -> None:
    """Raise InputError at `place` where `text` could not be evaluated over these names."""
    try:
        check(text, names)
    except ValueError as error:
        problem, _, mend = str(error).partition("; ")
        raise source.error(place, problem, mend) from None


def cycle(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The names around a circle in `graph` (name: what it needs), the first again last; or none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def _check_ids(scenario: Scenario, source: Source) -> None:
    documents = [(("documents", i, "id"), d.id) for i, d in enumerate(scenario.documents)]
    people = [(("stakeholders", i, "id"), s.id) for i, s in enumerate(scenario.stakeholders)]
    # A plan reads documents and records by name, and `learn_from` names documents and people.
    unique([*documents, *people], source, {RECORDS: "the records"})
    unique(((("requirements", i, "id"), r.id) for i, r in enumerate(scenario.requirements)), source)
    for i, person in enumerate(scenario.stakeholders):
        facts = ((("stakeholders", i, "knows", j, "id"), f.id) for j, f in enumerate(person.knows))
        unique(facts, source)


def _check_fields(scenario: Scenario, columns: Collection[str], source: Source) -> None:
    unique(
        ((("fields", i, "name"), field.name) for i, field in enumerate(scenario.fields)),
        source,
        dict.fromkeys(columns, "a column of the records"),
    )
    names = [*scenario.field, *columns]
    for i, field in enumerate(scenario.fields):
        place = ("fields", i)
        _check_field(field, place, source)
        for j, name in enumerate(field.follows):
            known(name, scenario.field, "field", (*place, "follows", j), source)
        if field.formula is not None:
            check_expression(field.formula, names, (*place, "formula"), source)
        if field.same_as:
            for j, name in enumerate(field.same_as.keys):
                known(name, names, "field or column", (*place, "same_as", "keys", j), source)
            if field.same_as.on:
                known(field.same_as.on, names, "field or column", (*place, "same_as", "on"), source)
    around = cycle(scenario.parents)
    if around:
        place = ("fields", next(i for i, f in enumerate(scenario.fields) if f.name == around[0]))
        problem = "is worked out from itself: " + " <- ".join(around)
        raise source.error(place, problem, "take one of them out of the other's formula")
    if not scenario.deliverable:
        mend = "take 'hidden: true' off the field that is to be delivered"
        raise source.error(("fields",), "are all hidden", mend)


def _check_field(field: Field, place: Place, source: Source) -> None:
    values = [choice.value for choice in field.choices]
    if field.type == "choice" and len(set(values)) < 2:
        raise source.error(place, "is a choice of fewer than two values", "add 'choices: [...]'")
    if field.type != "choice" and values:
        mend = "write 'type: choice', or delete them"
        raise source.error((*place, "choices"), f"are given for a {field.type}", mend)
    unique((((*place, "choices", i), value) for i, value in enumerate(values)), source)
    if not field.hidden and not field.description.strip():
        mend = "add 'description: ...', or 'hidden: true'"
        raise source.error(place, "is to be delivered and has no description", mend)
    if field.formula is not None and field.same_as:
        raise source.error((*place, "same_as"), "cannot stand beside a formula", "delete one")
    if field.same_as and (field.type != "record" or field.list):
        mend = "write 'type: record', or delete it"
        raise source.error((*place, "same_as"), "gives a record, which this field is not", mend)
    if field.same_as and (field.same_as.on is None) != (field.same_as.within_days is None):
        mend = "give both, or neither"
        raise source.error((*place, "same_as"), "has only one of within_days and on", mend)


def known(name: str, names: Iterable[str], noun: str, place: Place, source: Source) -> None:
    """Raise InputError at `place` where `name` is not among `names`, which are of kind `noun`."""
    names = list(names)
    if name not in names:
        mend = did_you_mean(name, names) if names else "there is none"
        raise source.error(place, f"{quoted(name)} is no {noun}", mend)


def _check_requirements(scenario: Scenario, columns: Collection[str], source: Source) -> None:
    people = {person.id: person for person in scenario.stakeholders}
    for i, requirement in enumerate(scenario.requirements):
        place = ("requirements", i)
        known(requirement.governs, scenario.field, "field", (*place, "governs"), source)
        if requirement.over is not None:
            names = [*scenario.field, *columns]
            check_expression(requirement.over, names, (*place, "over"), source)
        for j, id_ in enumerate(requirement.learn_from):
            at = (*place, "learn_from", j)
            known(id_, [*scenario.document, *people], "document or stakeholder", at, source)
            if id_ in people:
                told = any(fact.requirement == requirement.id for fact in people[id_].knows)
                mend = f"add a fact with 'requirement: {requirement.id}', or take {id_} out"
            else:
                told = requirement.id in scenario.document[id_].states
                mend = f"quote its words under 'states' of {id_}, or take {id_} out"
            if not told:
                raise source.error(at, f"{quoted(id_)} does not tell it", mend)
        for j, hint in enumerate(requirement.hints):
            if not hint.strip():
                raise source.error((*place, "hints", j), "is empty", "write a hint")


def _check_documents(scenario: Scenario, source: Source) -> None:
    for i, document in enumerate(scenario.documents):
        place = ("documents", i)
        if document.noise and document.states:
            mend = "delete one of the two"
            raise source.error((*place, "noise"), "is noise and states a requirement", mend)
        _check_table(document, place, source)
        for id_, words in document.states.items():
            at = (*place, "states", id_)
            known(id_, scenario.requirement, "requirement", at, source)
            if not words.strip() or folded(words) not in folded(document.text):
                problem = f"{quoted(words)} does not stand in {document.file}"
                raise source.error(at, problem, "quote its words as they stand there")


def _check_table(document: Document, place: Place, source: Source) -> None:
    if document.file.endswith(".csv"):
        try:
            read_table(document.text, document.file)
        except InputError as error:
            where = f"line {error.line} of " if error.line else ""
            problem = f"{where}{document.file} {error.problem}"
            raise source.error((*place, "file"), problem, error.mend) from None


def _check_people(scenario: Scenario, source: Source) -> None:
    for i, person in enumerate(scenario.stakeholders):
        for j, fact in enumerate(person.knows):
            at = ("stakeholders", i, "knows", j, "requirement")
            if fact.requirement is not None:
                known(fact.requirement, scenario.requirement, "requirement", at, source)
