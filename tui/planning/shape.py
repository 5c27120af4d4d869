"""What the data of a draft must look like to be shown and edited, whether or not it is a plan."""

from __future__ import annotations

from typing import Any

from scenarios.errors import InputError

_MAPS = ("produces", "review")
_WORDS = ("id", "assignee", "instructions", "else")
_NAMES = ("reads", "examples")
_LISTS: dict[str, type] = {"reads": str, "examples": str, "does": dict, "checks": dict}


def check_shape(data: Any, file: str = "") -> dict[str, Any]:
    """`data`, with a list of steps. Raises InputError where nobody could edit it."""
    if not isinstance(data, dict):
        raise InputError("is no plan", file=file, mend="it needs a list of 'steps'")
    if not isinstance(data.get("steps") or [], list):
        raise InputError("has no list of steps", file=file, mend="look at 'steps'")
    steps = [_plain(step) for step in data.get("steps") or ()]
    if not all(map(_is_step, steps)):
        raise InputError("has something else than steps", file=file, mend="look at 'steps'")
    ids = [step["id"] for step in steps]
    if len(set(ids)) < len(ids):
        raise InputError("has two steps of the same id", file=file, mend="rename one of them")
    return {**data, "steps": steps}


def _plain(step: Any) -> Any:
    """A step without what is empty; names that look like numbers are names."""
    if not isinstance(step, dict):
        return step
    step = {key: value for key, value in step.items() if value is not None}
    for key in (*_WORDS, *_NAMES):
        if key in step:
            step[key] = _word(step[key])
    return step


def _word(value: Any) -> Any:
    if isinstance(value, list):
        return [_word(item) for item in value]
    return str(value) if isinstance(value, int | float) else value


def _is_step(step: Any) -> bool:
    if not isinstance(step, dict) or not isinstance(step.get("id"), str):
        return False
    if not all(isinstance(step.get(key, ""), str) for key in _WORDS):
        return False
    if not all(isinstance(step.get(key, {}), dict) for key in _MAPS):
        return False
    if not all(_is_result(value) for value in step.get("produces", {}).values()):
        return False
    return all(_is_list(step.get(key, []), kind) for key, kind in _LISTS.items())


def _is_result(value: Any) -> bool:
    if isinstance(value, dict):
        return isinstance(value.get("choices") or [], list)
    return not isinstance(value, list)


def _is_list(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)
