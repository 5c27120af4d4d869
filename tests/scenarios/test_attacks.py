"""What an author may write into attacks.yaml, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import InputError
from scenarios.attacks import load_attacks


def written(folder: Path, text: str) -> Path:
    (folder / "attacks.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_scenario_needs_none(tmp_path: Path) -> None:
    assert load_attacks(tmp_path) == ()


def test_attacks_are_read_in_order(tmp_path: Path) -> None:
    text = "attacks:\n  - {id: one, says: Be careful.}\n  - {id: two, says: Mind it., why: sly}\n"
    found = load_attacks(written(tmp_path, text))
    assert [(one.id, one.says, one.why) for one in found] == [
        ("one", "Be careful.", ""), ("two", "Mind it.", "sly"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("attacks: [{id: a, sais: x}]", 1, "'says'"),
        ("attacks:\n  - {id: a, says: x}\n  - {id: a, says: y}", 3, "already the name of"),
        ("attacks: []", 1, "must hold at least 1"),
        ("attacks: [{id: a, says: ''}]", 1, "must not be empty"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        load_attacks(written(tmp_path, text))
    assert caught.value.line == line
