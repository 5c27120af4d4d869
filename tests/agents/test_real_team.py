"""Many calls at a time, and whole teams of real models."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest

from agents.models.real import hire
from agents.session import Session
from agents.team import CompiledTeam
from scenarios.errors import InputError
from scenarios.plans.plan import Plan
from simulator.draws import Draws
from simulator.trial import TrialKey
from tests.agents.bills import NINA, Desk, call, scenario
from tests.agents.endpoint import (
    Endpoint,
    Request,
    Response,
    does,
    fails,
    hangs,
    says,
    takes_no_form,
)

# Many calls


def test_answers_come_in_the_order_of_the_calls() -> None:
    late = threading.Event()

    def behave(request: Request) -> Response | None:
        # The first call is answered after the second.
        if request.records == ["r0"]:
            late.wait(10)
        elif request.records == ["r1"]:
            late.set()
        return does(pay=5)(request)

    with Endpoint(otherwise=behave) as endpoint:
        answers = Desk(endpoint, max_concurrency=2).colleague.answer(
            [call(f"r{n}") for n in range(9)]
        )
    assert [list(answered.rows or {}) for answered in answers] == [[f"r{n}"] for n in range(9)]


@pytest.mark.parametrize("hands", [1, 3])
def test_no_more_calls_at_a_time_than_allowed(hands: int) -> None:
    lock = threading.Lock()
    full = threading.Barrier(hands)
    busy = most = 0

    def behave(request: Request) -> Response | None:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        full.wait(10)
        with lock:
            busy -= 1
        return does(pay=5)(request)

    with Endpoint(otherwise=behave) as endpoint:
        desk = Desk(endpoint, max_concurrency=hands)
        answers = desk.colleague.answer([call(f"r{n}") for n in range(2 * hands)])
    assert not any(answered.fault for answered in answers)
    assert most == hands


def test_one_fault_spoils_one_call() -> None:
    def behave(request: Request) -> Response | None:
        return (fails(500) if request.records == ["r3"] else does(pay=5))(request)

    with Endpoint(otherwise=behave) as endpoint:
        answers = Desk(endpoint).colleague.answer([call(f"r{n}") for n in range(8)])
    assert [bool(answered.fault) for answered in answers] == [n == 3 for n in range(8)]


def test_an_interrupt_does_not_wait_for_the_endpoint() -> None:
    main = threading.main_thread().ident
    assert main is not None

    def behave(request: Request) -> Response | None:
        signal.pthread_kill(main, signal.SIGINT)
        return hangs(request)

    with Endpoint(behave, otherwise=hangs) as endpoint:
        desk = Desk(endpoint, max_concurrency=2)
        with pytest.raises(KeyboardInterrupt):
            desk.colleague.answer([call(f"r{n}") for n in range(5)])
    assert len(endpoint.requests) <= 2


def test_no_calls() -> None:
    assert hire(NINA, "m", base_url="http://127.0.0.1:1/v1").answer([]) == []


# At the desks of a team

Team = Callable[..., CompiledTeam]


@pytest.fixture
def team_of() -> Team:
    def build(endpoint: Endpoint, **step: Any) -> CompiledTeam:
        plan = Plan.model_validate(
            {
                "scenario": "bills",
                "steps": [{"id": "read", "assignee": "nina", "produces": {"pay": None}, **step}],
            }
        )
        return CompiledTeam(
            scenario(), plan, {"nina": NINA}, lambda persona: Desk(endpoint).colleague
        )

    return build


def _keys(trials: int) -> list[TrialKey]:
    return [TrialKey(Draws(1, 0, t), ("r1", "r2")) for t in range(trials)]


def test_a_team_of_real_models(team_of: Team) -> None:
    with Endpoint(otherwise=does(pay=5)) as endpoint:
        trials = team_of(endpoint, batch=1).run(_keys(3))
    assert [trial.delivered for trial in trials] == [{"r1": {"pay": 5}, "r2": {"pay": 5}}] * 3
    assert [trial.calls for trial in trials] == [2, 2, 2]
    assert [trial.faults for trial in trials] == [()] * 3
    assert trials[0].cost == pytest.approx(0.04)
    assert len(endpoint.requests) == 6


def test_a_team_whose_model_takes_no_form(team_of: Team) -> None:
    with Endpoint(otherwise=takes_no_form) as endpoint:
        (trial,) = team_of(endpoint, schema=True).run(_keys(1))
    assert trial.delivered == {"r1": {"pay": 5}, "r2": {"pay": 5}}


def test_a_reviewer_who_is_a_real_model(team_of: Team) -> None:
    def behave(request: Request) -> Response | None:
        if "You check the work of" in request.messages[0][1]:
            return does(ok=True, why="")(request)
        return does(pay=5)(request)

    with Endpoint(otherwise=behave) as endpoint:
        (trial,) = team_of(endpoint, review={"by": "nina", "of": ["pay"]}).run(_keys(1))
    assert (trial.calls, trial.faults) == (2, ())


def test_a_fault_travels_to_its_trial_and_to_no_other(team_of: Team) -> None:
    with Endpoint(fails(418), otherwise=does(pay=5)) as endpoint:
        trials = team_of(endpoint).run(_keys(4))
    assert sorted(trial.faults for trial in trials) == [
        (), (), (), ("the endpoint failed (418)",),
    ]  # fmt: skip


def test_a_trial_with_a_fault_is_not_scored(team_of: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    with Endpoint(fails(418), otherwise=does(pay=5)) as endpoint:
        team = team_of(endpoint)
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        session = Session(team.scenario, team.plan, {"nina": NINA}, "openai:m")
        evaluation = session.evaluate(trials=8)
    assert evaluation.faulty == 1
    assert evaluation.faults == ("the endpoint failed (418)",)
    assert [trial.accepted for trial in evaluation.scored] == [True] * 7


def test_a_malformed_reply_is_the_teams_failure(team_of: Team) -> None:
    with Endpoint(otherwise=says("no")) as endpoint:
        (trial,) = team_of(endpoint).run(_keys(1))
    assert (trial.delivered, trial.faults) == ({}, ())
    assert {slip.cause for slip in trial.work["read"].slips["r1"]} == {"malformed"}


def test_a_wrong_key_ends_the_run_of_a_team(team_of: Team) -> None:
    with Endpoint(otherwise=fails(401)) as endpoint, pytest.raises(InputError):
        team_of(endpoint).run(_keys(2))
