"""An SQLite file that is migrated when it is opened, and says what is wrong where it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from scenarios.errors import InputError
from simulator.storage import tables
from simulator.storage.places import DIRECTORY
from simulator.storage.tables import migrations_table

_BUSY_SECONDS = 3
_ELSEWHERE = f"or set {DIRECTORY} to a folder that can be written"
_TROUBLE = (
    ("locked", "is in use by another program", "close the other program, and try again"),
    ("readonly", "cannot be written", f"make it writable, {_ELSEWHERE}"),
    ("read-only", "cannot be written", f"make it writable, {_ELSEWHERE}"),
    ("permission denied", "cannot be opened", f"make it accessible, {_ELSEWHERE}"),
    ("unable to open", "cannot be opened", f"make its folder accessible, {_ELSEWHERE}"),
    ("full", "cannot be written: the disk is full", f"make room there, {_ELSEWHERE}"),
    ("no space left", "cannot be written: the disk is full", f"make room there, {_ELSEWHERE}"),
    ("not a database", "is not a file of attempts", "move it away; a new one will be made"),
    ("malformed", "is damaged", "move it away; a new one will be made"),
)  # fmt: skip


class Database:
    """A file with every migration. Every method raises InputError where it is not usable."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self) -> None:
        """Raise InputError where the file cannot be used."""
        with self.open(write=True):
            pass

    @cached_property
    def _engine(self) -> sa.Engine:
        engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(self.path)),
            connect_args={"timeout": _BUSY_SECONDS}, poolclass=sa.NullPool,
        )  # fmt: skip

        # The driver would leave DDL outside of transactions; this hands them over to us.
        @sa.event.listens_for(engine, "connect")
        def _(connection: Any, _record: object) -> None:
            connection.isolation_level = None

        @sa.event.listens_for(engine, "begin")
        def _(connection: sa.Connection) -> None:
            write = connection.get_execution_options().get("write", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

        return engine

    @contextmanager
    def open(self, *, write: bool = False) -> Iterator[sa.Connection]:
        """A transaction on a file that has every migration."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if write or not self._is_current():
                self._migrate()
            with self._engine.connect() as connection:
                connection.execution_options(write=write)
                with connection.begin():
                    yield connection
        except DBAPIError as error:
            raise self._unusable(str(error.orig or error)) from None
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from None

    def _applied(self, connection: sa.Connection) -> list[str]:
        if not sa.inspect(connection).has_table(migrations_table.name):
            return []
        return list(connection.execute(sa.select(migrations_table.c.name)).scalars())

    def _is_current(self) -> bool:
        with self._engine.connect() as connection:
            return set(self._applied(connection)) == {step.__name__ for step in tables.MIGRATIONS}

    def _migrate(self) -> None:
        if self._is_current():
            return
        with self._engine.connect() as connection:
            connection.execution_options(write=True)
            with connection.begin():
                applied = self._applied(connection)
                known = [step.__name__ for step in tables.MIGRATIONS]
                if set(applied) - set(known):
                    raise InputError(
                        "was written by a newer version of the program", file=str(self.path),
                        mend=f"update the program, or set {DIRECTORY} to another folder",
                    )  # fmt: skip
                if not applied:
                    connection.exec_driver_sql("CREATE TABLE migrations (name TEXT PRIMARY KEY)")
                for step in tables.MIGRATIONS:
                    if step.__name__ not in applied:
                        step(connection)
                        connection.execute(migrations_table.insert().values(name=step.__name__))

    def _unusable(self, why: str) -> InputError:
        for sign, problem, mend in _TROUBLE:
            if sign in why.casefold():
                return InputError(problem, file=str(self.path), mend=mend)
        return InputError(
            f"cannot be used: {why}", file=str(self.path),
            mend=f"move it away, or set {DIRECTORY} to another folder",
        )  # fmt: skip
