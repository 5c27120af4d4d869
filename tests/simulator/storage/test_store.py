"""Attempts and interviews are kept; a file that cannot be used is named, and left as it is."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from scenarios.errors import InputError
from simulator.interview import Turn
from simulator.pilots import Came, Pilot, Seen
from simulator.storage import database, tables
from simulator.storage.places import data_directory
from simulator.storage.store import FILE, Store

SUMMARY: dict[str, Any] = {
    "scenario": "invoices", "plan": "mine.yaml", "lot": "practice", "model": "sim", "seed": 2**40,
    "trials": 80, "reliability": {"mean": 0.25},
}  # fmt: skip


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    return Store(tmp_path / "some" / "where" / FILE)


def add(kept: Store, **changes: Any) -> int:
    summary = {**SUMMARY, **changes}
    return kept.add_attempt(
        plan_text="scenario: invoices\n", summary=summary, revealed=False, program="1.2"
    )


def test_attempts_are_numbered_and_come_back_whole(kept: Store) -> None:
    assert kept.attempts() == []
    assert [add(kept), add(kept, scenario="other"), add(kept)] == [1, 2, 3]
    assert [attempt.number for attempt in kept.attempts("invoices")] == [1, 3]
    attempt = Store(kept.path).attempt(3)
    assert attempt.summary == SUMMARY
    assert (attempt.plan_text, attempt.seed, attempt.program) == (
        "scenario: invoices\n",
        2**40,
        "1.2",
    )
    assert attempt.revealed is False
    assert attempt.created.endswith("+00:00")
    with pytest.raises(InputError, match="there is no attempt 4"):
        kept.attempt(4)


def test_what_is_found_out_later_is_kept_with_its_attempt_and_no_other(kept: Store) -> None:
    first, other = add(kept), add(kept)
    kept.amend(first, {**SUMMARY, "card": {"total": 12}})
    assert kept.attempt(first).summary == {**SUMMARY, "card": {"total": 12}}
    assert kept.attempt(other).summary == SUMMARY


def test_interviews_are_kept_apart_and_can_be_started_over(kept: Store) -> None:
    told = Turn("How?", "So.", ("a", "b"), costs=True)
    lost = Turn("Eh?", "Pardon?", understood=False)
    for turn in (told, lost):
        kept.add_turn("invoices", "bea", turn)
    kept.add_turn("invoices", "bob", lost)
    assert kept.turns("invoices", "bea") == [told, lost]
    kept.start_over("invoices", "bea")
    assert kept.turns("invoices", "bea") == []
    assert kept.turns("invoices", "bob") == [lost]


def test_the_directory_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert data_directory().name == "unreliable-intern"
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path))
    assert Store().path == tmp_path / FILE


def refused(kept: Store) -> str:
    """Every way in says the same, names the file, and leaves its bytes alone."""
    before = kept.path.read_bytes()
    said = set()
    for use in (lambda: add(kept), kept.attempts, lambda: kept.turns("a", "b"), kept.check):
        with pytest.raises(InputError) as caught:
            use()
        assert caught.value.file == str(kept.path)
        assert caught.value.mend
        said.add(caught.value.problem)
    assert kept.path.read_bytes() == before
    assert len(said) == 1
    return said.pop()


def test_what_is_no_database_is_refused(kept: Store) -> None:
    kept.path.parent.mkdir(parents=True)
    kept.path.write_bytes(b"dear diary, " * 200)
    assert refused(kept) == "is not a file of attempts"


def test_a_newer_file_is_refused(kept: Store) -> None:
    add(kept)
    with sqlite3.connect(kept.path) as connection:
        connection.execute("INSERT INTO migrations VALUES ('m999_from_the_future')")
    connection.close()
    assert refused(kept) == "was written by a newer version of the program"


def test_another_program_s_database_is_refused(kept: Store) -> None:
    kept.path.parent.mkdir(parents=True)
    connection = sqlite3.connect(kept.path)
    connection.execute("CREATE TABLE attempts (mine TEXT)")
    connection.commit()
    connection.close()
    assert "already exists" in refused(kept)


def test_a_locked_file_is_refused(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    add(kept)
    connection = sqlite3.connect(kept.path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    assert refused(kept) == "is in use by another program"
    connection.execute("ROLLBACK")
    connection.close()
    assert add(kept) == 2


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_read_only_file_can_be_read(kept: Store) -> None:
    add(kept)
    kept.path.chmod(0o444)
    assert len(kept.attempts()) == 1
    with pytest.raises(InputError, match="cannot be written"):
        add(kept)


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"Not a directory|File exists"):
        add(Store(tmp_path / "file" / FILE))


def test_a_migration_that_fails_leaves_nothing_behind(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def m002_broken(connection: Any) -> None:
        connection.exec_driver_sql("CREATE TABLE half_done (x)")
        connection.exec_driver_sql("CREATE NONSENSE")

    add(kept)
    with monkeypatch.context() as patch:
        patch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, m002_broken))
        assert "syntax error" in refused(kept)
    assert len(kept.attempts()) == 1


def test_a_file_of_the_first_version_is_brought_up_to_date(kept: Store) -> None:
    kept.path.parent.mkdir(parents=True)
    connection = sqlite3.connect(kept.path)
    connection.executescript(FIRST)
    connection.close()
    (attempt,) = kept.attempts()
    assert (attempt.number, attempt.plan_text) == (7, "scenario: invoices\n")
    assert attempt.summary == {"reliability": {"mean": 0.25}}
    assert kept.turns("invoices", "bea") == [Turn("How?", "So.", ("a",), costs=True)]
    assert kept.contested("invoices") == []
    kept.contest("invoices", "copy", "Look.")
    assert [one.sentence for one in kept.contested("invoices")] == ["Look."]
    assert add(kept) == 8


def test_every_version_can_be_brought_up_to_date(
    kept: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for version in range(1, len(tables.MIGRATIONS) + 1):
        old = Store(tmp_path / f"{version}.sqlite3")
        with monkeypatch.context() as patch:
            patch.setattr(tables, "MIGRATIONS", tables.MIGRATIONS[:version])
            old.check()
        # What is there is what the program of now would have made.
        assert add(old) == 1
        kept.check()
        assert shape(old.path) == shape(kept.path)


def shape(path: Path) -> list[tuple[str, ...]]:
    """The tables of a file and their columns."""
    with sqlite3.connect(path) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
        found = [
            (table, *(column[1] for column in connection.execute(f"PRAGMA table_info({table})")))
            for table in sorted(tables)
        ]
    connection.close()
    return found


def test_a_full_disk_is_said_to_be_full_and_loses_nothing(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(kept)
    full = Store(kept.path)

    @sa.event.listens_for(full._engine, "connect")
    def _(connection: Any, _record: object) -> None:
        # As many pages as there are: the next one does not fit.
        connection.execute("PRAGMA max_page_count = 1")

    with pytest.raises(InputError) as caught:
        full.add_attempt(plan_text="x" * 100_000, summary=SUMMARY, revealed=False, program="1.2")
    assert caught.value.problem == "cannot be written: the disk is full"
    assert "make room" in caught.value.mend
    assert [attempt.number for attempt in kept.attempts()] == [1]
    assert add(kept) == 2


FIRST = """
CREATE TABLE migrations (name TEXT PRIMARY KEY);
INSERT INTO migrations VALUES ('m001_attempts_and_interviews');
CREATE TABLE attempts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    created TEXT NOT NULL, program TEXT NOT NULL, scenario TEXT NOT NULL,
    plan TEXT NOT NULL, plan_text TEXT NOT NULL, lot TEXT NOT NULL, model TEXT NOT NULL,
    seed INTEGER NOT NULL, trials INTEGER NOT NULL, revealed INTEGER NOT NULL,
    summary TEXT NOT NULL
);
CREATE TABLE turns (
    number INTEGER PRIMARY KEY,
    scenario TEXT NOT NULL, stakeholder TEXT NOT NULL,
    question TEXT NOT NULL, reply TEXT NOT NULL, facts TEXT NOT NULL,
    understood INTEGER NOT NULL, costs INTEGER NOT NULL
);
INSERT INTO attempts VALUES (7, '2026-01-01T00:00:00+00:00', '0.1', 'invoices', 'mine.yaml',
    'scenario: invoices
', 'practice', 'sim', 1, 80, 0, '{"reliability": {"mean": 0.25}}');
INSERT INTO turns VALUES (1, 'invoices', 'bea', 'How?', 'So.', '["a"]', 1, 1);
"""
"""A file as the first program left it."""


def test_a_pilot_is_kept_once(kept: Store) -> None:
    seen = (Seen("r1", (Came("pay", 5, 6, False), Came("song", ("a", None), None, None))),)
    one = Pilot("bills", "pay", "pip", 2**40, "mark", seen, 0.25, 1.5)
    for pilot in (one, one, replace(one, mark="another"), replace(one, scenario="other")):
        kept.add_pilot(pilot)
    first, second = Store(kept.path).pilots("bills")
    assert first.to_json() == one.to_json()
    assert second.mark == "another"
