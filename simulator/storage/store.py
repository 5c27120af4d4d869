"""Attempts and interviews, kept in one SQLite file in the user's data directory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from scenarios.errors import InputError
from simulator.debriefing.bought import Bought, Piece
from simulator.interview import Turn
from simulator.pilots import Pilot
from simulator.storage.database import Database
from simulator.storage.places import data_directory
from simulator.storage.tables import (
    attempts_table,
    bought_table,
    contested_table,
    pilots_table,
    turns_table,
)

FILE = "intern.sqlite3"


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


class Store(Database):
    """The file of attempts and interviews. Every method raises InputError where it is not usable.

    Nothing is ever deleted but an interview that is started over.
    """

    def __init__(self, path: Path | None = None) -> None:
        super().__init__(path if path is not None else data_directory() / FILE)

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
        with self.open(write=True) as connection:
            return int(connection.execute(attempts_table.insert().values(row)).lastrowid)

    def amend(self, number: int, summary: Mapping[str, Any]) -> None:
        """Keep of an attempt what was found out about it since."""
        query = attempts_table.update().where(attempts_table.c.number == number)
        with self.open(write=True) as connection:
            connection.execute(query.values(summary=json.dumps(summary)))

    def reveal(self, number: int) -> None:
        """Note of an attempt that an answer to it was given away."""
        query = attempts_table.update().where(attempts_table.c.number == number)
        with self.open(write=True) as connection:
            connection.execute(query.values(revealed=True))

    def attempts(self, scenario: str | None = None) -> list[Attempt]:
        """The attempts, oldest first."""
        query = attempts_table.select().order_by(attempts_table.c.number)
        if scenario is not None:
            query = query.where(attempts_table.c.scenario == scenario)
        with self.open() as connection:
            return [_attempt(row) for row in connection.execute(query)]

    def attempt(self, number: int) -> Attempt:
        """The attempt of that number. Raises InputError where there is none."""
        query = attempts_table.select().where(attempts_table.c.number == number)
        with self.open() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise InputError(f"there is no attempt {number}", file=str(self.path))
        return _attempt(row)

    def turns(self, scenario: str, stakeholder: str) -> list[Turn]:
        """The interview with a stakeholder so far."""
        query = turns_table.select().where(_talk(scenario, stakeholder))
        with self.open() as connection:
            return [
                Turn(row.question, row.reply, tuple(json.loads(row.facts)), bool(row.understood),
                     bool(row.costs))
                for row in connection.execute(query.order_by(turns_table.c.number))
            ]  # fmt: skip

    def told(self, scenario: str) -> Mapping[str, frozenset[str]]:
        """The facts that the interviews about a scenario told so far, by stakeholder."""
        query = turns_table.select().where(turns_table.c.scenario == scenario)
        told: dict[str, frozenset[str]] = {}
        with self.open() as connection:
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
        with self.open(write=True) as connection:
            connection.execute(turns_table.insert().values(row))

    def start_over(self, scenario: str, stakeholder: str) -> None:
        """Forget an interview."""
        with self.open(write=True) as connection:
            connection.execute(turns_table.delete().where(_talk(scenario, stakeholder)))

    def contest(self, scenario: str, step: str, sentence: str) -> None:
        """Note, for the author, a sentence that was misread."""
        row = {"created": _now(), "scenario": scenario, "step": step, "sentence": sentence}
        with self.open(write=True) as connection:
            connection.execute(contested_table.insert().values(row))

    def contested(self, scenario: str) -> list[Contested]:
        """The readings that were contested, oldest first."""
        query = contested_table.select().where(contested_table.c.scenario == scenario)
        with self.open() as connection:
            return [
                Contested(row.created, row.scenario, row.step, row.sentence)
                for row in connection.execute(query.order_by(contested_table.c.number))
            ]

    def buy(self, scenario: str, answer: Bought) -> None:
        """Note that an answer was told."""
        row = {"created": _now(), "scenario": scenario, "answer": answer.answer,
               "pieces": json.dumps(answer.pieces)}  # fmt: skip
        with self.open(write=True) as connection:
            connection.execute(bought_table.insert().values(row))

    def bought(self, scenario: str) -> list[Bought]:
        """The answers about a scenario that were told, oldest first, each once."""
        query = bought_table.select().where(bought_table.c.scenario == scenario)
        with self.open() as connection:
            found = [
                Bought(row.answer, tuple(Piece(*piece) for piece in json.loads(row.pieces)))
                for row in connection.execute(query.order_by(bought_table.c.number))
            ]
        return list(dict.fromkeys(found))

    def add_pilot(self, pilot: Pilot) -> None:
        """Keep a pilot, which is paid; the same one again is the one that is there."""
        row = {"created": _now(), "scenario": pilot.scenario, "mark": pilot.mark,
               "pilot": pilot.to_json()}  # fmt: skip
        with self.open(write=True) as connection:
            connection.execute(pilots_table.insert().prefix_with("OR IGNORE").values(row))

    def pilots(self, scenario: str) -> list[Pilot]:
        """The pilots of a scenario, oldest first."""
        query = pilots_table.select().where(pilots_table.c.scenario == scenario)
        with self.open() as connection:
            return [
                Pilot.from_json(row.pilot)
                for row in connection.execute(query.order_by(pilots_table.c.number))
            ]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _talk(scenario: str, stakeholder: str) -> sa.ColumnElement[bool]:
    return (turns_table.c.scenario == scenario) & (turns_table.c.stakeholder == stakeholder)


def _attempt(row: Any) -> Attempt:
    kept = {**row._mapping, "revealed": bool(row.revealed), "summary": json.loads(row.summary)}
    return Attempt(**kept)
