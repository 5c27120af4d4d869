# ruff: noqa: E501 - a case of a table is one line
"""Rows that are to be found: records of their own, each at its line of a numbered text."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import InputError, load_scenario
from scenarios.rows import numbered
from tests.scenarios import talks
from tests.scenarios.tiny import edited


def test_each_row_is_a_record_with_the_text_of_its_source(tmp_path: Path) -> None:
    scenario = load_scenario(talks.write(tmp_path))
    assert scenario.members["practice-5"] == ("practice-5:2", "practice-5:4", "practice-5:5")
    row = scenario.record["practice-5:2"]
    assert (row.source, row.line, row.also) == ("practice-5", 2, (1, 3))
    assert (row.stratum, row.columns) == ("long", {"year": 2025})
    assert row.truth == {
        "status": "agreed", "owner": "Bo", "qspoken": "3 May 2025", "due": "2025-05-03",
    }  # fmt: skip
    (trap,) = scenario.record["practice-5:5"].traps
    assert trap.wrong == "agreed"
    sheet = scenario.sheets("practice")[4]
    assert (sheet.id, sheet.truth, sheet.text) == ("practice-5", {}, row.text)


def test_a_text_is_numbered_by_its_lines() -> None:
    assert numbered("One.\n\nThree.\n") == "1| One.\n2| \n3| Three."


REFUSED = [
    ("records", "- line: 5", "- line: 9", "is 9, and the text of 'preview-1' has 6 lines"),
    ("records", "also: [6]", "also: [7]", "is 7, and the text of 'preview-1' has 6 lines"),
    ("records", "also: [6]", "also: [3]", "is 3, which another row of 'preview-1' has"),
    ("records", "- {line: 4, truth: {status: none", "- {line: 4, truth: {status: maybe", "cannot be 'maybe'"),
    ("records", "  lot: preview\n", "  lot: preview\n  truth: {status: none}\n", "cannot stand beside rows"),
    ("records", "  lot: preview\n", "  lot: preview\n  partner: preview-2\n", "cannot stand beside rows"),
    ("records", "- id: preview-2", "- id: preview-1", "is already the name of"),
    ("scenario", "  rows: {name: task, there: \"status != 'none'\"}\n", "", "counts rows, and there are none"),
    ("scenario", "there: \"status != 'none'\"", "there: \"state != 'none'\"", "unknown name 'state'"),
    ("scenario", "there: \"status != 'none'\"", "there: \"1 > 0\"", "is about no field"),
    ("scenario", "there: \"status != 'none'\"", "there: \"status == 'parked'\"", "is not there, as no other row"),
    ("scenario", "qspoken", "line", "is the name of a row's key"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "problem"), REFUSED)
def test_what_could_not_be_found_is_refused_at_its_line(
    tmp_path: Path, file: str, old: str, new: str, problem: str
) -> None:
    texts = {"scenario": talks.SCENARIO, "records": talks.RECORDS}
    texts[file], line = edited(texts[file], old, new)
    if new == "line":
        texts = {name: text.replace("qspoken", "line") for name, text in texts.items()}
    with pytest.raises(InputError) as caught:
        load_scenario(talks.write(tmp_path, texts["scenario"], texts["records"]))
    assert problem in caught.value.problem
    if file == "records":
        assert caught.value.line is not None
        assert abs(caught.value.line - line) <= 5
