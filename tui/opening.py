"""From what is typed on a command line to scenarios and plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.files.source import parse, read, read_text
from scenarios.loading import (
    SCENARIO_FILE,
    find_scenario,
    library_scenario,
    load_cast,
    load_scenario,
)
from scenarios.persona import Persona
from scenarios.plans.file import read_plan
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from simulator.own import cast_beside

if TYPE_CHECKING:
    from simulator.storage.store import Attempt


@dataclass(frozen=True)
class Opened:
    """A plan file, read and checked against its scenario and the cast."""

    name: str
    text: str
    plan: Plan
    scenario: Scenario
    cast: Mapping[str, Persona]


def open_scenario(name_or_path: str) -> Scenario:
    """A scenario of the library by its id, or the one at a path. Raises InputError."""
    return load_scenario(find_scenario(name_or_path))


def open_plan(path: str) -> Opened:
    """The plan at `path` with its scenario: the one beside it, or one of the library.

    Personas beside it, in files NAME.persona.yaml, can be given steps as the cast can.
    Raises InputError.
    """
    file = Path(path)
    cast = cast_beside(file.parent)
    source = read(file)
    read_in = read_plan(source, lambda name: _scenario(name, file), cast)
    return Opened(file.name, read_text(file), read_in.plan, read_in.scenario, cast)


def open_attempt(attempt: Attempt) -> Opened:
    """The plan of an attempt, with its scenario of the library and the cast that ships.

    Raises InputError where that scenario is not there, or the plan is none for it any more.
    """
    name, cast = f"attempt {attempt.number}", load_cast()
    found = read_plan(parse(attempt.plan_text, name), library_scenario, cast)
    return Opened(name, attempt.plan_text, found.plan, found.scenario, cast)


def open_either(which: str) -> tuple[Opened, Attempt | None]:
    """The plan at a path; or, where `which` is a number and no file, that of an attempt."""
    if not which.isdecimal() or Path(which).exists():
        return open_plan(which), None
    from simulator.storage.store import Store

    attempt = Store().attempt(int(which))
    return open_attempt(attempt), attempt


def _scenario(name: str, plan: Path) -> Scenario:
    """The scenario `name`, in the folder of the plan or the one above it, else of the library."""
    for folder in (plan.parent, plan.parent / ".."):
        beside = folder / SCENARIO_FILE
        if beside.is_file() and _id(beside) == name:
            return load_scenario(beside)
    return library_scenario(name)


def _id(scenario: Path) -> object:
    data = read(scenario).data
    return data.get("id") if isinstance(data, dict) else None
