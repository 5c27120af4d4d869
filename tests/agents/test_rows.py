"""Rows: found in texts, worked on where they arrive, judged by what is there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from agents.session import Session
from agents.team import CompiledTeam
from scenarios import Plan, Scenario, load_scenario
from simulator import rows, sampling
from simulator.evaluation import Scored, score
from simulator.slip import Slip
from simulator.trial import Trial
from simulator.verdict import Verdict
from tests.library.test_golden import FixedReader
from tests.office import cast
from tests.scenarios import talks as files


@cache
def talks() -> Scenario:
    with TemporaryDirectory() as folder:
        return load_scenario(files.write(Path(folder)))


FIND: dict[str, Any] = {
    "id": "find", "assignee": "mira", "reads": ["records"], "batch": 1,
    "instructions": "Find the tasks. What is said later holds.",
    "produces": {"status": None, "owner": None, "due": None},
}  # fmt: skip


def team(*steps: Mapping[str, Any]) -> CompiledTeam:
    plan = Plan.model_validate({"scenario": "talks", "steps": list(steps)})
    return Session(talks(), plan, cast(), texts=FixedReader()).team


def ran(
    *steps: Mapping[str, Any], trials: int = 16
) -> list[tuple[Trial, Scored, Verdict, list[Slip]]]:
    staffed = team(*steps)
    keys = sampling.keys(talks(), "practice", seed=1, trials=trials)
    return [(trial, *score(talks(), staffed.blueprints, trial)) for trial in staffed.run(keys)]


def test_one_step_finds_rows_and_is_judged_on_them() -> None:
    done = ran(FIND, trials=40)
    assert any(verdict.measures[0] == 1 for _, _, verdict, _ in done)
    for trial, scored, verdict, slips in done:
        for row in trial.delivered.values():
            assert rows.there(talks(), row)
        for name in trial.key.records:
            missed = rows.wanted(talks(), name) and name not in trial.delivered
            invented = not rows.wanted(talks(), name) and name in trial.delivered
            if missed or invented:
                assert name in verdict.wrong_records
                assert any(slip.record == name for slip in slips)
            elif name not in trial.delivered:
                assert name not in verdict.wrong_records
        assert all(key.cause != "unknown" for key, _, _ in scored.blame)
        assert trial.extra == ()
