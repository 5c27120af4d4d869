"""What plans of a scenario come to: its reference plans and a population of bots, each run once.

The same scenario and the same program give the same figures, so they are kept by their content: a
file is found again only where nothing that it rests on has changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

import agents
import scenarios
import simulator
from agents.bots import bots
from agents.gate.subject import BESIDE
from agents.gate.voices import VOICES
from agents.session import Session
from scenarios.loading import load_cast
from scenarios.persona import Persona
from scenarios.plans.file import load_plan
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from simulator.scoring.statistics import six
from simulator.storage.places import data_directory

BOTS = 40
TRIALS = 24
"""Trials of each plan, on practice records with seed 1: three samples."""
_SKIPPED = ("__pycache__", "library")


class Came(NamedTuple):
    """What a plan came to: means of a trial. A bot has no name."""

    kind: Literal["reference", "bot"]
    name: str
    reliability: float
    loss: float
    cost: float
    minutes: float


def known(folder: Path, scenario: Scenario) -> list[Came] | None:
    """The population of the scenario in `folder` as it was kept; None where it was not."""
    try:
        rows = json.loads(_file(folder, scenario).read_text("utf-8"))
        return [Came(*row) for row in rows]
    except (OSError, ValueError, TypeError):
        return None


def population(
    folder: Path, scenario: Scenario, *,
    progress: Callable[[Sequence[Came]], object] = lambda done: None,
    stop: Callable[[], bool] = lambda: False,
) -> list[Came]:  # fmt: skip
    """The reference plans and the bots of the scenario in `folder`, kept or else run now.

    `progress` is told what is done after each plan, of at most `most(folder)`. Raises InputError
    where a plan cannot be read, KeyboardInterrupt where `stop` says so or it was interrupted.
    """
    kept = known(folder, scenario)
    if kept is not None:
        progress(kept)
        return kept
    cast, found = load_cast(), list[Came]()
    # One process: what was read for one plan need not be read again for the next.
    for kind, name, plan in _plans(folder, scenario, cast):
        evaluation = Session(scenario, plan, cast).evaluate(trials=TRIALS, stop=stop)
        if evaluation.interrupted or stop():
            raise KeyboardInterrupt
        means = [evaluation.mean(metric) for metric in ("accepted", "loss", "cost", "minutes")]
        accepted, loss, cost, minutes = (six(one.mean) if one else 0.0 for one in means)
        found.append(Came(kind, name, accepted, loss, cost, minutes))
        progress(found)
    _keep(_file(folder, scenario), found)
    return found


def most(folder: Path) -> int:
    """How many plans there are at most to be run."""
    return BOTS + len(references(folder))


def _plans(
    folder: Path, scenario: Scenario, cast: Mapping[str, Persona]
) -> Iterator[tuple[Literal["reference", "bot"], str, Plan]]:
    for file in references(folder):
        yield "reference", file.stem, load_plan(file, lambda _: scenario, cast).plan
    for plan in bots(folder / "plans", scenario, cast, BOTS):
        yield "bot", "", plan


def references(folder: Path) -> list[Path]:
    """The files of the reference plans; those that say the expert's in other words add nothing."""
    files = (folder / "plans").glob("*.yaml")
    return sorted(file for file in files if file.stem not in (*BESIDE, *VOICES))


def _file(folder: Path, scenario: Scenario) -> Path:
    """Where the population is kept: by all that it rests on, the program's own files as well."""
    digest = sha256()
    roots = [Path(package.__path__[0]) for package in (scenarios, simulator, agents)]
    for root in (*roots, folder):
        for path in sorted(root.rglob("*")):
            within = path.relative_to(root)
            if path.is_file() and not set(within.parts) & set(_SKIPPED):
                digest.update(f"{within.as_posix()}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return data_directory() / "populations" / f"{scenario.id}-{digest.hexdigest()[:16]}.json"


def _keep(path: Path, found: Sequence[Came]) -> None:
    """Whole or not at all; whoever cannot keep it has it all the same."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(found), "utf-8")
        draft.replace(path)
    except OSError:
        return
