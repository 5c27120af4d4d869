"""What a field comes to where another one on the way to it is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.language.expressions import Uncomputable, evaluate
from scenarios.model import Value
from scenarios.scenario import Field, Record, Scenario, Trap


def fallen_into(scenario: Scenario, record: Record, trap: Trap, field: Field) -> Value:
    """What a field comes to where a trap is fallen into, here or on the way to it.

    The truth, where the trap has nothing to do with it.
    """
    return worked_out(scenario, record, trap.field, trap.wrong, field)


def worked_out(scenario: Scenario, record: Record, given: str, its: Value, field: Field) -> Value:
    """What a field comes to where another, or the field itself, has a value of its own."""
    values = {**record.columns, **record.truth, given: its}
    for name in chain(scenario, field.name):
        formula = scenario.field[name].formula
        if formula is not None and name != given:
            try:
                values[name] = evaluate(formula, values)
            except Uncomputable:
                values[name] = None
    return values.get(field.name)


def chain(scenario: Scenario, name: str) -> tuple[str, ...]:
    """A field and all that it is worked out from, ancestors first."""

    def visit(one: str) -> Iterator[str]:
        for parent in scenario.parents[one]:
            yield from visit(parent)
        yield one

    return tuple(dict.fromkeys(visit(name)))
