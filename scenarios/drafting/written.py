"""Values as YAML that people go on with: quoted only where they have to be."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from scenarios.files.yaml_values import typed
from scenarios.language.values import as_text
from scenarios.model import Value

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?: [A-Za-z0-9_.-]+)*")


def scalar(value: Value) -> str:
    """One value on a line of YAML."""
    if value is None:
        return "~"
    if not isinstance(value, str):
        return repr(value) if isinstance(value, float) else as_text(value)
    if _BARE.fullmatch(value) and typed(value) == value:
        return value
    return _quoted(value)


def listed(values: Sequence[str]) -> str:
    """Several values on a line of YAML."""
    return "[" + ", ".join(map(scalar, values)) + "]"


def block(text: str, indent: str) -> str:
    """A text as a block of YAML, or as a scalar where a block would not keep it."""
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    odd = not all(char.isprintable() or char == "\n" for char in text)
    if odd or not lines[0] or lines[0][0] == " ":
        return _quoted(text)
    return "|\n" + "\n".join(f"{indent}{line}" if line else "" for line in lines)


def _quoted(text: str) -> str:
    """As JSON has it, which is YAML, but for what cannot be seen: YAML has escapes of its own."""
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in shown)


def aside(text: str) -> str:
    """A text as the rest of a comment: on one line, with no control characters."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


def joined(names: Sequence[str]) -> str:
    """Names in a sentence."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
