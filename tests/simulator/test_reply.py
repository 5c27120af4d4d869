"""Replies are read leniently, but never guessed at."""

from __future__ import annotations

import pytest

from simulator.reply import parse, write

ROWS = [{"record": "inv-1", "lines": ["1,00", "2,00"]}, {"record": "inv-2", "lines": []}]


@pytest.mark.parametrize("bare", [True, False])
def test_what_is_written_is_read(bare: bool) -> None:
    assert parse(write(ROWS, broken=False, bare=bare)) == {row["record"]: row for row in ROWS}


def test_a_broken_reply_cannot_be_read() -> None:
    assert parse(write(ROWS, broken=True, bare=False)) is None


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ('I read [all] of them: [{"record": "a", "x": 1}]', {"a"}),
        ('{"record": "a", "lines": ["1", "2"]}', {"a"}),
        ('{"rows": [{"record": "a"}, {"record": "b"}]}', {"a", "b"}),
        ('```json\n[\n {"record": 7}\n]\n``` hope it helps', {"7"}),
        ("[]", set()),
    ],
)
def test_rows_are_found_in_all_that_is_around_them(text: str, records: set[str]) -> None:
    found = parse(text)
    assert found is not None
    assert set(found) == records


@pytest.mark.parametrize(
    "text", ["", "Sorry, I cannot.", "[1, 2", '[{"record": "a"}, {"rec', "[3]"]
)
def test_what_holds_no_rows_is_no_reply(text: str) -> None:
    assert parse(text) is None
