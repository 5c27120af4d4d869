"""YAML as text with line numbers: parsed strictly, within limits, and never into anything but data.

The events of the YAML parser are turned into plain values here, rather than by its constructor,
for three reasons: every value keeps its line; only the scalars of YAML 1.2's core schema have a
type of their own (`no`, `on` and `12:30` stay the strings that their author meant); and nesting,
size and aliases are bounded before anything is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from scenarios.errors import InputError

MAX_BYTES = 4_000_000
MAX_DEPTH = 32
MAX_VALUES = 400_000

Path_ = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass
class Source:
    """What a YAML file says (`data`) and on which line it says it."""

    file: str
    data: Any
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int | None:
        """The line of the value at `path`, or of the nearest thing around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return None

    def error(self, path: Path_, problem: str, mend: str = "") -> InputError:
        """An error at `path`; list items are named by their `id` or `set`, as their author would."""
        return InputError(
            problem, mend=mend, file=self.file, line=self.line(path), field=self.name(path)
        )

    def name(self, path: Path_) -> str:
        parts: list[str] = []
        here = self.data
        for key in path:
            try:
                here = here[key]
            except (KeyError, IndexError, TypeError):
                here = None
            label = here.get("id") if isinstance(key, int) and isinstance(here, dict) else None
            parts.append(str(label if label is not None else key))
        return ".".join(parts)


def read(path: Path) -> Source:
    """Parse the YAML file at `path`. Raises InputError where it is missing, too large or not YAML."""
    return parse(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The UTF-8 text of `path`. Raises InputError where it is missing, too large or not text."""
    try:
        raw = path.read_bytes()[: MAX_BYTES + 1]
    except FileNotFoundError:
        raise InputError("there is no such file", file=str(path), mend="check the path") from None
    except IsADirectoryError:
        raise InputError("this is a folder", file=str(path), mend="name a file in it") from None
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise InputError(f"cannot be read: {why}", file=str(path)) from None
    if len(raw) > MAX_BYTES:
        raise InputError("is larger than 4 MB", file=str(path), mend="split it or cut it down")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(
            "is not UTF-8 text", file=str(path), line=line, mend="save it as UTF-8"
        ) from None


def parse(text: str, file: str) -> Source:
    """Parse YAML text. Raises InputError with the line of what is wrong."""
    source = Source(file, None)
    try:
        _build(text, source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(
            f"is not YAML: {error.problem or error.context}",
            file=file,
            line=mark.line + 1 if mark else None,
            mend="look at the indentation, quotes and colons around this line",
        ) from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else None
        raise InputError(
            "has a character that YAML does not allow", file=file, line=line, mend="delete it"
        ) from None
    return source


class _Open:
    """A mapping or a list whose end has not come yet."""

    def __init__(self, path: Path_, value: dict[str, Any] | list[Any]) -> None:
        self.path = path
        self.value = value
        self.key: str | None = None


def _build(text: str, source: Source) -> None:
    stack: list[_Open] = []
    count = 0
    documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise InputError(
                    "has more than one document",
                    file=source.file, line=line, mend="keep one and delete the '---' lines",
                )  # fmt: skip
            continue
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        count += 1
        if count > MAX_VALUES or len(stack) > MAX_DEPTH:
            what = "too many values" if count > MAX_VALUES else f"more than {MAX_DEPTH} levels"
            raise InputError(f"has {what}", file=source.file, line=line, mend="make it smaller")
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise InputError(
                "uses an anchor or alias (& or *)",
                file=source.file, line=line, mend="write the value out, or put it in quotes",
            )  # fmt: skip
        if event.tag is not None and event.tag != "!":
            raise InputError(
                f"uses the tag {event.tag}", file=source.file, line=line, mend="delete the tag"
            )
        _place(event, line, stack, source)


def _place(event: Any, line: int, stack: list[_Open], source: Source) -> None:
    parent = stack[-1] if stack else None
    if parent is not None and isinstance(parent.value, dict) and parent.key is None:
        if not isinstance(event, yaml.ScalarEvent):
            raise InputError(
                "has a key that is not a word", file=source.file, line=line,
                mend="put the left side of the colon in quotes",
            )  # fmt: skip
        path = (*parent.path, event.value)
        if event.value in parent.value:
            raise InputError(
                "is written twice", file=source.file, line=line, field=source.name(path),
                mend=f"keep one of them (the other is on line {source.lines[path]})",
            )  # fmt: skip
        parent.key = event.value
        source.lines[path] = line
        return
    value: Any
    if isinstance(event, yaml.ScalarEvent):
        value = _scalar(event.value) if event.implicit[0] and event.style is None else event.value
    else:
        value = {} if isinstance(event, yaml.MappingStartEvent) else []
    if parent is None:
        path = ()
        source.data = value
        source.lines[path] = line
    elif isinstance(parent.value, dict):
        assert parent.key is not None
        path = (*parent.path, parent.key)
        parent.value[parent.key] = value
        parent.key = None
    else:
        path = (*parent.path, len(parent.value))
        parent.value.append(value)
        source.lines[path] = line
    if not isinstance(event, yaml.ScalarEvent):
        stack.append(_Open(path, value))


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
