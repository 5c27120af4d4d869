"""Everything that people write as YAML: scenarios, plans and personas, loaded strictly.

The names below are the public ones. Each is imported when it is first used, so that a command
that needs only an error or a name does not pay for the models.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.errors import InputError, did_you_mean, printable
    from scenarios.files.source import Source, parse, read
    from scenarios.loading import (
        find_scenario,
        library,
        library_scenario,
        load_cast,
        load_persona,
        load_scenario,
    )
    from scenarios.model import Id, Name, Value
    from scenarios.persona import Persona
    from scenarios.plans.file import PlanFile, load_plan, read_plan
    from scenarios.plans.plan import Check, Plan, Prediction, Result, Review, Step
    from scenarios.scenario import Document, Field, Record, Requirement, Scenario, Stakeholder, Trap

_MODULES = {
    "errors": "InputError did_you_mean printable",
    "loading": "find_scenario library library_scenario load_cast load_persona load_scenario",
    "model": "Id Name Value",
    "persona": "Persona",
    "plans.plan": "Check Plan Prediction Result Review Step",
    "plans.file": "PlanFile load_plan read_plan",
    "scenario": "Document Field Record Requirement Scenario Stakeholder Trap",
    "files.source": "Source parse read",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "Check",
    "Document",
    "Field",
    "Id",
    "InputError",
    "Name",
    "Persona",
    "Plan",
    "PlanFile",
    "Prediction",
    "Record",
    "Requirement",
    "Result",
    "Review",
    "Scenario",
    "Source",
    "Stakeholder",
    "Step",
    "Trap",
    "Value",
    "did_you_mean",
    "find_scenario",
    "library",
    "library_scenario",
    "load_cast",
    "load_persona",
    "load_plan",
    "load_scenario",
    "parse",
    "printable",
    "read",
    "read_plan",
]
