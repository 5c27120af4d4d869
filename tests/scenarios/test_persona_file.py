"""Personas: read in, and every mistake is one error at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import InputError, load_cast, load_persona

PERSONA = "id: ann\nname: Ann\ntier: mid\ncv: Reads.\nodds: {read: 2}\n"


def test_a_persona_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ann.yaml"
    path.write_text(PERSONA)
    assert load_persona(path).odds == {"read": 2.0}


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ("tier: mid", "tier: middle", "must be one of small, mid, frontier", 3),
        ("tier: mid\n", "", "has no tier", 1),
        ("tier: mid", "tier: mid\nkind: code", "is no intern but code", 3),
        ("{read: 2}", "{read: 0}", "must be more than 0", 5),
        ("{read: 2}", "{reed: 2}", "did you mean 'read'", 5),
    ],
)
def test_a_mistake_in_a_persona(tmp_path: Path, old: str, new: str, words: str, line: int) -> None:
    path = tmp_path / "ann.yaml"
    path.write_text(PERSONA.replace(old, new))
    with pytest.raises(InputError) as caught:
        load_persona(path)
    assert words in str(caught.value)
    assert caught.value.line == line


def test_the_cast_is_known_by_its_ids() -> None:
    cast = load_cast()
    assert all(id_ == persona.id for id_, persona in cast.items())
    assert {"tally", "you"} <= set(cast)
