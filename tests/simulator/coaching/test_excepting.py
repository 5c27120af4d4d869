"""An exception that code does not make is found out from solved records, and from nothing else."""

from __future__ import annotations

import pytest

from agents.session import Session
from scenarios import Scenario, find_scenario, load_cast, load_plan, load_scenario
from scenarios.language.operations import SetTo
from scenarios.plans.plan import Plan
from simulator.blueprint import Blueprint
from simulator.coaching import changes, excepting
from simulator.coaching.change import edited
from simulator.coaching.excepting import exceptions

FOLDER = find_scenario("minutes").parent
SCENARIO, CAST = load_scenario(FOLDER), load_cast()
EXPERT = load_plan(FOLDER / "plans" / "expert.yaml").plan


def forgetful() -> Plan:
    """The expert's plan, whose code does not know that there are two of the same name."""
    code = EXPERT.step["list"]
    does = tuple(one for one in code.does if one.set != "owner")
    return edited(EXPERT, code, does=(*does, SetTo(set="owner", to="known")))


def found(plan: Plan, result: str, scenario: Scenario = SCENARIO) -> list[str]:
    code = Blueprint(scenario, plan, plan.step["list"], CAST["tally"], None)
    return [
        one.to for step in exceptions(code, result) for one in step.does
        if isinstance(one, SetTo) and one.set == result
    ]  # fmt: skip


def test_what_several_solved_records_have_alike_makes_an_exception() -> None:
    assert "'Samira Adeyemi' if taker == 'Sam' and team != 'works' else value_1" in found(
        forgetful(), "owner"
    )


def test_code_that_gives_what_was_wanted_has_no_exceptions() -> None:
    assert not any(found(EXPERT, result) for result in EXPERT.step["list"].produces)


def test_only_the_archive_is_looked_at() -> None:
    lots = {lot: some if lot == "archive" else () for lot, some in SCENARIO.lots.items()}
    alone = SCENARIO.model_copy(update={"lots": lots})
    assert found(forgetful(), "owner", alone) == found(forgetful(), "owner")


def test_what_is_too_long_for_an_expression_is_no_exception(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(excepting, "ROOM", 40)
    assert not found(forgetful(), "owner")


def test_the_exception_mends_what_it_cost() -> None:
    attempt = Session(SCENARIO, forgetful(), CAST).evaluate(trials=8)
    expert = Session(SCENARIO, EXPERT, CAST).evaluate(trials=8)
    key = next(key for key in attempt.blame if key.cause == "uncoded")
    tried = [
        Session(SCENARIO, one.plan, CAST).evaluate(trials=8)
        for one in changes(attempt, CAST, causes=len(attempt.blame))
        if one.kind == "code" and one.about == key
    ]
    losses = [loss.mean for one in tried if (loss := one.mean("loss")) is not None]
    best, lost = expert.mean("loss"), attempt.mean("loss")
    assert best is not None
    assert lost is not None
    assert min(losses) == best.mean < lost.mean
