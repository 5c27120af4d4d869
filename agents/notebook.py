"""What one watched run has come to, kept in an SQLite file as it goes, until the run is over.

LangGraph's checkpoints are in it, one after every round of steps, and each call that was finished
since: a run that is killed goes on from there, and pays no call twice.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.config import get_config

from agents.colleague import Answered, Call, Colleague, messages
from agents.hands import side_by_side
from agents.written import Written, from_text, to_text
from simulator.storage.places import DIRECTORY

_MEMORY = ":memory:"
_UNREAD = " unread"


class Notebook:
    """The notes of one run, in the file at `path`, which is made where there is none.

    One program at a time has it. Raises sqlite3.Error and OSError where the file cannot be used.
    """

    def __init__(self, path: Path | str = _MEMORY) -> None:
        self.path = path
        self.trouble = ""
        """Why the notes are not kept any longer."""
        self._calls: dict[str, str] = {}
        self._places: Counter[str] = Counter()
        self._open(path)
        with self.saver.cursor(transaction=False) as cursor:
            self._calls.update(cursor.execute("SELECT call, answered FROM calls"))

    @property
    def calls(self) -> int:
        """How many calls are finished."""
        return sum(not name.endswith(_UNREAD) for name in self._calls)

    def begin(self, place: str) -> None:
        """A node of the graph is run, perhaps once more: it makes the same calls in that order."""
        self._places[place] = 0

    def name(self, call: Call) -> str:
        """What the next call of the node that is running goes by: where it is made, and what says.

        Whatever was changed since makes another call of it.
        """
        here = place()
        self._places[here] += 1
        order, aside = call.order, call.aside
        said = [str(message.content) for message in messages(order)]
        text = to_text([said, order.persona.id, aside.role, sorted(aside.rounds.items())])
        return f"{here} {self._places[here]} {hashlib.sha256(text.encode()).hexdigest()}"

    def answered(self, name: str) -> Answered | None:
        """What came of a call, where it was finished before."""
        text = self._calls.get(name)
        if text is None:
            return None
        try:
            answered = from_text(text)
        except (ValueError, TypeError, KeyError):
            return None
        return answered if isinstance(answered, Answered) else None

    def finish(self, name: str, answered: Answered) -> None:
        """Keep what came of a call. It is on the disk when this returns; raises sqlite3.Error."""
        self._calls[name] = to_text(answered)
        with self.saver.cursor() as cursor:
            row = (name, self._calls[name])
            cursor.execute("INSERT OR REPLACE INTO calls VALUES (?, ?)", row)

    def give_up(self, error: sqlite3.Error) -> None:
        """Go on without the file, which stays as it is; finished calls are still known."""
        self.trouble = (
            f"this run would not survive being cut off: {self.path}: {error}; "
            f"make room there, or set {DIRECTORY} to a folder that can be written"
        )
        self.close()
        self._open(_MEMORY)

    def close(self) -> None:
        """Leave the file to whoever goes on with the run."""
        with suppress(sqlite3.Error):
            self.saver.conn.close()

    def remove(self) -> None:
        """The run is over: there is nothing to go on with."""
        self.close()
        if isinstance(self.path, Path):
            for end in ("", "-wal", "-shm", "-journal"):
                with suppress(OSError):
                    self.path.with_name(self.path.name + end).unlink()

    def _open(self, path: Path | str) -> None:
        connection = sqlite3.connect(path, timeout=0, check_same_thread=False)
        with ExitStack() as failed:
            failed.callback(connection.close)
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self.saver = SqliteSaver(connection, serde=Written())
            self.saver.setup()
            connection.execute(
                "CREATE TABLE IF NOT EXISTS calls (call TEXT PRIMARY KEY, answered TEXT NOT NULL)"
            )
            connection.commit()
            failed.pop_all()


def place() -> str:
    """Where in a run the graph is: the round of steps, and the node."""
    about = get_config()["metadata"]
    return f"{about['langgraph_step']:04} {about['langgraph_node']}"


class Noting:
    """A colleague whose finished calls are noted, and not made again."""

    def __init__(self, colleague: Colleague, notebook: Callable[[], Notebook]) -> None:
        self.persona = colleague.persona
        self.simulated = colleague.simulated
        self.at_once = colleague.at_once
        self._colleague = colleague
        self._notebook = notebook

    def answer(self, calls: Sequence[Call]) -> list[Answered]:
        """Answer each call, from the notes where it was finished before. Raises sqlite3.Error."""
        notebook = self._notebook()
        names = [notebook.name(call) for call in calls]
        return side_by_side(self._one, list(zip(names, calls, strict=True)), self.at_once)

    def _one(self, item: tuple[str, Call], over: Event) -> Answered:
        name, call = item
        notebook = self._notebook()
        answered = notebook.answered(name)
        if answered is None:
            # A reply that cannot be read is paid like any other.
            first = name + _UNREAD
            begun, unread = notebook.answered(first), partial(notebook.finish, first)
            (answered,) = self._colleague.answer([replace(call, begun=begun, unread=unread)])
            # What an endpoint failed to answer is not finished, and nothing was paid for it.
            if not answered.fault:
                notebook.finish(name, answered)
        return answered
