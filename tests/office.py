"""The invoices scenario and its cast, loaded once, and small plans to run on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from agents.session import Session
from scenarios import Persona, Plan, Scenario, find_scenario, load_cast, load_plan, load_scenario

ALL = "Extract the amount we have to pay for each document."


@cache
def folder() -> Path:
    path = find_scenario("invoices")
    return path if path.is_dir() else path.parent


@cache
def invoices() -> Scenario:
    return load_scenario(folder())


@cache
def cast() -> Mapping[str, Persona]:
    return load_cast()


@cache
def reference(name: str) -> Plan:
    """A reference plan of invoices."""
    return load_plan(folder() / "plans" / f"{name}.yaml").plan


def plan(*steps: dict[str, Any]) -> Plan:
    """A plan of steps written as in YAML."""
    return Plan.model_validate({"scenario": "invoices", "steps": list(steps)})


def ledger(**keys: Any) -> dict[str, Any]:
    """One step that produces the deliverable."""
    return {"id": "ledger", "assignee": "mira", "produces": {"pay": None}, **keys}


def session(plan: Plan) -> Session:
    return Session(invoices(), plan, cast())
