"""The tables of the store, and the migrations that make them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sa

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
