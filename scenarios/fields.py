"""Values in the types of fields: what an author writes as true or wrong of a record."""

from __future__ import annotations

from collections.abc import Collection

from scenarios.errors import did_you_mean, quoted
from scenarios.files.yaml_values import typed
from scenarios.language.amounts import LARGEST, half_up
from scenarios.language.dates import read_date
from scenarios.language.values import as_text, canonical
from scenarios.model import Value
from scenarios.scenario import Field

_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


class Misfit(Exception):
    """A value that is not of its field's type: the problem and the mend."""

    def __init__(self, problem: str, mend: str) -> None:
        self.problem = problem
        self.mend = mend
        super().__init__(problem)


def read_value(value: Value, field: Field, ids: Collection[str]) -> Value:
    """`value` in the type of `field`: a float (money to the cent), a truth, or text.

    A choice is one of the field's values, a date ISO text, a record one of `ids`; a list is a
    tuple; empty stays None. Raises Misfit.
    """
    if value is None:
        return None
    if not field.list:
        return _one(value, field, ids)
    if not isinstance(value, list | tuple):
        raise Misfit("must be a list", "write [...]")
    if None in value:
        raise Misfit("has an empty item", "delete it or fill it in")
    return tuple(_one(item, field, ids) for item in value)


def alike(a: Value, b: Value, field: Field) -> bool:
    """Whether two values of a field are the same to whoever judges the work."""
    return bool(canonical(a, field.type) == canonical(b, field.type))


def shown(value: Value) -> str:
    """A value as a message shows it."""
    if isinstance(value, tuple):
        return "[" + ", ".join(as_text(item) for item in value) + "]"
    return "empty" if value is None else quoted(as_text(value))


def _one(value: Value, field: Field, ids: Collection[str]) -> Value:
    if isinstance(value, list | tuple | dict):
        raise Misfit("must be one value", "flatten it")
    match field.type:
        case "money" | "number":
            return _number(value, field)
        case "boolean":
            truth = value if isinstance(value, bool) else _TRUTH.get(str(value).casefold())
            if truth is None:
                raise Misfit(f"must be true or false, not {quoted(value)}", "")
            return truth
    if isinstance(value, bool):
        raise Misfit("must be text", "put it in quotes")
    text = str(value)
    match field.type:
        case "date":
            found = read_date(text, "ymd")
            if found is None or found.isoformat() != text:
                raise Misfit(f"must be a date, not {quoted(text)}", "write YYYY-MM-DD")
        case "choice":
            known = [choice.value for choice in field.choices]
            if text not in known:
                raise Misfit(f"cannot be {quoted(text)}", did_you_mean(text, known, noun="choices"))
        case "record" if text not in ids:
            mend = did_you_mean(text, ids, noun="its records")
            raise Misfit(f"names {quoted(text)}, which is no record of this lot", mend)
    return text


def _number(value: Value, field: Field) -> float:
    number = typed(value.strip()) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise Misfit(f"must be a number, not {quoted(value)}", "write digits and a point")
    if not abs(number) < LARGEST:
        raise Misfit("is too large a number", "write a smaller one")
    return half_up(float(number), 2) if field.type == "money" else float(number)
