"""What a plan has code do: operations and checks, over values that really arrive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from scenarios.errors import quoted
from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.language.operations import (
    OPERATIONS,
    Compare,
    DuplicateOf,
    LookUp,
    Operation,
    Pattern,
    SetTo,
    TotalOf,
)
from scenarios.language.values import check_pattern
from scenarios.plans.plan import RECORDS, Step, Takes, Window
from scenarios.references import check_expression, known
from scenarios.rows import LINE
from scenarios.scenario import Scenario

_FOR_PEOPLE = {
    "instructions": "code does not read: write operations under 'does'",
    "examples": "code does not learn from examples",
    "batch": "code takes each record by itself",
}


def columns_of(scenario: Scenario) -> tuple[str, ...]:
    """The names of the records' structured columns."""
    records = (record for lot in scenario.lots.values() for record in lot)
    return tuple(dict.fromkeys(name for record in records for name in record.columns))


def check_code(
    step: Step, upstream: Mapping[str, str], scenario: Scenario, source: Source, place: Place
) -> None:
    """Raise InputError for the first operation or check of `step` that could not be run.

    `upstream` names the results that the step reads.
    """
    arrives = [*upstream, *(columns_of(scenario) if RECORDS in step.reads else ())]
    if scenario.records.rows is not None:
        _check_line(step, upstream, source, place)
        arrives += [LINE] if upstream else []
    if step.is_code:
        for name, why in _FOR_PEOPLE.items():
            if source.has((*place, name)):
                raise source.error((*place, name), "is not for code", f"delete it: {why}")
        arrives = _check_operations(step, arrives, scenario, source, place)
    elif source.has((*place, "does")):
        mend = "give the step to tally, or say it in the instructions"
        raise source.error((*place, "does"), "is for code, and this step is not", mend)
    names = dict.fromkeys([*step.produces, *arrives])
    _check_takes(step.takes, dict.fromkeys(arrives), (*place, "takes"), source)
    if step.review is not None:
        _check_takes(step.review.takes, names, (*place, "review", "takes"), source)
    for i, check in enumerate(step.checks):
        check_expression(check.that, names, (*place, "checks", i, "that"), source)


def _check_line(step: Step, upstream: Mapping[str, str], source: Source, place: Place) -> None:
    """The key of what was found has its name to itself; and code can find nothing."""
    problem, mend = "is the number of the line where it was found", "give it another name"
    if LINE in step.produces:
        raise source.error((*place, "produces", LINE), problem, mend)
    for i, operation in enumerate(step.does):
        if operation.set == LINE:
            raise source.error((*place, "does", i, "set"), problem, mend)
    if step.is_code and not upstream:
        mend = "let it read a step that finds what is there"
        raise source.error((*place, "reads"), "gives code nothing to work on", mend)


def _check_takes(takes: Takes | None, names: Iterable[str], place: Place, source: Source) -> None:
    for key in ("where", "by"):
        text = getattr(takes, key, None)
        if text is not None:
            check_expression(text, names, (*place, key), source)


def _check_operations(
    step: Step, arrives: Iterable[str], scenario: Scenario, source: Source, place: Place
) -> list[str]:
    """The names that there are when the operations are done."""
    if not step.does:
        mend = "add 'does:' with a list of operations"
        raise source.error(place, "is code and has nothing to do", mend)
    names = list(arrives)
    for i, operation in enumerate(step.does):
        at = (*place, "does", i)
        _check_operation(operation, names, at, source)
        if isinstance(operation, LookUp):
            _check_look_up(operation, step, scenario, source, at)
        if "occurs_in_source" in type(operation).model_fields and RECORDS not in step.reads:
            mend = f"add '{RECORDS}' to what it reads"
            raise source.error(at, "looks into records that the step does not read", mend)
        names.append(operation.set)
    done = {operation.set for operation in step.does}
    for name in step.produces:
        if name not in done:
            mend = f"add an operation with 'set: {name}'"
            raise source.error((*place, "produces", name), "is set by no operation", mend)
    return names


def _check_operation(
    operation: Operation, names: Collection[str], place: Place, source: Source
) -> None:
    if isinstance(operation, SetTo):
        check_expression(operation.to, dict.fromkeys(names), (*place, "to"), source)
        return
    if isinstance(operation, TotalOf):
        total = operation.total_of
        summed = [] if total is None else [((*place, "total_of"), total)]
        same = (((*place, "same", i), name) for i, name in enumerate(operation.same))
        for at, name in (*summed, *same):
            known(name, dict.fromkeys(names), "value", at, source)
        _check_window(operation.within, names, place, source)
        return
    key = next(key for key, kind in OPERATIONS.items() if isinstance(operation, kind))
    used = getattr(operation, key)
    listed = isinstance(operation, Compare | DuplicateOf)
    for i, name in enumerate(used if listed else [used]):
        at = (*place, key, i) if listed else (*place, key)
        known(name, dict.fromkeys(names), "value", at, source)
    if isinstance(operation, DuplicateOf):
        _check_window(operation.within, names, place, source)
    if isinstance(operation, Pattern):
        try:
            check_pattern(operation.like)
        except ValueError as error:
            raise source.error((*place, "like"), str(error), "correct it") from None


def _check_window(
    window: Window | None, names: Collection[str], place: Place, source: Source
) -> None:
    if window is not None:
        known(window.of, dict.fromkeys(names), "value", (*place, "within", "of"), source)


def _check_look_up(
    operation: LookUp, step: Step, scenario: Scenario, source: Source, place: Place
) -> None:
    tables = {
        name: scenario.document[name].table
        for name in step.reads
        if name in scenario.document and scenario.document[name].table
    }
    at = (*place, "document")
    known(operation.document, tables, "table that this step reads", at, source)
    columns = tables[operation.document][0]
    title = f"column of {quoted(operation.document)}"
    known(operation.match, columns, title, (*place, "match"), source)
    known(operation.give, columns, title, (*place, "give"), source)
