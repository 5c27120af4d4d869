"""Requirements from elsewhere, in the many forms that a file may give them.

A scenario, a mapping or a bare list; one domain or several. Of a requirement only what the reader
uses is taken. What is wrong is an InputError.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.scenario import Requirement

_LISTS = ("said", "vague", "contradicted", "concepts", "rivals", "value", "object")


def found(source: Source) -> Iterator[tuple[str, Place, dict[str, Any]]]:
    """Each requirement of a file as it is written, with its domain and its place."""
    for domain, place, written in _written(source):
        if not isinstance(written, dict):
            raise source.error(place, "is no requirement", "write `id:` and `statement:` under it")
        own = written.get("domain")
        yield str(domain if own is None else own), place, written


def _written(source: Source) -> Iterator[tuple[str, Place, Any]]:
    """Each requirement of a file as it is written, with its domain and its place."""
    data, stem = source.data, Path(source.file).stem
    if isinstance(data, dict) and "domains" in data:
        yield from _domains(source, ("domains",), data["domains"])
    elif isinstance(data, dict) and "requirements" in data:
        yield from _domain(source, (), data, stem)
    elif isinstance(data, list) and any(isinstance(d, dict) and "requirements" in d for d in data):
        yield from _domains(source, (), data)
    elif isinstance(data, list):
        yield from _domain(source, (), data, stem)
    elif isinstance(data, dict) and data and all(_holds(one) for one in data.values()):
        yield from _domains(source, (), data)
    else:
        mend = "write `requirements:` and a list of them under it"
        raise source.error((), "holds no requirement", mend)


def _holds(value: Any) -> bool:
    return isinstance(value, list) or (isinstance(value, dict) and "requirements" in value)


def _domains(source: Source, place: Place, data: Any) -> Iterator[tuple[str, Place, Any]]:
    if not isinstance(data, dict | list):
        raise source.error(place, "is no list of domains", "write a list of domains under it")
    for key, one in data.items() if isinstance(data, dict) else enumerate(data):
        yield from _domain(source, (*place, key), one, str(key))


def _domain(source: Source, place: Place, one: Any, name: str) -> Iterator[tuple[str, Place, Any]]:
    if isinstance(one, dict):
        given = next((one[key] for key in ("domain", "id", "name") if one.get(key)), name)
        name = str(given)
        if "requirements" not in one:
            raise source.error(place, "has no requirements", "write `requirements:` and a list")
        place, one = (*place, "requirements"), one["requirements"]
    if isinstance(one, dict):
        yield from (
            (name, (*place, key), {"id": key, **value} if isinstance(value, dict) else value)
            for key, value in one.items()
        )
    elif isinstance(one, list):
        yield from ((name, (*place, at), value) for at, value in enumerate(one))
    else:
        raise source.error(place, "is no list of requirements", "write a list under it")


def _texts(value: Any) -> Any:
    """A list of texts, however deep, where a single word, a number or nothing may stand."""
    if isinstance(value, list):
        return [_texts(one) if isinstance(one, list) else _word(one) for one in value]
    return value if isinstance(value, dict) else [] if value is None else [_word(value)]


def _word(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, dict | list) else "" if value is None else str(value)


def taken(source: Source, place: Place, written: dict[str, Any]) -> Requirement:
    """A requirement as far as the reader uses it."""
    name = _word(written.get("id"))
    if not isinstance(name, str) or not name:
        raise source.error((*place, "id"), "is missing", "give the requirement an id")
    lists = {key: _texts(written[key]) for key in _LISTS if key in written}
    statement = _word(written.get("statement")) or next(iter(lists.get("said", [])), "")
    if not statement:
        mend = "write the rule in one sentence"
        raise source.error((*place, "statement"), "is missing", mend)
    # Only the texts are read: what else a scenario needs has a value that says nothing.
    rest = {"governs": "decision", "hints": ("", "", "")}
    lists["said"] = lists.get("said") or [statement]
    try:
        valid = Requirement.model_validate({"id": "any", "statement": statement, **rest, **lists})
        # An id plays no part in reading, so one from elsewhere may look as it likes.
        return valid.model_copy(update={"id": name})
    except ValidationError as error:
        first = error.errors()[0]
        where = (*place, *first["loc"])
        mend = "see `Requirement` in scenarios/scenario.py"
        raise source.error(where, first["msg"].lower(), mend) from None
