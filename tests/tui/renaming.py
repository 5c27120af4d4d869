"""A copy of a scenario's folder in which everything hidden has another name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from scenarios.files.source import read

_FIELDS = {"absent", "field", "follows", "governs", "keys", "on", "points", "total_of"}
"""Keys under which fields are named."""
_NEEDS = {"needs", "requirement"}
_EXPRESSIONS = {
    "among", "done", "each", "formula", "free", "missing", "of", "over", "there", "wanted",
    "weight",
}  # fmt: skip
_WORD = re.compile(r"'[^']*'|\"[^\"]*\"|\w+")
"""A quoted text, which stays as it is, or a word."""


def renamed(folder: Path, to: Path) -> Mapping[str, str]:
    """Copy the scenario in `folder`, what is hidden in it renamed; old -> new.

    Hidden are fields that say so, the points of prose, and all requirements.
    """
    shutil.copytree(folder, to)
    scenario = _plain(read(folder / "scenario.yaml").data)
    records_file = scenario["records"].get("file", "records.yaml")
    records = _plain(read(folder / records_file).data)
    points = {name for field in scenario["fields"] for name in field.get("points", ())}
    fields = {
        field["name"]: f"zq{number}_wombat"
        for number, field in enumerate(scenario["fields"])
        if field.get("hidden") or field["name"] in points
    }
    needs = {
        requirement["id"]: f"xj{number}-gnu"
        for number, requirement in enumerate(scenario["requirements"])
    }
    for field in scenario["fields"]:
        field["name"] = fields.get(field["name"], field["name"])
    for requirement in scenario["requirements"]:
        requirement["id"] = needs[requirement["id"]]
    _write(to / "scenario.yaml", _with(scenario, "", fields, needs))
    _write(to / records_file, _with(records, "", fields, needs))
    return {**fields, **needs}


def _with(value: Any, key: str, fields: Mapping[str, str], needs: Mapping[str, str]) -> Any:
    """What stands under `key`, with the new names wherever something is named."""
    if isinstance(value, dict):
        keys = fields if key == "truth" else needs if key == "states" else {}
        return {keys.get(k, k): _with(item, k, fields, needs) for k, item in value.items()}
    if isinstance(value, list):
        return [_with(item, key, fields, needs) for item in value]
    if not isinstance(value, str):
        return value
    if key in _EXPRESSIONS:
        return _WORD.sub(lambda word: fields.get(word[0], word[0]), value)
    return (fields if key in _FIELDS else needs if key in _NEEDS else {}).get(value, value)


def _plain(value: Any) -> Any:
    """What was read, without the marks of how it was written."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def _write(path: Path, data: Any) -> None:
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1_000_000)
    path.write_text(text, encoding="utf-8")
