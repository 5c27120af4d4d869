"""What the README shows is what the program prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tui.command_line import cli

ROOT = Path(__file__).parents[1]
SESSION = r"```console\n\$ intern (.+?)\n(.*?)```"
BLOCKS = re.findall(SESSION, (ROOT / "README.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_a_session_of_the_readme_is_what_happens(
    command: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    result = CliRunner().invoke(cli, command.split())
    assert result.exit_code == 0
    assert result.stdout.rstrip() == shown.rstrip()


def test_the_readme_has_a_session() -> None:
    assert len(BLOCKS) >= 2
