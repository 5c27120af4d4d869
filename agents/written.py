"""What a watched run has to remember, as JSON text and back: nothing is run by reading it.

LangGraph's own serializer takes neither whole numbers of any size nor half a surrogate pair, and a
model may answer with both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from langgraph.types import Interrupt

from agents.colleague import Answered
from simulator.events import Question
from simulator.order import Said
from simulator.slip import Slip
from simulator.trial import Finding, StepWork

_OURS: Mapping[str, type[Any]] = {
    kind.__name__: kind for kind in (Answered, Finding, Question, Said, Slip, StepWork)
}
_GROUPS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in (tuple, set, frozenset)}


class Written:
    """LangGraph's `SerializerProtocol`, for what these runs keep. Raises TypeError for the rest."""

    def dumps_typed(self, obj: Any) -> tuple[str, bytes]:
        return "json", to_text(obj).encode("ascii")

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        return from_text(data[1].decode("ascii"))


def to_text(thing: Any) -> str:
    """`thing` as one line of ASCII."""
    return json.dumps(_plain(thing), separators=(",", ":"))


def from_text(text: str) -> Any:
    """What `to_text` was given. Raises ValueError, TypeError or KeyError for any other text."""
    return json.loads(text, object_hook=_thing)


def _plain(thing: Any) -> Any:
    """As JSON has it: every object has one key, which says what it is."""
    if thing is None or isinstance(thing, bool | int | float | str):
        return thing
    if isinstance(thing, list):
        return [_plain(item) for item in thing]
    if isinstance(thing, Mapping):
        return {"dict": [[_plain(key), _plain(item)] for key, item in thing.items()]}
    name = type(thing).__name__
    if _GROUPS.get(name) is type(thing):
        items = thing if isinstance(thing, tuple) else sorted(thing, key=repr)
        return {name: [_plain(item) for item in items]}
    if _OURS.get(name) is type(thing):
        return {name: [[one.name, _plain(getattr(thing, one.name))] for one in fields(thing)]}
    if isinstance(thing, Interrupt):
        return {"Interrupt": [_plain(thing.value), thing.id]}
    if isinstance(thing, BaseException):
        # What ended a run is told by whoever caught it; the file only says that there was one.
        return type(thing).__name__
    raise TypeError(f"a {name} cannot be written down")


def _thing(said: dict[str, Any]) -> Any:
    ((name, inner),) = said.items()
    if name == "dict":
        return dict(inner)
    if name == "Interrupt":
        return Interrupt(inner[0], id=inner[1])
    if name in _GROUPS:
        return _GROUPS[name](inner)
    return _OURS[name](**dict(inner))
