"""Plans of one scenario on the same draws, each evaluated once."""

from __future__ import annotations

from collections.abc import Mapping

from agents.session import Session
from scenarios.persona import Persona
from scenarios.plans.plan import Plan
from scenarios.scenario import Lot, Scenario
from simulator.scoring.evaluation import Evaluation


class Bench:
    """Evaluates plans of a scenario on one lot with one seed.

    Every plan meets the same records with the same luck, so that two of them differ by what they
    say and not by their draws.
    """

    def __init__(
        self, scenario: Scenario, cast: Mapping[str, Persona], *, lot: Lot = "practice",
        seed: int = 1, trials: int = 160, jobs: int = 1,
    ) -> None:  # fmt: skip
        self.scenario = scenario
        self.cast = cast
        self.lot = lot
        self.seed = seed
        self.trials = trials
        self.jobs = jobs
        self._known: dict[str, Evaluation] = {}
        self._others = {(lot, seed, trials): self}

    def on(self, lot: Lot, *, seed: int, trials: int) -> Bench:
        """The bench of the same scenario for other trials; it too is there only once."""
        key = (lot, seed, trials)
        if key not in self._others:
            other = Bench(
                self.scenario, self.cast, lot=lot, seed=seed, trials=trials, jobs=self.jobs
            )  # fmt: skip
            other._others = self._others
            self._others[key] = other
        return self._others[key]

    def run(self, plan: Plan) -> Evaluation:
        """The plan's trials. Raises KeyboardInterrupt where they were interrupted."""
        key = plan.model_dump_json()
        if key not in self._known:
            found = Session(self.scenario, plan, self.cast).evaluate(
                self.lot, seed=self.seed, trials=self.trials, jobs=self.jobs
            )
            if found.interrupted:
                raise KeyboardInterrupt
            self._known[key] = found
        return self._known[key]
