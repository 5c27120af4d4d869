"""Reference plans on a real model and in the simulation, job by job; what was done is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from agents.population import references
from agents.ranking.marks import Marks, jobs, mark
from agents.session import Session
from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.persona import Persona
from scenarios.plans.file import load_plan
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from simulator.scoring.evaluation import LIMIT
from simulator.trial import TrialKey

VERSION = 1
"""Of how jobs are marked; those of another version are done again."""
SIMULATED = 40
"""How often the simulation does the job, of which the model does a few."""
Cast = Mapping[str, Persona]


def plans(folder: Path, scenario: Scenario, cast: Cast, named: Sequence[str]) -> dict[str, Plan]:
    """The reference plans of the scenario in `folder`, or those that are named.

    Raises InputError where there is none of a name, or fewer than two to rank.
    """
    files = {file.stem: file for file in references(folder)}
    for name in named:
        if name not in files:
            problem = f"there is no reference plan {quoted(name)}"
            raise InputError(problem, field="--plan", mend=did_you_mean(name, list(files)))
    chosen = [name for name in files if name in named or not named]
    if len(chosen) < 2:
        raise InputError("there is nothing to rank with fewer than two plans", field="--plan",
                         mend="name another one")  # fmt: skip
    return {name: load_plan(files[name], lambda _: scenario, cast).plan for name in chosen}


def like(cast: Cast, persona: Persona) -> dict[str, Persona]:
    """The cast with every intern failing as `persona` does: one model sits at all desks."""
    own = {"tier": persona.tier, "odds": persona.odds, "figures": persona.figures}
    return {
        id_: one.model_copy(update=own) if one.kind == "intern" else one
        for id_, one in cast.items()
    }


def simulated(
    scenario: Scenario, plans: Mapping[str, Plan], cast: Cast, records: int, seed: int
) -> dict[str, Marks]:
    """What the simulation comes to, by plan, in so many repeats that luck matters little."""
    found = {}
    for name, plan in plans.items():
        found[name] = Marks()
        team = Session(scenario, plan, cast).team
        for trial in team.run(jobs(scenario, records, SIMULATED, seed)):
            found[name].add(mark(scenario, trial))
    return found


@dataclass
class Kept:
    """The marks of the jobs that were done, by what they rest on. `path` is where they are kept."""

    path: Path
    done: dict[str, Marks] = field(default_factory=dict)

    @classmethod
    def at(cls, folder: Path, model: str, scenario: Scenario) -> Kept:
        """Those of a model on a scenario. A line that was cut off is done again."""
        short = sha256(model.encode()).hexdigest()[:8]
        kept = cls(folder / f"{scenario.id}-{short}-v{VERSION}.jsonl")
        if kept.path.exists():
            for line in kept.path.read_text("utf-8", "replace").splitlines():
                try:
                    row = json.loads(line)
                    job = str(row.pop("job"))
                    kept.done[job] = Marks(**row)
                except (ValueError, KeyError, TypeError, AttributeError):
                    continue
        return kept

    def add(self, job: str, marks: Marks) -> None:
        """Keep the marks of a job. Raises OSError."""
        self.done[job] = marks
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"\n{json.dumps({'job': job, **asdict(marks)})}")


@dataclass(frozen=True)
class Job:
    """One repeat of a plan. `id` is of all that its outcome rests on, beside the model."""

    id: str
    name: str
    plan: Plan
    key: TrialKey


def listed(
    scenario: Scenario, plans: Mapping[str, Plan], records: int, repeats: int, seed: int
) -> list[Job]:
    """All jobs, each plan once before any comes again."""
    about = scenario.model_dump_json()
    found = []
    for key in jobs(scenario, records, repeats, seed):
        for name, plan in plans.items():
            rests = f"{about}\0{plan.model_dump_json()}\0{key.records}\0{key.draws}"
            found.append(Job(sha256(rests.encode()).hexdigest()[:16], name, plan, key))
    return found


def done(listed: Sequence[Job], kept: Kept) -> dict[str, Marks]:
    """What the model came to, by plan."""
    found: dict[str, Marks] = {}
    for job in listed:
        found.setdefault(job.name, Marks()).add(kept.done.get(job.id, Marks()))
    return found


@dataclass
class Did:
    """What one start did: jobs and tokens, and why it ended before its time, if it did."""

    jobs: int = 0
    tokens: int = 0
    faults: list[str] = field(default_factory=list)
    stopped: str = ""


def do(
    scenario: Scenario, missing: Sequence[Job], cast: Cast, model: str, kept: Kept, *,
    expected: Callable[[Job], float], most_tokens: float = float("inf"),
    progress: Callable[[Sequence[Job]], object] = lambda done: None,
) -> Did:  # fmt: skip
    """Have the model do jobs, and keep each that no fault spoilt.

    It stops before a job that might take more than `most_tokens`, by its `expected` tokens and by
    how far those were off so far; where the endpoint spoils two jobs in a row; and where it is
    interrupted. Raises InputError where the key or the model is wrong, OSError where nothing can
    be kept.
    """
    did, ratio, failed = Did(), 1.5, 0
    try:
        for place, job in enumerate(missing, start=1):
            if did.tokens + ratio * expected(job) > most_tokens:
                did.stopped = LIMIT
                break
            (trial,) = Session(scenario, job.plan, cast, model).team.run([job.key])
            marks = mark(scenario, trial)
            did.tokens += marks.tokens
            ratio = max(ratio, marks.tokens / expected(job))
            if marks.faults:
                did.faults += marks.faults
                failed += 1
            else:
                kept.add(job.id, marks)
                did.jobs, failed = did.jobs + 1, 0
            if failed == 2:
                did.stopped = "the endpoint does not answer"
                break
            progress(missing[:place])
    except KeyboardInterrupt:
        did.stopped = "interrupted"
    return did
