"""What invoices shows beside its gate: its ladder, and that the README tells it.

All of it on 200 trials with seed 1, on the same draws; differences are paired by sample.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from scenarios.plans.removals import Removal, load_removals
from scenarios.scenario import Lot
from simulator.reading import read
from simulator.scoring.evaluation import Evaluation, paired
from tests.benchmarks.ladder import markdown
from tests.office import folder, invoices, reference, session

TRIALS = 200
RUNGS = ("naive", "rules", "split", "examples", "sum-check", "expert")


@cache
def run(name: str, lot: Lot = "practice") -> Evaluation:
    return session(reference(name)).evaluate(lot, seed=1, trials=TRIALS)


def rate(name: str, lot: Lot = "practice") -> float:
    reliability = run(name, lot).reliability
    assert reliability is not None
    return reliability.mean


def mean(name: str, metric: str) -> float:
    estimate = run(name).mean(metric)
    assert estimate is not None
    return estimate.mean


@pytest.mark.parametrize(("before", "after"), list(pairwise(RUNGS)))
def test_each_rung_leaves_fewer_wrong_records_and_less_lost(before: str, after: str) -> None:
    for metric in ("wrong_records", "loss"):
        difference = paired(run(before), run(after), metric)
        assert difference.high is not None
        assert difference.high < 0, (metric, difference)


def test_a_sum_check_without_rules_moves_the_work_to_you() -> None:
    assert rate("sum-check-without-rules") <= 0.05
    assert mean("sum-check-without-rules", "escalations") > 3 * mean("expert", "escalations")


def test_the_expert_plan_is_a_team_that_reads() -> None:
    plan = reference("expert")
    hands = [step.id for step in plan.steps if not (step.is_code or step.is_you)]
    reviews = [step.id for step in plan.steps if step.review is not None]
    assert len(hands) + len(reviews) >= 3
    blueprints = session(plan).team.blueprints
    told = {
        requirement.id
        for requirement in invoices().requirements
        for step in hands
        if read(blueprints[step].head.instructions, requirement).clear > 0.9
        or any(
            requirement.id in invoices().document[paper.id].states
            for paper in blueprints[step].papers
        )
    }
    assert len(told) >= 4


def removals() -> list[Removal]:
    return list(load_removals(folder() / "plans" / "removals.yaml").removals)


def test_the_readme_tells_what_these_plans_do() -> None:
    rows = [markdown(name, run(name), run(name, "sealed")) for name in RUNGS]
    text = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    for row in rows:
        assert row in text, f"the README should say: {row}"


def test_every_requirement_can_be_removed() -> None:
    assert {r.requirement for r in removals()} - {None} == {r.id for r in invoices().requirements}


def test_every_wrong_record_is_traced_to_something() -> None:
    assert not [key for key in run("expert").blame if key.cause == "unknown"]
