"""YAML as plain values with lines: parsed strictly, within limits, and never into anything else.

The events of the YAML parser are turned into values here, rather than by its constructor, for
three reasons: every value keeps its line; only the scalars of YAML 1.2's core schema have a type
of their own (`no`, `on` and `12:30` stay the strings that their author meant); and nesting, size
and aliases are bounded before anything is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from scenarios.errors import InputError, clip

MAX_DEPTH = 32
MAX_VALUES = 100_000
MAX_TEXT = 200_000

Place = tuple[str | int, ...]
"""Where a value is: keys and positions from the top of the file."""

REFUSED = re.compile(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Control characters and what is no character at all."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class WrittenInt(int):
    """A whole number that was not written the usual way (+5): as text it is what was written."""

    written: str

    def __str__(self) -> str:
        return self.written


class WrittenFloat(float):
    """A number that was not written the shortest way (1.50): as text it is what was written."""

    written: str

    def __str__(self) -> str:
        return self.written


def typed(text: str) -> Any:
    """What a word without quotes is: empty, true or false, a number, or else text.

    Digits that begin with a zero too many (007) are text: they are a code, not a count.
    """
    if text in _WORDS:
        return _WORDS[text]
    number: Any
    if _INT.fullmatch(text):
        number = int(text)
        if str(number) != text:
            number = WrittenInt(text)
            number.written = text
    elif _FLOAT.fullmatch(text):
        number = float(text)
        if str(number) != text:
            number = WrittenFloat(text)
            number.written = text
    else:
        return text
    return number


def build(text: str, file: str) -> tuple[Any, dict[Place, int]]:
    """What YAML text says and the line of each value. Raises InputError, with the line."""
    builder = _Builder(file)
    try:
        builder.run(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "context", None)
        raise InputError(
            f"is not YAML: {problem}" if problem else "is not YAML",
            file=file,
            line=min(mark.line, text.rstrip().count("\n")) + 1 if mark else None,
            mend="look at the indentation, quotes and colons around this line",
        ) from None
    return builder.data, builder.lines


@dataclass
class _Open:
    """A mapping or a list whose end has not come yet."""

    place: Place
    value: dict[str, Any] | list[Any]
    key: str | None = None


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.data: Any = None
        self.lines: dict[Place, int] = {}
        self.stack: list[_Open] = []
        self.count = 0

    def run(self, text: str) -> None:
        documents = 0
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    mend = "keep one and delete the '---' lines"
                    raise self.error("has more than one document", line, mend)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.NodeEvent):
                self.count += 1
                self.check(event, line)
                self.place(event, line)

    def error(self, problem: str, line: int, mend: str, field: str = "") -> InputError:
        return InputError(problem, mend=mend, file=self.file, line=line, field=field)

    def check(self, event: yaml.NodeEvent, line: int) -> None:
        """Raise InputError for what is within YAML but not within what these files may hold."""
        tag = getattr(event, "tag", None)
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            mend = "write it out, or put it in quotes"
            raise self.error("uses an anchor or alias (& or *)", line, mend)
        if tag is not None:
            mend = "delete the tag, or put the text in quotes"
            raise self.error(f"uses the tag {clip(tag)}", line, mend)
        if self.count > MAX_VALUES:
            raise self.error("has too many values", line, "split the file or cut it down")
        if len(self.stack) > MAX_DEPTH:
            raise self.error(f"has more than {MAX_DEPTH} levels", line, "make it flatter")
        if len(text) > MAX_TEXT:
            raise self.error(f"has a text of more than {MAX_TEXT} characters", line, "cut it down")
        if refused := REFUSED.search(text):
            problem = f"writes a character that is not text (U+{ord(refused[0]):04X})"
            raise self.error(problem, line, "delete it")

    def place(self, event: yaml.NodeEvent, line: int) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            parent.key = self.key(event, line, parent)
            return
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            # The style of a word without quotes is None or "", depending on the parser.
            value = event.value if event.style else typed(event.value)
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        place: Place = ()
        if parent is None:
            self.data = value
        elif isinstance(parent.value, dict):
            assert parent.key is not None
            place = (*parent.place, parent.key)
            parent.value[parent.key] = value
            parent.key = None
        else:
            place = (*parent.place, len(parent.value))
            parent.value.append(value)
        self.lines.setdefault(place, line)
        if not isinstance(event, yaml.ScalarEvent):
            self.stack.append(_Open(place, value))

    def key(self, event: yaml.NodeEvent, line: int, parent: _Open) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            mend = "put the left side of the colon in quotes"
            raise self.error("has a key that is not a word", line, mend)
        key: str = event.value
        place = (*parent.place, key)
        if key in parent.value:
            mend = f"keep one of them (the other is on line {self.lines[place]})"
            raise self.error("is written twice", line, mend, field=clip(key))
        self.lines[place] = line
        return key
