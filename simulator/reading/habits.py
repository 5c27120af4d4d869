"""General good practice in instructions, read like any requirement."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from scenarios.people import acquaint
from scenarios.scenario import Requirement
from simulator.reading.model import read


@cache
def habits() -> Mapping[str, Requirement]:
    """The habits of `habits.yaml` by name.

    `working`, `not-found`, `data-not-orders`, `restates-task`, `ignore-irrelevant` and
    `report-conflicts`.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    source = files("simulator.reading").joinpath("habits.yaml").read_text(encoding="utf-8")
    found = [Requirement(**one) for one in yaml.load(source, Loader=loader)]
    acquaint(found)
    return MappingProxyType({one.id: one for one in found})


def habit(text: str, name: str) -> float:
    """The probability that a text asks for a habit. Raises KeyError for an unknown name."""
    return read(text, habits()[name]).clear
