"""Writing the plan on the board to a file of the learner's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scenarios.errors import InputError
from tui.widgets.form import Entry, Form


def save_form(scenario: str) -> Form:
    """Asks for the name of the file."""

    def judge(filled: Mapping[str, str]) -> str | None:
        try:
            _path(filled["name"])
        except InputError as error:
            return error.one_line()
        return None

    entry = Entry("name", "File, in the folder in which you started", f"{scenario}-plan.yaml",
                  judge=judge)  # fmt: skip
    return Form("Save the plan as a file", [entry])


def write_plan(name: str, text: str) -> Path:
    """Write a new file. Raises InputError where there is one already, or where it cannot be."""
    path = _path(name)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise InputError(
            f"cannot be written: {why}", file=str(path), mend="choose another"
        ) from None
    return path


def _path(name: str) -> Path:
    if not name or "\0" in name:
        raise InputError("a file needs a name", mend="write one")
    path = Path(name).expanduser()
    try:
        there = path.exists()
    except OSError:
        raise InputError("cannot be the name of a file", mend="choose another") from None
    if there:
        raise InputError("there is such a file already", file=name, mend="choose another name")
    return path
