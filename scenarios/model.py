"""What every model of a YAML file shares: strict, frozen, forgiving only about numbers as names."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


class Model(BaseModel):
    """A part of a file that people write. Unknown keys are errors; values never change."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        coerce_numbers_to_str=True,
        populate_by_name=True,
        allow_inf_nan=False,
    )

    filled: ClassVar[frozenset[str]] = frozenset()
    """The fields that loading fills in: a file may not give them."""


NAME = r"^[a-z][a-z0-9_]*$"
ID = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"

Name = Annotated[str, StringConstraints(pattern=NAME, max_length=60)]
"""The name of a value: usable in expressions."""

Id = Annotated[str, StringConstraints(pattern=ID, max_length=60)]
"""The name of a thing: a step, a document, a record, a requirement."""

Value = Any
"""A value of a field: text, a number, a boolean, an ISO date, a record's id, a tuple, or None."""

Share = Annotated[float, Field(ge=0, le=1)]
"""A share of a whole, or a chance."""

Kind = Literal["text", "money", "number", "date", "boolean", "choice", "record", "prose", "time"]
"""What kind of value a field has."""


def _this_format(value: Any) -> Any:
    if str(value) != "1":
        raise ValueError(f"is of format {value}; this program reads 1")
    return 1


Format = Annotated[Literal[1], BeforeValidator(_this_format)]
"""The version of the format of scenarios and plans."""
