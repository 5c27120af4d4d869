"""The files that an exported plan reads and writes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any


def read(path: Path) -> list[dict[str, Any]]:
    """Records of a JSON file (id, text, columns) or a CSV file (id, text and other columns)."""
    if path.suffix == ".json":
        found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
        return found
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {"id": row.pop("id"), "text": row.pop("text"), "columns": row}
            for row in csv.DictReader(file)
        ]


def collections(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The documents of each collection beside the program: id, title and text."""
    return {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted((folder / "collections").glob("*.json"))
    }


def write(path: Path, head: list[str], lines: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *lines])
