"""Exceptions that code does not make, found out from the solved records of the archive.

What the code would give for them is compared with how they were solved. Where several were solved
alike and otherwise than the code would, and what arrives or a column of the records tells them from
all the rest, code can make the exception.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from scenarios.language.operations import SetTo
from scenarios.language.syntax import MAX_LENGTH
from scenarios.model import Value
from scenarios.plans.plan import Step
from simulator.blueprint import Blueprint
from simulator.coaching.ruling import taken, unused
from simulator.debriefing.attribution import on_true_inputs

SEVERAL = 2
"""Fewer solved records that have something alike are chance."""
MOST = 3
"""Ways to tell the records of one exception from the rest that are tried."""
ROOM = MAX_LENGTH - 100
"""Characters of an exception, at most; what it is an exception to takes some, too."""

Row = Mapping[str, Value]


def exceptions(blueprint: Blueprint, result: str) -> Iterator[Step]:
    """A step of code with an exception more in what it gives as `result`."""
    scenario, means = blueprint.scenario, blueprint.results[result]
    solved = tuple(record.id for record in scenario.lots["archive"])
    coded = any(one.set == result for one in blueprint.step.does)
    if means.field is None or means.points or not coded:
        return
    on_file = {name: scenario.record[name].on_file for name in solved}
    wanted = {name: means.tell(on_file[name].get(means.field.name)) for name in solved}
    given = on_true_inputs(blueprint, solved)
    wrong = [name for name in solved if not means.agree(given[name].get(result), wanted[name])]
    rows = {name: _told(blueprint, name) for name in solved}
    for value in dict.fromkeys(wanted[name] for name in wrong if _is_word(wanted[name])):
        theirs = [rows[name] for name in wrong if wanted[name] == value]
        others = [rows[name] for name in solved if wanted[name] != value]
        if len(theirs) >= SEVERAL:
            told = (f"{value!r} if {condition}" for condition in _conditions(theirs, others))
            for exception in islice((text for text in told if len(text) < ROOM), MOST):
                yield _but(blueprint, result, exception)


def _told(blueprint: Blueprint, record: str) -> Row:
    """What the code can see of a solved record, by name: words, yes and no."""
    scenario = blueprint.scenario
    row = dict(scenario.record[record].columns) if blueprint.reads_records else {}
    for one in blueprint.arriving:
        if one.field is not None:
            row[one.name] = one.tell(scenario.record[record].on_file.get(one.field.name))
    return {name: value for name, value in row.items() if _is_word(value)}


def _is_word(value: Value) -> bool:
    """Whether it is no amount and no list: those are seldom the same for a reason."""
    return value is None or isinstance(value, str | bool)


def _conditions(theirs: Sequence[Row], others: Sequence[Row]) -> Iterator[str]:
    """What is true of some rows and of no others: one thing about them, and another if need be.

    What is true of the fewest others comes first. Then what has the fewest values: with more of
    them it is no wonder that rows differ.
    """
    rows = (*theirs, *others)
    values = {name: [r[name] for r in rows] for name in theirs[0] if all(name in r for r in rows)}
    names = {repr(all_): name for name, all_ in reversed(values.items())}.values()
    alike = [name for name in names if len({row[name] for row in theirs}) == 1]
    same = {name: [row for row in others if row[name] == theirs[0][name]] for name in alike}
    for name in sorted(alike, key=lambda name: len(same[name])):
        first = f"{name} == {theirs[0][name]!r}"
        if not same[name]:
            yield first
            continue
        for other in sorted(names, key=lambda name: len(set(values[name]))):
            ours = dict.fromkeys(row[other] for row in theirs)
            rest = dict.fromkeys(row[other] for row in same[name])
            if other != name and ours.keys().isdisjoint(rest):
                yield f"{first} and {_among(other, list(ours), list(rest))}"


def _among(name: str, ours: list[Value], others: list[Value]) -> str:
    """That something is one of ours and none of the others, whichever are fewer."""
    if len(others) <= len(ours):
        return f"{name} not in {others!r}" if others[1:] else f"{name} != {others[0]!r}"
    return f"{name} in {ours!r}" if ours[1:] else f"{name} == {ours[0]!r}"


def _but(blueprint: Blueprint, result: str, exception: str) -> Step:
    """The step with an exception to the last operation that sets a result."""
    step = blueprint.step
    place = max(i for i, one in enumerate(step.does) if one.set == result)
    own = unused(taken(blueprint.plan, step))
    does = (
        *step.does[:place], step.does[place].model_copy(update={"set": own}),
        SetTo(set=result, to=f"{exception} else {own}"), *step.does[place + 1 :],
    )  # fmt: skip
    return step.model_copy(update={"does": does})
