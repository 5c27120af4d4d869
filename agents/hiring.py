"""Who sits at the desks: `sim`, or a real model behind an OpenAI-compatible endpoint."""

from __future__ import annotations

from collections.abc import Callable

from agents.colleague import Colleague, SimulatedColleague
from scenarios.errors import InputError
from scenarios.persona import Persona

MODELS = "sim, or openai:NAME"


def hirer(model: str) -> Callable[[Persona], Colleague]:
    """How to staff a desk with `model`. Raises InputError for a model that is not known."""
    if model == "sim":
        return SimulatedColleague
    kind, _, name = model.partition(":")
    if kind == "openai" and name:
        from agents.real import hire

        return lambda persona: hire(persona, name)
    raise InputError(f"there is no model {model!r}", field="--model", mend=f"use {MODELS}")
