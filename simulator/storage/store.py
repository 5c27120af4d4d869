"""Attempts and interviews, kept in one SQLite file in the user's data directory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from scenarios.errors import InputError
from simulator.debriefing.bought import Bought, Piece
from simulator.interview import Turn
from simulator.pilots import Pilot
from simulator.storage.places import DIRECTORY, data_directory

FILE = "intern.sqlite3"
_BUSY_SECONDS = 3

_ATTEMPT = (
    "number", "created", "program", "scenario", "plan", "plan_text", "lot", "model", "seed",
    "trials", "revealed", "summary",
)  # fmt: skip
_TURN = ("number", "scenario", "stakeholder", "question", "reply", "facts", "understood", "costs")
migrations_table = sa.table("migrations", sa.column("name", sa.Text))
_CONTESTED = ("number", "created", "scenario", "step", "sentence")
attempts_table = sa.table("attempts", *(sa.column(name) for name in _ATTEMPT))
turns_table = sa.table("turns", *(sa.column(name) for name in _TURN))
contested_table = sa.table("contested", *(sa.column(name) for name in _CONTESTED))
_BOUGHT = ("number", "created", "scenario", "answer", "pieces")
bought_table = sa.table("bought", *(sa.column(name) for name in _BOUGHT))
_PILOT = ("number", "created", "scenario", "mark", "pilot")
pilots_table = sa.table("pilots", *(sa.column(name) for name in _PILOT))


def m001_attempts_and_interviews(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        """
        CREATE TABLE attempts (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            created TEXT NOT NULL, program TEXT NOT NULL, scenario TEXT NOT NULL,
            plan TEXT NOT NULL, plan_text TEXT NOT NULL, lot TEXT NOT NULL, model TEXT NOT NULL,
            seed INTEGER NOT NULL, trials INTEGER NOT NULL, revealed INTEGER NOT NULL,
            summary TEXT NOT NULL
        )
        """
    )
    connection.exec_driver_sql(
        """
        CREATE TABLE turns (
            number INTEGER PRIMARY KEY,
            scenario TEXT NOT NULL, stakeholder TEXT NOT NULL,
            question TEXT NOT NULL, reply TEXT NOT NULL, facts TEXT NOT NULL,
            understood INTEGER NOT NULL, costs INTEGER NOT NULL
        )
        """
    )


def m002_contested_readings(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        """
        CREATE TABLE contested (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            created TEXT NOT NULL, scenario TEXT NOT NULL, step TEXT NOT NULL,
            sentence TEXT NOT NULL
        )
        """
    )


def m003_bought_answers(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        """
        CREATE TABLE bought (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            created TEXT NOT NULL, scenario TEXT NOT NULL, answer TEXT NOT NULL,
            pieces TEXT NOT NULL
        )
        """
    )


def m004_pilots(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        """
        CREATE TABLE pilots (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            created TEXT NOT NULL, scenario TEXT NOT NULL, mark TEXT NOT NULL, pilot TEXT NOT NULL,
            UNIQUE (scenario, mark)
        )
        """
    )


MIGRATIONS: Sequence[Callable[[sa.Connection], None]] = (
    m001_attempts_and_interviews,
    m002_contested_readings,
    m003_bought_answers,
    m004_pilots,
)
"""In the order in which they are applied; one that was released is never edited."""


@dataclass(frozen=True)
class Attempt:
    """A plan that was run, and what came of it: `summary` is what `intern run --json` printed."""

    number: int
    created: str
    program: str
    scenario: str
    plan: str
    plan_text: str
    lot: str
    model: str
    seed: int
    trials: int
    revealed: bool
    summary: Mapping[str, Any]


@dataclass(frozen=True)
class Contested:
    """A sentence of a step that its writer says was misread."""

    created: str
    scenario: str
    step: str
    sentence: str


class Store:
    """The file of attempts and interviews. Every method raises InputError where it is not usable.

    Nothing is ever deleted but an interview that is started over.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path if path is not None else data_directory() / FILE

    def add_attempt(
        self, *, plan_text: str, summary: Mapping[str, Any], revealed: bool, program: str
    ) -> int:
        """Keep an attempt; its number, counted from 1 and never used again."""
        row = {name: summary[name] for name in
               ("scenario", "plan", "lot", "model", "seed", "trials")}  # fmt: skip
        row |= {
            "plan_text": plan_text, "revealed": revealed, "program": program,
            "created": _now(),
            "summary": json.dumps(summary),
        }  # fmt: skip
        with self._open(write=True) as connection:
            return int(connection.execute(attempts_table.insert().values(row)).lastrowid)

    def amend(self, number: int, summary: Mapping[str, Any]) -> None:
        """Keep of an attempt what was found out about it since."""
        query = attempts_table.update().where(attempts_table.c.number == number)
        with self._open(write=True) as connection:
            connection.execute(query.values(summary=json.dumps(summary)))

    def reveal(self, number: int) -> None:
        """Note of an attempt that an answer to it was given away."""
        query = attempts_table.update().where(attempts_table.c.number == number)
        with self._open(write=True) as connection:
            connection.execute(query.values(revealed=True))

    def attempts(self, scenario: str | None = None) -> list[Attempt]:
        """The attempts, oldest first."""
        query = attempts_table.select().order_by(attempts_table.c.number)
        if scenario is not None:
            query = query.where(attempts_table.c.scenario == scenario)
        with self._open() as connection:
            return [_attempt(row) for row in connection.execute(query)]

    def attempt(self, number: int) -> Attempt:
        """The attempt of that number. Raises InputError where there is none."""
        query = attempts_table.select().where(attempts_table.c.number == number)
        with self._open() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise InputError(f"there is no attempt {number}", file=str(self.path))
        return _attempt(row)

    def turns(self, scenario: str, stakeholder: str) -> list[Turn]:
        """The interview with a stakeholder so far."""
        query = turns_table.select().where(_talk(scenario, stakeholder))
        with self._open() as connection:
            return [
                Turn(row.question, row.reply, tuple(json.loads(row.facts)), bool(row.understood),
                     bool(row.costs))
                for row in connection.execute(query.order_by(turns_table.c.number))
            ]  # fmt: skip

    def told(self, scenario: str) -> Mapping[str, frozenset[str]]:
        """The facts that the interviews about a scenario told so far, by stakeholder."""
        query = turns_table.select().where(turns_table.c.scenario == scenario)
        told: dict[str, frozenset[str]] = {}
        with self._open() as connection:
            for row in connection.execute(query):
                before = told.get(row.stakeholder, frozenset())
                told[row.stakeholder] = before.union(json.loads(row.facts))
        return told

    def add_turn(self, scenario: str, stakeholder: str, turn: Turn) -> None:
        """Keep one question and its answer."""
        row = {
            "scenario": scenario, "stakeholder": stakeholder, "question": turn.question,
            "reply": turn.reply, "facts": json.dumps(turn.fact_ids),
            "understood": turn.understood, "costs": turn.costs,
        }  # fmt: skip
        with self._open(write=True) as connection:
            connection.execute(turns_table.insert().values(row))

    def start_over(self, scenario: str, stakeholder: str) -> None:
        """Forget an interview."""
        with self._open(write=True) as connection:
            connection.execute(turns_table.delete().where(_talk(scenario, stakeholder)))

    def contest(self, scenario: str, step: str, sentence: str) -> None:
        """Note, for the author, a sentence that was misread."""
        row = {"created": _now(), "scenario": scenario, "step": step, "sentence": sentence}
        with self._open(write=True) as connection:
            connection.execute(contested_table.insert().values(row))

    def contested(self, scenario: str) -> list[Contested]:
        """The readings that were contested, oldest first."""
        query = contested_table.select().where(contested_table.c.scenario == scenario)
        with self._open() as connection:
            return [
                Contested(row.created, row.scenario, row.step, row.sentence)
                for row in connection.execute(query.order_by(contested_table.c.number))
            ]

    def buy(self, scenario: str, answer: Bought) -> None:
        """Note that an answer was told."""
        row = {"created": _now(), "scenario": scenario, "answer": answer.answer,
               "pieces": json.dumps(answer.pieces)}  # fmt: skip
        with self._open(write=True) as connection:
            connection.execute(bought_table.insert().values(row))

    def bought(self, scenario: str) -> list[Bought]:
        """The answers about a scenario that were told, oldest first, each once."""
        query = bought_table.select().where(bought_table.c.scenario == scenario)
        with self._open() as connection:
            found = [
                Bought(row.answer, tuple(Piece(*piece) for piece in json.loads(row.pieces)))
                for row in connection.execute(query.order_by(bought_table.c.number))
            ]
        return list(dict.fromkeys(found))

    def add_pilot(self, pilot: Pilot) -> None:
        """Keep a pilot, which is paid; the same one again is the one that is there."""
        row = {"created": _now(), "scenario": pilot.scenario, "mark": pilot.mark,
               "pilot": pilot.to_json()}  # fmt: skip
        with self._open(write=True) as connection:
            connection.execute(pilots_table.insert().prefix_with("OR IGNORE").values(row))

    def pilots(self, scenario: str) -> list[Pilot]:
        """The pilots of a scenario, oldest first."""
        query = pilots_table.select().where(pilots_table.c.scenario == scenario)
        with self._open() as connection:
            return [
                Pilot.from_json(row.pilot)
                for row in connection.execute(query.order_by(pilots_table.c.number))
            ]

    def check(self) -> None:
        """Raise InputError where the file cannot be used."""
        with self._open(write=True):
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
    def _open(self, *, write: bool = False) -> Iterator[sa.Connection]:
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
            return set(self._applied(connection)) == {step.__name__ for step in MIGRATIONS}

    def _migrate(self) -> None:
        if self._is_current():
            return
        with self._engine.connect() as connection:
            connection.execution_options(write=True)
            with connection.begin():
                applied = self._applied(connection)
                known = [step.__name__ for step in MIGRATIONS]
                if set(applied) - set(known):
                    raise InputError(
                        "was written by a newer version of the program", file=str(self.path),
                        mend=f"update the program, or set {DIRECTORY} to another folder",
                    )  # fmt: skip
                if not applied:
                    connection.exec_driver_sql("CREATE TABLE migrations (name TEXT PRIMARY KEY)")
                for step in MIGRATIONS:
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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _talk(scenario: str, stakeholder: str) -> sa.ColumnElement[bool]:
    return (turns_table.c.scenario == scenario) & (turns_table.c.stakeholder == stakeholder)


def _attempt(row: Any) -> Attempt:
    kept = {**row._mapping, "revealed": bool(row.revealed), "summary": json.loads(row.summary)}
    return Attempt(**kept)
