"""The command line, called in this process, and a place of its own for what it keeps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tui.cli import main


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


Intern = Callable[..., Outcome]


@pytest.fixture
def intern(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Intern:
    """Call `intern ARGUMENTS`; its exit status and what it wrote."""
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))

    def call(*arguments: str) -> Outcome:
        capsys.readouterr()
        status = main(arguments)
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return call
