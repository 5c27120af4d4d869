"""Data into models: what does not fit is said once, in plain words, at its line, with its mend."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from pydantic import Discriminator, Tag, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.language.operations import OPERATIONS
from scenarios.model import ID, NAME, Model
from scenarios.plans.plan import STEP_ID

T = TypeVar("T", bound=Model)

_PATTERNS = {
    NAME: "use small letters, digits and _, and begin with a letter",
    ID: "use letters, digits, '-', '_' and '.', and begin with a letter or digit",
    STEP_ID: "use small letters, digits, '-' and '_', and begin with a letter",
}
_KINDS = {
    "string_type": ("must be text", "put it in quotes"),
    "int_type": ("must be a whole number", ""),
    "int_parsing": ("must be a whole number", ""),
    "int_parsing_size": ("must be a smaller number", ""),
    "int_from_float": ("must be a whole number", ""),
    "float_type": ("must be a number", ""),
    "float_parsing": ("must be a number", ""),
    "finite_number": ("must be a smaller number", ""),
    "bool_type": ("must be true or false", ""),
    "bool_parsing": ("must be true or false", ""),
    "greater_than_equal": ("must be at least {ge:g}", ""),
    "greater_than": ("must be more than {gt:g}", ""),
    "less_than_equal": ("must be at most {le:g}", ""),
    "less_than": ("must be less than {lt:g}", ""),
    "too_short": ("must hold at least {min_length}, not {actual_length}", "add what is missing"),
    "too_long": ("must hold at most {max_length}", "take some out"),
    "string_too_long": ("is longer than {max_length} characters", "shorten it"),
    "string_too_short": ("must not be empty", "write something"),
}
_MAPS = {"model_type", "model_attributes_type", "dict_type", "mapping_type"}
_LISTS = {"tuple_type", "list_type"}


def build(model: type[T], source: Source) -> T:
    """The data of `source` as a `model`. Raises InputError for the first thing that is wrong."""
    return cast(T, _validated(model, source))


def build_all(model: type[T], source: Source) -> tuple[T, ...]:
    """As `build`, for a file that holds a list."""
    return cast(tuple[T, ...], _validated(tuple[model, ...], source))  # type: ignore[valid-type]


def _validated(kind: Any, source: Source) -> object:
    if source.data is None:
        raise InputError("is empty", file=source.file, mend="write something in it")
    try:
        return TypeAdapter[object](kind).validate_python(source.data, by_alias=True, by_name=False)
    except ValidationError as error:
        raise _first(error.errors(include_url=False), kind, source) from None


def _first(errors: Sequence[ErrorDetails], kind: Any, source: Source) -> InputError:
    """The error that comes first in the file, in plain words."""
    found = [(*_follow(kind, error["loc"]), error) for error in errors]
    unknown = {place[:-1] for place, _, error in found if error["type"] == "extra_forbidden"}
    # A misspelt key is both unknown and missing: to say that it is unknown is what helps.
    # A list whose items are wrong also counts as too short, since none of them is left.
    around = {place[:end] for place, _, _ in found for end in range(len(place))}
    told = [
        item
        for item in found
        if not (item[2]["type"] == "missing" and item[0][:-1] in unknown)
        and not (item[2]["type"] == "too_short" and item[0] in around)
    ] or found
    place, model, _ = min(told, key=lambda item: source.line(item[0]) or 0)
    said = [_words(other, place, model) for at, _, other in told if at == place]
    problem, mend = said[0]
    for other, other_mend in said[1:]:
        problem += f" or {other.removeprefix('must be ')}"
        mend = mend or other_mend
    return source.error(place, problem, mend)


def _words(error: ErrorDetails, place: Place, model: type[Model] | None) -> tuple[str, str]:
    """What is wrong, and the mend."""
    type_, given, context = error["type"], error["input"], error.get("ctx", {})
    key = str(place[-1]) if place else ""
    if type_ == "extra_forbidden":
        return "is not known here", did_you_mean(key, _keys(model))
    if type_ == "missing":
        return "is missing", f"add '{key}: ...'" if isinstance(place[-1], str) else "add it"
    if given is None:
        return "is empty", "give it a value, or delete the line"
    if type_ == "literal_error":
        options = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        if len(options) == 1:
            return f"must be {options[0]}", ""
        near = did_you_mean(str(given), options)
        return "must be one of " + ", ".join(options), near if near.endswith("?") else ""
    if type_ == "string_pattern_mismatch":
        return f"cannot be {quoted(given)}", _PATTERNS.get(str(context.get("pattern")), "")
    if type_ == "operation":
        named = [str(name) for name in given if name != "set"] if isinstance(given, dict) else []
        mend = did_you_mean(named[0] if named else "", OPERATIONS, noun="operations")
        return str(error["msg"]), mend
    if type_ == "string_type" and isinstance(given, dict | list):
        return "must be text", "write one value"
    if type_ in _LISTS:
        one = f"[{quoted(given)}]" if isinstance(given, str) else "each item after a dash"
        return "must be a list", f"write {one}"
    if type_ in _MAPS:
        return "must be lines of 'name: value'", "write them below it, indented"
    if type_ in _KINDS:
        problem, mend = _KINDS[type_]
        return problem.format(**context), mend
    return str(context.get("error", error["msg"])), ""


def _keys(model: type[Model] | None) -> list[str]:
    """The keys that a file may use, as it writes them."""
    if model is None:
        return []
    fields = model.model_fields.items()
    return [field.alias or name for name, field in fields if name not in model.filled]


def _follow(kind: Any, loc: Sequence[str | int]) -> tuple[Place, type[Model] | None]:
    """The place in the file that pydantic's `loc` means, and the model around its last key.

    A `loc` also holds the tags of unions and '[key]', which no file says.
    """
    place: Place = ()
    model: type[Model] | None = None
    rest = list(loc)
    while rest:
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Annotated:
            tagged = any(isinstance(item, Discriminator) for item in parts[1:])
            kind = _tagged(parts[0], rest.pop(0)) if tagged else parts[0]
        elif origin in (Union, UnionType):
            some = [part for part in parts if part is not type(None)]
            if len(some) > 1:
                break
            kind = some[0]
        elif rest[0] == "[key]":
            break
        elif isinstance(kind, type) and issubclass(kind, Model):
            model, key = kind, rest.pop(0)
            place = (*place, key)
            field = _field(model, key)
            if field is None:
                break
            kind = field
        else:
            key = rest.pop(0)
            place = (*place, key)
            kind = _item(origin, parts, key)
    return place, model


def _tagged(union: Any, tag: str | int) -> Any:
    for option in get_args(union):
        if any(isinstance(item, Tag) and item.tag == tag for item in get_args(option)):
            return option
    return None


def _field(model: type[Model], key: str | int) -> Any:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return field.annotation
    return None


def _item(origin: Any, parts: tuple[Any, ...], key: str | int) -> Any:
    """The type of the item `key` of a mapping or a tuple; None for anything else."""
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return parts[1]
    if origin is tuple and isinstance(key, int):
        return parts[0] if parts[-1] is Ellipsis else parts[min(key, len(parts) - 1)]
    return None
