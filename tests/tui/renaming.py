"""A copy of a scenario's folder in which everything hidden has another name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from scenarios.files.source import read

_EXPRESSIONS = ("formula", "over")


def renamed(folder: Path, to: Path) -> Mapping[str, str]:
    """Copy the scenario in `folder`, its hidden fields and requirements renamed; old -> new."""
    shutil.copytree(folder, to)
    scenario = _plain(read(folder / "scenario.yaml").data)
    records_file = scenario["records"].get("file", "records.yaml")
    records = _plain(read(folder / records_file).data)
    fields = {
        field["name"]: f"zq{number}_wombat"
        for number, field in enumerate(scenario["fields"])
        if field.get("hidden")
    }
    needs = {
        requirement["id"]: f"xj{number}-gnu"
        for number, requirement in enumerate(scenario["requirements"])
    }
    _scenario(scenario, fields, needs)
    for record in records:
        _record(record, fields, needs)
    _write(to / "scenario.yaml", scenario)
    _write(to / records_file, records)
    return {**fields, **needs}


def _scenario(
    scenario: dict[str, Any], fields: Mapping[str, str], needs: Mapping[str, str]
) -> None:
    for field in scenario["fields"]:
        field["name"] = fields.get(field["name"], field["name"])
        field["follows"] = [fields.get(name, name) for name in field.get("follows", ())]
        same = field.get("same_as")
        if same:
            same["keys"] = [fields.get(name, name) for name in same["keys"]]
            if "on" in same:
                same["on"] = fields.get(same["on"], same["on"])
        _expressions(field, fields)
    for requirement in scenario["requirements"]:
        requirement["id"] = needs[requirement["id"]]
        requirement["governs"] = fields.get(requirement["governs"], requirement["governs"])
        _expressions(requirement, fields)
    for document in scenario["documents"]:
        states = document.get("states", {})
        document["states"] = {needs[name]: words for name, words in states.items()}
    for stakeholder in scenario["stakeholders"]:
        for fact in stakeholder.get("knows", ()):
            if "requirement" in fact:
                fact["requirement"] = needs[fact["requirement"]]


def _record(record: dict[str, Any], fields: Mapping[str, str], needs: Mapping[str, str]) -> None:
    record["truth"] = {fields.get(name, name): value for name, value in record["truth"].items()}
    for trap in record.get("traps", ()):
        trap["field"] = fields.get(trap["field"], trap["field"])
        trap["needs"] = needs[trap["needs"]]
    for injection in record.get("injections", ()):
        injection["field"] = fields.get(injection["field"], injection["field"])
    if "absent" in record:
        record["absent"] = [fields.get(name, name) for name in record["absent"]]


def _expressions(part: dict[str, Any], fields: Mapping[str, str]) -> None:
    for key in _EXPRESSIONS:
        if part.get(key):
            part[key] = re.sub(r"\w+", lambda word: fields.get(word[0], word[0]), part[key])


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
