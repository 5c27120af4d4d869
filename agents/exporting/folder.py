"""The folder that an export fills."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from agents.exporting.assembling import assemble
from agents.exporting.prompts import page
from agents.exporting.resolving import blueprints, collections, records, resolved
from scenarios.errors import InputError
from scenarios.persona import Persona
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from simulator import sampling
from simulator.order import Item, item_text

_README = """`prompts/` has the messages of each step, as they are sent; `team.py` is the team.
`pip install langgraph langchain-openai`, then `OPENAI_API_KEY=... MODEL=NAME python team.py` (and
OPENAI_BASE_URL) does `records.json`, or another JSON or CSV file that you name.
"""


def contents(scenario: Scenario, plan: Plan, cast: Mapping[str, Persona]) -> dict[str, str]:
    """Path in the folder -> text. The records are practice records.

    Raises InputError, which names step and field, for what the program could not do.
    """
    data = resolved(scenario, blueprints(scenario, plan, cast))
    (key,) = sampling.keys(scenario, "practice", seed=1, trials=1)
    found = records(scenario, key.records)
    example = item_text(Item(found[0]["id"], found[0]["text"]))
    pages = {
        f"prompts/{place:02}-{step['id']}.md": page(step, example)
        for place, step in enumerate(data["steps"], start=1)
    }
    return {
        "README.md": _README,
        "team.py": assemble(data),
        "records.json": json.dumps(found, indent=1, ensure_ascii=False) + "\n",
        **{
            f"collections/{name}.json": json.dumps(papers, indent=1, ensure_ascii=False) + "\n"
            for name, papers in collections(scenario, plan).items()
        },
        **pages,
    }


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write them. Raises InputError where the folder has something in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("is there already, and not empty", file=str(folder), mend="name another")
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
