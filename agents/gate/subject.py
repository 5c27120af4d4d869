"""What is checked: a scenario's folder with its reference plans and what learners contested."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from agents.gate.finding import Files, Finding
from scenarios.errors import InputError, quoted
from scenarios.files.source import is_file
from scenarios.loading import SCENARIO_FILE, library, load_cast, load_scenario
from scenarios.persona import Persona
from scenarios.plans.file import load_plan
from scenarios.plans.plan import Plan
from scenarios.plans.removals import load_removals
from scenarios.scenario import Requirement, Scenario
from simulator.carried import Carried, carried
from simulator.storage.store import Contested

BESIDE = ("removals", "bands")
"""Files in the folder of plans that are no plans."""


@dataclass(frozen=True)
class Subject:
    """A scenario's folder, loaded, with its reference plans and what learners contested."""

    folder: Path
    scenario: Scenario
    plans: Mapping[str, Plan]
    cast: Mapping[str, Persona]
    contested: Sequence[Contested] = ()

    @cached_property
    def rules(self) -> Mapping[str, tuple[Carried, ...]]:
        """How clearly each plan's steps are told what they decide by."""
        return {
            name: tuple(carried(self.scenario, plan, self.cast))
            for name, plan in self.plans.items()
        }

    @cached_property
    def files(self) -> Files:
        return Files(self.folder)

    def of_rule(
        self, check: str, rule: Requirement, says: str, mend: str, *, fails: bool = True
    ) -> Finding:
        """A finding at a requirement of the scenario."""
        path = ("requirements", rule.id)
        return self.files.finding(check, says, mend, file=SCENARIO_FILE, path=path, fails=fails)


def folders(name_or_path: str) -> list[Path]:
    """The scenario folders that are meant: one, by id or path, or all in a folder of scenarios.

    Raises InputError where there is none.
    """
    if name_or_path in library():
        return [library()[name_or_path].parent]
    path = Path(name_or_path)
    path = path.parent if path.name == SCENARIO_FILE else path
    if is_file(path / SCENARIO_FILE):
        return [path]
    inside = sorted(file.parent for file in path.glob(f"*/{SCENARIO_FILE}"))
    if not inside:
        raise InputError(
            f"there is no scenario at {quoted(name_or_path)}",
            mend=f"name the folder of a {SCENARIO_FILE}, or one of: {', '.join(library())}",
        )
    return inside


def load(folder: Path, contested: Callable[[str], Sequence[Contested]]) -> Subject:
    """Everything in a scenario's folder; `contested` gives what was contested in a scenario.

    Raises InputError for the first thing that is not as it should be.
    """
    scenario, cast = load_scenario(folder), load_cast()
    plans = {}
    for file in sorted((folder / "plans").glob("*.yaml")):
        if file.stem not in BESIDE:
            plans[file.stem] = load_plan(file, lambda _: scenario, cast, to_run=False).plan
    removals = folder / "plans" / "removals.yaml"
    if is_file(removals):
        load_removals(removals)
    return Subject(folder, scenario, plans, cast, contested(scenario.id))
