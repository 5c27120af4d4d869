"""What few scenarios say: acts, points, groups, collections, news. Every name means something."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from scenarios.errors import quoted
from scenarios.field import Field
from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.judgement import judged_names
from scenarios.references import check_expression, known, unique
from scenarios.scenario import Scenario


def check_extensions(scenario: Scenario, columns: Collection[str], source: Source) -> None:
    """Raise InputError for the first name in `source` that means nothing, or means two things.

    `columns` are those of the records.
    """
    names = [*scenario.field, *columns]
    for i, field in enumerate(scenario.fields):
        _check_field(scenario, field, names, ("fields", i), source)
    _check_points(scenario, source)
    _check_acts(scenario, columns, source)
    _check_collections(scenario, source)
    _check_later(scenario, names, source)


def _check_field(
    scenario: Scenario, field: Field, names: Iterable[str], place: Place, source: Source
) -> None:
    _all_known(field.look_in, scenario.document, "document", (*place, "look_in"), source)
    for i, keys in enumerate(field.same_as.or_keys if field.same_as else ()):
        at = (*place, "same_as", "or_keys", i)
        _all_known(keys, names, "field or column", at, source)
    follows = field.formula is not None or field.same_as or field.group
    if field.look_in and follows:
        mend = "delete it, or put it on the field that this one follows from"
        raise source.error((*place, "look_in"), "is for a field that is looked up", mend)
    group = field.group
    if group is None:
        return
    at = (*place, "group")
    if field.formula is not None or field.same_as:
        raise source.error(at, "cannot stand beside a formula or 'same_as'", "delete one")
    if field.type not in ("number", "money") or field.list:
        mend = "write 'type: number' or 'type: money'"
        raise source.error(at, "gives a number, which this field is not", mend)
    if (group.on is None) != (group.within_days is None):
        raise source.error(at, "has only one of within_days and on", "give both, or neither")
    _all_known(group.keys, names, "field or column", (*at, "keys"), source)
    for key, name in (("on", group.on), ("total_of", group.total_of)):
        if name is not None:
            known(name, names, "field or column", (*at, key), source)


def _check_points(scenario: Scenario, source: Source) -> None:
    owner: dict[str, str] = {}
    for i, field in enumerate(scenario.fields):
        place: Place = ("fields", i)
        if (field.type == "prose") != bool(field.points):
            mend = "give 'type: prose' and 'points: [...]' together, or neither"
            raise source.error(place, "is prose without points, or has points without it", mend)
        for j, name in enumerate(field.points):
            at: Place = (*place, "points", j)
            worded = [point.name for point in scenario.fields if point.wording is not None]
            known(name, worded, "boolean field with a 'wording'", at, source)
            if name in owner:
                problem = f"{quoted(name)} is already a point of {quoted(owner[name])}"
                raise source.error(at, problem, "keep it in one of them")
            owner[name] = field.name
    for i, field in enumerate(scenario.fields):
        place = ("fields", i, "wording")
        if field.wording is None:
            continue
        if field.type != "boolean" or field.list:
            raise source.error(place, f"is given for a {field.type}", "write 'type: boolean'")
        if not field.hidden:
            raise source.error(place, "is for a point of prose, which is hidden", "delete 'hidden'")
        if field.name not in owner:
            mend = f"add 'points: [{field.name}]' to the prose it belongs to"
            raise source.error(place, "belongs to no prose", mend)


def _check_acts(scenario: Scenario, columns: Collection[str], source: Source) -> None:
    fields = [field.name for field in scenario.deliverable]
    everything = judged_names(scenario, columns)
    got = [name for name in everything if name.partition(".")[0] == "got"]
    unique(((("acts", i, "id"), act.id) for i, act in enumerate(scenario.acts)), source)
    for i, act in enumerate(scenario.acts):
        place = ("acts", i)
        known(act.field, fields, "field of the deliverable", (*place, "field"), source)
        check_expression(act.done, got, (*place, "done"), source)
        for key, text in (("wanted", act.wanted), ("free", act.free)):
            if text is not None:
                check_expression(text, everything, (*place, key), source)


def _check_collections(scenario: Scenario, source: Source) -> None:
    places = ((("collections", i, "id"), c.id) for i, c in enumerate(scenario.collections))
    unique(places, source, dict.fromkeys(scenario.document, "a document"))
    for i, collection in enumerate(scenario.collections):
        at = ("collections", i, "documents")
        _all_known(collection.documents, scenario.document, "document", at, source)


def _check_later(scenario: Scenario, names: Collection[str], source: Source) -> None:
    unique(((("events", i, "id"), event.id) for i, event in enumerate(scenario.events)), source)
    for i, event in enumerate(scenario.events):
        place = ("events", i)
        if event.where is not None:
            check_expression(event.where, names, (*place, "where"), source)
        for name, text in event.sets.items():
            known(name, scenario.field, "field", (*place, "sets", name), source)
            check_expression(text, names, (*place, "sets", name), source)
    asked = ((("forecasts", i, "id"), one.id) for i, one in enumerate(scenario.forecasts))
    unique(asked, source)
    for i, forecast in enumerate(scenario.forecasts):
        if (forecast.of is None) == (forecast.limit is None):
            raise source.error(("forecasts", i), "needs 'of' or 'limit'", "give one of the two")
    about_job = {field.name for field in scenario.fields if field.about == "job"}
    for name in scenario.job.truth if scenario.job else ():
        at = ("job", "truth", name)
        known(name, sorted(about_job), "field with 'about: job'", at, source)


def _all_known(
    used: Iterable[str], names: Iterable[str], noun: str, place: Place, source: Source
) -> None:
    names = list(names)
    for i, name in enumerate(used):
        known(name, names, noun, (*place, i), source)
