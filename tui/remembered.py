"""Small things that are remembered between sittings: JSON files in the data directory."""

from __future__ import annotations

import json
from typing import Any

from simulator.storage.places import data_directory


def recall(name: str) -> dict[str, Any]:
    """What was remembered under a name; nothing where there is nothing readable."""
    try:
        found = json.loads((data_directory() / f"{name}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(name: str, what: dict[str, Any]) -> bool:
    """Remember something, whole or not at all; False where it cannot be written.

    These are comforts: nobody is kept from working because one of them cannot be kept.
    """
    path = data_directory() / f"{name}.json"
    whole = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole.write_text(json.dumps(what, indent=1) + "\n", "utf-8")
        whole.replace(path)
    except OSError:
        return False
    return True
