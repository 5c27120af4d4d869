"""Recordings: a file a run, line by line, and no run that fails because of one."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from scenarios.errors import InputError
from simulator.event_lines import read_run, to_line
from simulator.events import Fault, RunFinished, RunStarted
from simulator.storage import recordings
from simulator.storage.recordings import MOST, Recording, find, kept

ROOT = Path(__file__).parents[3]
START = RunStarted("tiny", (), ("r1",), "sim")
FAULT = Fault(2, "copy", "mira", "the line was cut")
END = RunFinished(3, True, (), 0, 0, 0, 0)


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))


def record(scenario: str = "tiny") -> Path:
    with Recording(scenario) as recording:
        for event in (START, FAULT, END):
            recording(event)
    assert recording.path is not None
    return recording.path


def test_each_event_is_in_the_file_when_it_has_happened() -> None:
    with Recording("tiny") as recording:
        assert recording.path is not None
        recording(START)
        assert recording.path.read_text("ascii") == to_line(START)
        recording(FAULT)
        assert recording.path.read_text("ascii") == to_line(START) + to_line(FAULT)
    assert "cut off before its end" in read_run(recording.path).notes[0]


def test_a_kill_loses_nothing_that_had_happened() -> None:
    code = (
        "import os, signal; from tests.simulator.storage.test_recordings import *;"
        "recording = Recording('tiny'); recording(START); recording(FAULT);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=30, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    (path,) = kept()
    assert read_run(path).events == (START, FAULT)


def test_runs_are_numbered_and_the_newest_come_first() -> None:
    made = [record("tiny"), record("other"), record("tiny")]
    assert [path.name for path in made] == [
        "tiny-0001.jsonl", "other-0002.jsonl", "tiny-0003.jsonl"
    ]  # fmt: skip
    assert kept() == made[::-1]
    assert find("2") == find("other-0002") == find("other-0002.jsonl") == made[1]
    assert find(str(made[0])) == made[0]


def test_the_oldest_go_and_their_numbers_do_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "MOST", 3)
    made = [record() for _ in range(5)]
    assert kept() == made[:1:-1]
    assert MOST >= 50


def test_a_number_that_was_taken_meanwhile_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    first = record()
    monkeypatch.setattr(recordings, "kept", list)
    assert record().name == "tiny-0002.jsonl"
    assert len(read_run(first).events) == 3


def test_a_name_steers_no_path() -> None:
    path = record("../../Etc\x1b/passwd")
    assert path.parent == recordings.folder()
    assert kept() == [path]


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(InputError, match="there is no recorded run 'dream'"):
        find("dream")
    record()
    with pytest.raises(InputError, match="tiny-0001"):
        find("tiny-001")


def test_a_place_that_cannot_be_written_is_told_once_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "file"))
    with Recording("tiny") as recording:
        recording(START)
    assert "not recorded" in recording.trouble
    assert kept() == []


class Full:
    """A file on a disk that becomes full."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.lines = 0

    def write(self, text: str) -> int:
        self.lines += 1
        if self.lines > 1:
            self.file.write(text[:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.file.write(text)

    def flush(self) -> None:
        self.file.flush()

    def close(self) -> None:
        self.file.close()


def test_a_disk_that_becomes_full_leaves_what_was_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = Path.open

    def full(self: Path, *args: Any, **keys: Any) -> Any:
        return Full(opened(self, *args, **keys))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        recording = Recording("tiny")
    with recording:
        for event in (START, FAULT, END):
            recording(event)
    assert os.strerror(errno.ENOSPC) in recording.trouble
    assert recording.path is not None
    found = read_run(recording.path)
    assert found.events == (START,)
    assert len(found.notes) == 2
