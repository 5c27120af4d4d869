"""What is said of judging: losses, limits and medals. Every expression and every name fits."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from scenarios.errors import quoted
from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.references import check_expression, known
from scenarios.scenario import Limit, Scenario


class _Keys(NamedTuple):
    """The keys that a limit needs for its metric, and those that it may have as well."""

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


NEEDS: Mapping[str, _Keys] = {
    "count": _Keys(("of", "says"), ("among",)),
    "share": _Keys(("of", "says"), ("among", "weight")),
    "gap": _Keys(("of", "groups", "says"), ("among", "weight")),
    "wrong_fields": _Keys((), ("field",)),
    "rows_found": _Keys((), ("field",)),
    "order": _Keys(("field",)),
}
"""By metric; the others need none of these keys. Every limit may say what it is."""
_KEYS = ("of", "among", "weight", "field", "groups")
_SPACES = ("got", "true")


def check_judgement(scenario: Scenario, columns: Collection[str], source: Source) -> None:
    """Raise InputError for the first thing in `source` by which work cannot be judged.

    `columns` are those of the records.
    """
    for place, name in [
        *((("fields", i, "name"), field.name) for i, field in enumerate(scenario.fields)),
        *((("records",), name) for name in columns),
    ]:
        if name in _SPACES:
            problem = f"{quoted(name)} is what was delivered or what is true, and no other name"
            raise source.error(place, problem, "give the field or column another name")
    names = judged_names(scenario, columns)
    check_expression(scenario.loss.each, names, ("loss", "each"), source)
    true = [name for name in names if name.partition(".")[0] != "got"]
    check_expression(scenario.loss.missing, true, ("loss", "missing"), source)
    for i, limit in enumerate(scenario.accept):
        _check_limit(scenario, limit, columns, ("accept", i), source)
    medals = scenario.medals
    if not medals.bronze <= medals.silver <= medals.gold:
        raise source.error(("medals",), "are out of order", "bronze <= silver <= gold")


def judged_names(scenario: Scenario, columns: Collection[str]) -> list[str]:
    """What an expression over a judged record may use (`simulator.scoring.metrics.names_of`)."""
    fields = [field.name for field in scenario.deliverable]
    names = [f"{space}.{name}" for space in _SPACES for name in fields]
    return [*(_SPACES if len(fields) == 1 else ()), *names, *scenario.field, *columns]


def _check_limit(
    scenario: Scenario, limit: Limit, columns: Collection[str], place: Place, source: Source
) -> None:
    metric = limit.metric
    if limit.at_most is None and limit.at_least is None:
        raise source.error(place, "has no limit", "add 'at_most: ...'")
    keys = NEEDS.get(metric, _Keys())
    for key in keys.needs:
        if not (getattr(limit, key) or "").strip():
            raise source.error(place, f"`{metric}` needs `{key}`", f"add '{key}: ...'")
    for key in _KEYS:
        if getattr(limit, key) is not None and key not in (*keys.needs, *keys.may):
            raise source.error((*place, key), f"is not for `{metric}`", "delete it")
    for key in ("of", "among", "weight"):
        text = getattr(limit, key)
        if text is not None:
            names = judged_names(scenario, columns)
            check_expression(text, names, (*place, key), source)
    deliverable = [field.name for field in scenario.deliverable]
    if limit.field is not None:
        noun = "field of the deliverable"
        known(limit.field, deliverable, noun, (*place, "field"), source)
    if limit.groups is not None:
        names = [*scenario.field, *columns]
        known(limit.groups, names, "field or column", (*place, "groups"), source)
    _check_scene(scenario, limit, place, source)
    _check_words(scenario, limit, place, source)


def _check_scene(scenario: Scenario, limit: Limit, place: Place, source: Source) -> None:
    """What a metric counts has to be there at all."""
    there = {
        "recall": (scenario.collections, "facts of a collection", "add 'collections: [...]'"),
        "rows_found": (scenario.records.rows, "rows", "add 'rows: ...' under 'records'"),
        "breaches": (scenario.acts, "acts", "add 'acts: [...]'"),
        "harm": (scenario.acts, "acts", "add 'acts: [...]'"),
        "points": (scenario.points, "prose", "add a field of 'type: prose'"),
        "said_wrongly": (scenario.points, "prose", "add a field of 'type: prose'"),
    }
    thing, noun, mend = there.get(limit.metric, (True, "", ""))
    if not thing:
        raise source.error((*place, "metric"), f"counts {noun}, and there are none", mend)


def _check_words(scenario: Scenario, limit: Limit, place: Place, source: Source) -> None:
    """Reports are for learners, who do not know what is hidden."""
    if limit.says is None:
        return
    if not limit.says.strip():
        raise source.error((*place, "says"), "is empty", "say what is measured")
    words = set(re.findall(r"\w+", limit.says.casefold()))
    for field in scenario.fields:
        if field.hidden and field.name in words:
            mend = "say it in other words"
            raise source.error(
                (*place, "says"), f"names {quoted(field.name)}, a hidden field", mend
            )
