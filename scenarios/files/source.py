"""A file that people write: its text, what it says, and on which line it says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.errors import InputError, clip
from scenarios.files.yaml_values import REFUSED, Place, build

MAX_BYTES = 4_000_000

_LABELS = ("id", "name", "set")


@dataclass
class Source:
    """What a file says (`data`) and on which line it says it."""

    file: str
    data: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int | None:
        """The line of the value at `place`, or of the nearest thing around it."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return None

    def error(self, place: Place, problem: str, mend: str = "") -> InputError:
        """An error at `place`, with its line and its name."""
        return InputError(
            problem, mend=mend, file=self.file, line=self.line(place), field=self.name(place)
        )

    def has(self, place: Place) -> bool:
        """Whether the file itself says something at `place`."""
        here = self.data
        for key in place:
            if not isinstance(here, dict | list):
                return False
            inside = here if isinstance(here, dict) else dict(enumerate(here))
            if key not in inside:
                return False
            here = inside[key]
        return True

    def name(self, place: Place) -> str:
        """`place` with dots; list items go by their id, name or `set`, else they are counted."""
        parts: list[str] = []
        here = self.data
        for key in place:
            try:
                here = here[key]
            except (KeyError, IndexError, TypeError):
                here = None
            parts.append(clip(_label(key, here)))
        return ".".join(parts)


def _label(key: str | int, value: Any) -> str:
    if isinstance(key, str):
        return key
    given = [value[name] for name in _LABELS if name in value] if isinstance(value, dict) else []
    return next((str(item) for item in given if isinstance(item, str | int)), str(key + 1))


def read(path: Path) -> Source:
    """Parse the YAML file at `path`. Raises InputError: missing, too large or not YAML."""
    return parse(read_text(path), str(path))


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that cannot be one names none."""
    try:
        return path.is_file()
    except OSError:
        return False


def read_text(path: Path) -> str:
    """The UTF-8 text of `path`. Raises InputError: missing, too large or not text."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", file=str(path), mend="check the path") from None
    except IsADirectoryError:
        raise InputError("this is a folder", file=str(path), mend="name a file in it") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it cannot be opened"
        raise InputError(f"cannot be read: {why}", file=str(path), mend="check the path") from None
    if len(raw) > MAX_BYTES:
        raise InputError("is larger than 4 MB", file=str(path), mend="split it or cut it down")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(
            "is not UTF-8 text", file=str(path), line=line, mend="save it as UTF-8"
        ) from None


def check_characters(text: str, file: str) -> None:
    """Raises InputError, with the line, where `text` holds a control character."""
    refused = REFUSED.search(text)
    if refused:
        raise InputError(
            f"has a character that is not text (U+{ord(refused[0]):04X})",
            file=file, line=text.count("\n", 0, refused.start()) + 1, mend="delete it",
        )  # fmt: skip


def parse(text: str, file: str) -> Source:
    """Parse YAML text. Raises InputError with the line of what is wrong."""
    check_characters(text, file)
    data, lines = build(text, file)
    return Source(file, data, lines)
