"""What a wrong value looks like when no trap says: by type, and keyed, so that it repeats."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from scenarios.model import Value
from scenarios.scenario import Field
from simulator.draws import uniform


def mistaken(field: Field, right: Value, key: str, neighbour: Value) -> Value:
    """A plausible wrong value of `field` for a record whose right value is `right`.

    `neighbour` is the value of the next record of the call; it always differs from `right` in the
    result where it is used.
    """
    if field.list and isinstance(right, tuple):
        return _listed(field, right, key, neighbour)
    return _single(field, right, key, neighbour)


def _listed(field: Field, right: tuple[Value, ...], key: str, neighbour: Value) -> Value:
    if not right:
        return neighbour if neighbour else None
    place = int(uniform(f"{key}|place") * len(right))
    if len(right) > 1 and uniform(f"{key}|drop") < 0.5:
        return right[:place] + right[place + 1 :]
    return (*right[:place], _single(field, right[place], key, None), *right[place + 1 :])


def _single(field: Field, right: Value, key: str, neighbour: Value) -> Value:
    if right is None:
        return neighbour
    if field.type in ("money", "number") and isinstance(right, int | float):
        swapped = _swapped(f"{abs(right):.2f}" if field.type == "money" else str(right), key)
        value = float(swapped) if swapped else abs(right) + 10
        return -value if right < 0 else value
    if field.type == "boolean":
        return not right
    if field.type == "choice":
        others = [choice.value for choice in field.choices if choice.value != right]
        return others[int(uniform(f"{key}|choice") * len(others))] if others else None
    if field.type == "record":
        return None
    if field.type == "date":
        return (dt.date.fromisoformat(str(right)) + dt.timedelta(days=1)).isoformat()
    swapped = _swapped(str(right), key)
    return swapped if swapped else (neighbour if neighbour != right else None)


def _swapped(text: str, key: str) -> str | None:
    """`text` with two of its digits swapped that stand side by side and differ."""
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    pairs = [(a, b) for a, b in pairwise(digits) if text[a] != text[b]]
    if not pairs:
        return None
    a, b = pairs[int(uniform(f"{key}|swap") * len(pairs))]
    chars = list(text)
    chars[a], chars[b] = chars[b], chars[a]
    return "".join(chars)
