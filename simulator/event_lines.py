"""Events as lines of a file, one JSON object each, in ASCII: nothing in them steers a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from scenarios.errors import InputError, quoted
from simulator.events import FORMAT, Event, Recorder, RunFinished, RunStarted

_EVENT: TypeAdapter[Event] = TypeAdapter(
    Event, config=ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)
)


@dataclass(frozen=True)
class Recorded:
    """A run as it was read: its events by its own clock, and what there is to say about the file.

    The first event is a `RunStarted`.
    """

    events: Sequence[Event]
    notes: tuple[str, ...] = ()

    @property
    def start(self) -> RunStarted:
        assert isinstance(self.events[0], RunStarted)
        return self.events[0]

    @property
    def end(self) -> RunFinished | None:
        """How it ended; None where the run or its recording was cut off."""
        return next((one for one in self.events if isinstance(one, RunFinished)), None)


def to_line(event: Event) -> str:
    """An event as one line, its end included."""
    said = {"format": FORMAT, **_EVENT.dump_python(event, mode="json")}
    return json.dumps(said, separators=(",", ":"), allow_nan=False) + "\n"


def from_line(line: str, file: str = "", number: int | None = None) -> Event:
    """The event of one line. Raises InputError, at `number` of `file`, where it is none."""

    def wrong(problem: str, field: str = "", mend: str = "") -> InputError:
        return InputError(problem, file=file, line=number, field=field, mend=mend)

    try:
        said: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise wrong("is not JSON", mend="record the run again") from None
    if not isinstance(said, dict):
        raise wrong("is not an event: one JSON object a line")
    version = said.pop("format", None)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise wrong("must be a whole number from 1", "format")
    if version > FORMAT:
        raise wrong(
            f"was written by a newer version of the program ({version}; this one reads {FORMAT})",
            "format", "update the program",
        )  # fmt: skip
    try:
        return _EVENT.validate_json(json.dumps(said))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"].startswith("union_tag"):
            raise wrong(f"there is no event {quoted(said.get('kind'))}", "kind") from None
        field = ".".join(str(part) for part in first["loc"][1:])
        raise wrong(first["msg"][:1].lower() + first["msg"][1:], field) from None


def read_run(path: Path) -> Recorded:
    """The run that a file holds. Raises InputError, and OSError where it cannot be read.

    The last line may be torn, as by a power cut: it is dropped, and a note says so.
    """
    name, lines = str(path), path.read_bytes().split(b"\n")
    notes: list[str] = []
    if lines[-1] and _torn(lines[-1]):
        notes.append(f"line {len(lines)} was cut off as it was written, and is left out")
        lines[-1] = b""
    if not lines[-1]:
        lines.pop()
    recorder = Recorder()
    for number, line in enumerate(lines, 1):
        event = from_line(line.decode("utf-8", "replace"), name, number)
        if isinstance(event, RunStarted) != (number == 1):
            problem = "a run begins" if number > 1 else "no run begins"
            raise InputError(f"{problem} here", file=name, line=number, mend="one run a file")
        recorder(event)
    if not recorder.events:
        raise InputError("holds no run", file=name)
    # Events came as steps side by side told them; the start has to stay the first all the same.
    start, *rest = recorder.events
    found = Recorded((start, *Recorder(rest).in_order()), tuple(notes))
    if found.end is None:
        found = Recorded(found.events, (*notes, "the run was cut off before its end"))
    return found


def _torn(line: bytes) -> bool:
    """Whether a last line without its end is less than a whole JSON text."""
    try:
        json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return True
    return False
