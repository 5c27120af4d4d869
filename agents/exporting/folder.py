"""The folder that an export fills."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

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
OPENAI_BASE_URL) does `records.json`, or another JSON or CSV file that you name. `results.csv` has
what was done, `for-you.csv` what is left for you, with the reason.
"""
_SEARCHES = """
Passages are found in `collections/`, a file of documents each (id, title, text): put your own
there. See {steps}.
"""
_VOTES = """
Some records are done several times, which costs as many times over: {steps}.
"""
_ASKS = """
A step may put one question before it begins, and waits at the terminal until you answer it (Enter
alone: go on without); where nobody sits at one, it goes on without. See {steps}.
"""


def _readme(steps: Sequence[Mapping[str, Any]], pages: Sequence[str]) -> str:
    """How to start it, and which steps do more than be asked once."""

    def told(text: str, does: Callable[[Mapping[str, Any]], bool]) -> str:
        links = [f"`{page}`" for step, page in zip(steps, pages, strict=True) if does(step)]
        return text.format(steps=", ".join(links)) if links else ""

    return "".join(
        [
            _README,
            told(_SEARCHES, lambda step: step["retrieves"] is not None),
            told(_VOTES, lambda step: step["votes"] > 1),
            told(_ASKS, lambda step: step["ask"]),
        ]
    )


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
        "README.md": _readme(data["steps"], list(pages)),
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
