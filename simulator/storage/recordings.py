"""Runs that were watched, kept as files of events in the user's data directory."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import IO

from scenarios.errors import InputError, did_you_mean, quoted
from simulator.event_lines import to_line
from simulator.events import Event
from simulator.storage.places import DIRECTORY, data_directory

MOST = 50
"""Beyond so many files the oldest are removed."""
_NOTES = ".sqlite3"
_NAME = re.compile(r"[a-z0-9_-]*-(\d{4,})\.jsonl")


def folder() -> Path:
    """Where the runs are kept."""
    return data_directory() / "runs"


def kept() -> list[Path]:
    """The files of the runs, newest first."""
    try:
        found = [path for path in folder().iterdir() if _NAME.fullmatch(path.name)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(found, key=lambda path: (_number(path), path.name), reverse=True)


def find(name: str) -> Path:
    """The file at a path, or the kept run of that name or number. Raises InputError."""
    path = Path(name)
    if path.exists():
        return path
    runs = kept()
    for run in runs:
        if name in (run.name, run.stem) or (name.isdecimal() and int(name) == _number(run)):
            return run
    mend = did_you_mean(name, [run.stem for run in runs], noun="kept") if runs else ""
    raise InputError(f"there is no recorded run {quoted(name)}", mend=mend)


def notes(recording: Path, mark: str) -> Path:
    """Where a recorded run is noted, so that it can go on; `mark` tells what it is a run of."""
    return recording.with_name(f"{recording.stem}.{mark}{_NOTES}")


def unfinished() -> list[tuple[Path, str]]:
    """The recorded runs that were cut off and can go on, each with its mark; newest first."""
    return [
        (path, found.name.removeprefix(f"{path.stem}.").removesuffix(_NOTES))
        for path in kept()
        for found in path.parent.glob(f"{path.stem}.*{_NOTES}")
    ]


def _number(path: Path) -> int:
    found = _NAME.fullmatch(path.name)
    return int(found[1]) if found else 0


class Recording:
    """Writes the events of one run to a file of its own as they happen, a whole line at a time.

    Where that cannot be done, `trouble` says why, once; whatever is watched goes on. A run that
    was cut off is recorded at its `path` once more: what is there is left as far as it is the same.
    """

    def __init__(self, scenario: str, path: Path | None = None) -> None:
        self.path = path
        self.trouble = ""
        self._file: IO[str] | None = None
        self._before: list[str] = []
        # Steps side by side tell what happens from threads of their own.
        self._lock = Lock()
        try:
            if path is None:
                self._open(re.sub("[^a-z0-9_-]+", "-", scenario.lower())[:60])
            else:
                self._file = path.open("r+", encoding="ascii", errors="replace", newline="\n")
                self._before = self._file.readlines()[::-1]
                self._same = 0
        except OSError as error:
            self._give_up(error)

    def __call__(self, event: Event) -> None:
        with self._lock:
            if self._file is None:
                return
            line = to_line(event)
            try:
                if self._before and self._before[-1] == line:
                    self._same += len(self._before.pop())
                    return
                if self._before:
                    self._before = []
                    self._file.seek(self._same)
                    self._file.truncate()
                self._file.write(line)
                self._file.flush()
            except OSError as error:
                self._give_up(error)

    def __enter__(self) -> Recording:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        where: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Nothing more happens in the run."""
        with self._lock:
            self._close()

    def _open(self, scenario: str) -> None:
        folder().mkdir(parents=True, exist_ok=True)
        runs = kept()
        number = 1 + max(map(_number, runs), default=0)
        while self._file is None:
            self.path = folder() / f"{scenario}-{number:04}.jsonl"
            # Another program may have taken the number meanwhile.
            with suppress(FileExistsError):
                self._file = self.path.open("x", encoding="ascii", newline="\n")
            number += 1
        for old in runs[MOST - 1 :]:
            for file in (old, *folder().glob(f"{old.stem}.*{_NOTES}*")):
                with suppress(OSError):
                    file.unlink()

    def _give_up(self, error: OSError) -> None:
        self._close()
        why = error.strerror or str(error)
        self.trouble = (
            f"this run is not recorded: {self.path or folder()}: {why}; "
            f"make room there, or set {DIRECTORY} to a folder that can be written"
        )

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            # What could not be written is tried once more here, and fails once more.
            with suppress(OSError):
                file.close()
