"""The author's gate is green over the library: as it was found, for what still behaves the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agents.gate import items
from agents.gate.subject import load
from scenarios.loading import library
from tests.benchmarks.library_gate import RECORD, digest

AGAIN = "something changed: run `python tests/benchmarks/library_gate.py --write`"
FOUND: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))


def test_every_scenario_is_on_the_record() -> None:
    assert set(FOUND) == set(library()), AGAIN


@pytest.mark.parametrize("name", sorted(FOUND))
def test_the_gate_is_green(name: str) -> None:
    assert FOUND[name]["failed"] == []
    asked = items.full(load(library()[name].parent, lambda _: ()))
    assert FOUND[name]["passed"] == len(asked), AGAIN


@pytest.mark.parametrize("name", sorted(FOUND))
def test_what_is_on_the_record_is_this_scenario_and_this_behaviour(name: str) -> None:
    assert FOUND[name]["digest"] == digest(name), AGAIN
