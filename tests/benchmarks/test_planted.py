"""What the README says of planted faults is what was kept of them, and counts what it says."""

from __future__ import annotations

import json

import pytest

from scenarios import library
from tests.benchmarks.evidence_tables import README, block
from tests.benchmarks.planted import Bench
from tests.benchmarks.planted_tables import BEGIN, END, RECORD, as_text, counted, markdown

KEPT = json.loads(RECORD.read_text("utf-8"))
ROWS = [row for one in KEPT.values() for row in one["faults"]]
AIM = 0.95
"""Of the faults that cost something, so many are to be mended by the first suggestion."""


def test_the_readme_says_what_was_kept() -> None:
    text = README.read_text("utf-8")
    first, last = block(text, BEGIN, END)
    assert text[first:last] == markdown(KEPT), "run `planted.py --write` again"


def test_every_scenario_was_run() -> None:
    assert sorted(KEPT) == sorted(library())


@pytest.mark.parametrize("name", sorted(library()))
def test_what_was_kept_is_of_faults_that_there_are(name: str) -> None:
    faults = {fault.name for fault in Bench(name, trials=8).faults()}
    assert {row["fault"] for row in KEPT[name]["faults"]} <= faults


def test_the_first_suggestion_mends_as_many_as_it_should() -> None:
    repaired = [row["repaired"] for row in ROWS]
    assert sum(repaired) >= AIM * len(repaired)


def test_the_rows_add_up() -> None:
    told = counted(ROWS)
    for kinds in told.values():
        whole = kinds.pop("all")
        assert whole["of"] == sum(one["of"] for one in kinds.values())
        assert whole["right"] == sum(one["right"] for one in kinds.values())
    assert all(row["fault"] in as_text(ROWS) for row in ROWS)
