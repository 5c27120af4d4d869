"""The attacks and the voices of a scenario's folder, run on the same draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from agents.gate import texts
from agents.gate.attacks import ESCALATED, REPEATED, Attacker, AttackResult
from agents.gate.bench import Bench
from agents.gate.share import METRICS, Gap, Metric, share
from agents.gate.stages import Stage, empty, stages
from agents.gate.voices import VOICES, Copied, VoiceResult, compared, copied
from scenarios.attacks import load_attacks
from scenarios.errors import InputError
from scenarios.files.source import is_file, read
from scenarios.files.validation import build
from scenarios.loading import library, load_cast, load_scenario
from scenarios.persona import Persona
from scenarios.plans.file import load_plan
from scenarios.plans.plan import Plan
from scenarios.scenario import Lot, Scenario
from simulator import sampling

TRIALS = 200
"""Twenty-five samples of eight repeats for each plan."""
_EXPERT = "expert"


class Gate:
    """The attacks and the voices of the scenario in `folder`, run on the same draws.

    Raises InputError where the scenario, its expert's plan, a voice or `attacks.yaml` is not as it
    should be, or the expert's plan is not there; ValueError for fewer trials than two samples, of
    which no interval can be told.
    """

    def __init__(
        self, folder: Path, cast: Mapping[str, Persona] | None = None, *, lot: Lot = "practice",
        seed: int = 1, trials: int = TRIALS, jobs: int = 1,
    ) -> None:  # fmt: skip
        if trials <= sampling.REPEATS:
            raise ValueError(f"a gate needs more than {sampling.REPEATS} trials, not {trials}")
        self.folder = folder
        self.scenario: Scenario = load_scenario(folder)
        self.cast = load_cast() if cast is None else cast
        self.expert = self._plan(_EXPERT)
        self.written = load_attacks(folder)
        self.bench = Bench(
            self.scenario, self.cast, lot=lot, seed=seed, trials=trials, jobs=jobs
        )  # fmt: skip
        self._check_names()

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What the attacks say, by name: those made from the scenario, then the author's."""
        made = texts.generated(
            self.scenario, self.expert, self.cast, self._elsewhere(), self.bench.lot
        )
        return {**made, **{one.id: one.says for one in self.written}}

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        return stages(self.scenario, self.expert, self.cast)

    @property
    def attacks(self) -> tuple[str, ...]:
        """The names of all attacks."""
        return (*self.texts, REPEATED, ESCALATED)

    def attack(self, name: str) -> tuple[AttackResult, ...]:
        """Run one attack on every stage. Raises KeyError where there is none of that name."""
        return tuple(self._attack(name, stage) for stage in self.stages if _suits(name, stage))

    def _attack(self, name: str, stage: Stage) -> AttackResult:
        if name == ESCALATED:
            return self._attacker.passes_up(stage)
        if name == REPEATED:
            return self._attacker.echoes(stage, texts.nouns(self.scenario))
        return self._attacker.says(stage, name, self.texts[name])

    def voices(self) -> Iterator[VoiceResult]:
        """The expert's plan and its voices, every two of them."""
        runs = {name: self.bench.run(plan) for name, plan in self._said.items()}
        return compared({_EXPERT: self.bench.run(self.expert), **runs})

    def copies(self) -> Iterator[Copied]:
        """Sentences of the voices that are nearly exemplars."""
        for name, plan in self._said.items():
            yield from copied(name, plan, self.scenario, self.cast)

    def missing(self) -> tuple[str, ...]:
        """Voices for which there is no plan."""
        return tuple(name for name in VOICES if name not in self._said)

    def unmeasured(self) -> tuple[Metric, ...]:
        """The metrics in which the expert's plan gains nothing, and so no attack is scored."""
        gap = self._attacker.gap
        return tuple(m for m in METRICS if share(gap, gap.empty, gap.expert, m).share is None)

    @cached_property
    def _attacker(self) -> Attacker:
        nothing = empty(self.scenario, self.expert, self.cast)
        return Attacker(self.bench, Gap(self.bench.run(nothing), self.bench.run(self.expert)))

    @cached_property
    def _said(self) -> Mapping[str, Plan]:
        return {name: self._plan(name) for name in VOICES if is_file(self._file(name))}

    def _file(self, name: str) -> Path:
        return self.folder / "plans" / f"{name}.yaml"

    def _plan(self, name: str) -> Plan:
        return load_plan(self._file(name), lambda _: self.scenario, self.cast).plan

    def _check_names(self) -> None:
        made = {*texts.generated(self.scenario, self.expert, self.cast), REPEATED, ESCALATED}
        for one in self.written:
            if one.id in made:
                raise InputError(
                    f"'{one.id}' is the name of an attack that is made for every scenario",
                    file=str(self.folder / "attacks.yaml"), mend="give it another name",
                )  # fmt: skip

    def _elsewhere(self) -> str:
        """The expert's words in another scenario of the library, if it has one."""
        for name, file in library().items():
            plan = file.parent / "plans" / f"{_EXPERT}.yaml"
            if name != self.scenario.id and is_file(plan):
                said = texts.said_by(build(Plan, read(plan)), self.cast)
                if said.strip():
                    return said
        return texts.ELSEWHERE


def _suits(name: str, stage: Stage) -> bool:
    # Passing everything up is the same in one step as in many.
    return name != ESCALATED or stage.name == "bare"
