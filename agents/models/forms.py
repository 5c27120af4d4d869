"""The form of a reply: as a schema that an endpoint enforces, and as values that can be used."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from scenarios.model import Value
from simulator import reply
from simulator.order import Asked, Head

_THOUGHTS = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_TEXT = {"type": "string"}
_ONE = {"anyOf": [_TEXT, {"type": "number"}, {"type": "boolean"}, {"type": "null"}]}


def of(head: Head) -> dict[str, Any]:
    """The `response_format` of an order: {"rows": [...]}, since the root may not be an array."""
    if head.role == "review":
        fields = {"ok": {"type": "boolean"}, "why": _TEXT}
    else:
        fields = {asked.name: _field(asked) for asked in head.asked}
    key: dict[str, Any] = {"record": _TEXT}
    if head.rows:
        key["line"] = {"type": "integer"}
    rows = {"type": "array", "items": closed({**key, **fields})}
    schema = {"name": "rows", "strict": True, "schema": closed({"rows": rows})}
    return {"type": "json_schema", "json_schema": schema}


def ways(head: Head) -> dict[str, dict[str, Any]]:
    """The ways to have the form of an order kept, the strictest first: options of a request."""
    strict = of(head)
    schema = strict["json_schema"]
    call = {"name": schema["name"], "parameters": schema["schema"]}
    chosen = {"type": "function", "function": {"name": schema["name"]}}
    return {
        "a strict schema": {"response_format": strict},
        "a tool call": {"tools": [{"type": "function", "function": call}], "tool_choice": chosen},
        "JSON mode": {"response_format": {"type": "json_object"}},
        "words only": {},
    }


def _field(asked: Asked) -> dict[str, Any]:
    one: dict[str, Any] = _ONE
    if asked.choices:
        one = {"anyOf": [{**_TEXT, "enum": list(asked.choices)}, {"type": "null"}]}
    return {"type": "array", "items": one} if asked.list else one


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object that has these properties, all of them and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def parsed(
    text: str, key: str = "record", *, by_line: bool = False
) -> dict[str, dict[str, Any]] | None:
    """The rows of a reply as they are, by what they say under `key`; None without any.

    `by_line` is as with `reply.parse`.

    What a model thought aloud before its answer is left out.
    """
    return reply.parse(_THOUGHTS.sub("", text), key, by_line=by_line)


def rows(text: str, *, by_line: bool = False) -> dict[str, dict[str, Value]] | None:
    """The rows of a reply by record id, with nothing in them but values; None without any."""
    found = parsed(text, by_line=by_line)
    if found is None:
        return None
    return {record: {k: _value(v) for k, v in row.items()} for record, row in found.items()}


def _value(found: Any) -> Value:
    """What JSON can say and a field cannot becomes text, or nothing."""
    if isinstance(found, list):
        return [_one(item) for item in found]
    return _one(found)


def _one(found: Any) -> Value:
    if isinstance(found, float) and not math.isfinite(found):
        return None
    if isinstance(found, list | dict):
        return json.dumps(found, ensure_ascii=False)
    return found
