"""A spending limit: it is not passed, whatever is in flight, and what was finished is kept."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.colleague import messages
from agents.models.account import LONGEST, Account, at_worst
from agents.session import Session
from scenarios.errors import InputError
from scenarios.plans.plan import Plan
from simulator.scoring.evaluation import LIMIT, Evaluation
from tests.agents.bills import NINA, Desk, call, scenario
from tests.agents.endpoint import USAGE, Behaviour, Endpoint, Request, Response, does, hangs


@given(
    limit=st.floats(0, 5),
    calls=st.lists(st.tuples(st.integers(1, 3000), st.floats(0, 1)), max_size=20),
)
def test_the_limit_is_never_passed(limit: float, calls: list[tuple[int, float]]) -> None:
    account = Account(limit, price=1.0)
    for worst, share in calls:
        if account.reserve(worst, 0.0, Event()):
            account.settle(worst, int(worst * share), 0.0)
        assert account.spent <= limit + 1e-9


@settings(max_examples=20, deadline=None)
@given(limit=st.integers(1, 20), hands=st.integers(1, 6))
def test_nor_side_by_side(limit: int, hands: int) -> None:
    account, gone_out = Account(limit, price=1.0), []

    def work() -> None:
        while account.reserve(1000, 0.0, Event()):
            gone_out.append(account.spent + account._reserved)
            account.settle(1000, 600, 0.0)

    threads = [Thread(target=work) for _ in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert account.reached
    assert account.spent <= limit
    assert max(gone_out, default=0) <= limit + 1e-9


def test_a_price_without_a_limit_is_of_no_use() -> None:
    with pytest.raises(InputError):
        Account(price=1.0)


def test_what_no_limit_bounds_goes_out() -> None:
    assert Account().reserve(10**9, 1.0, Event())


# At the desks

PRICE = 1.0
ORDER = call()
WORST = at_worst(messages(ORDER.order), {}) * PRICE / 1000


def evaluated(
    monkeypatch: pytest.MonkeyPatch, limit: float, behave: Behaviour, trials: int = 16
) -> tuple[Evaluation, Account, list[Request]]:
    plan = Plan.model_validate(
        {
            "scenario": "bills",
            "steps": [{"id": "read", "assignee": "nina", "produces": {"pay": None}}],
        }
    )
    account = Account(limit, PRICE)
    with Endpoint(otherwise=behave) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        session = Session(scenario(), plan, {"nina": NINA}, "openai:m", account=account)
        found = session.evaluate(trials=trials)
    return found, account, endpoint.requests


def test_what_was_finished_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    found, account, requests = evaluated(monkeypatch, 2 * WORST, does(pay=5))
    assert 0 < len(found.scored) == len(requests) < 16
    assert account.spent == pytest.approx(len(requests) * USAGE["total_tokens"] / 1000 * PRICE)
    assert account.spent <= 2 * WORST
    assert (found.interrupted, found.stopped, found.faulty) == (True, LIMIT, 0)
    assert all(trial.accepted for trial in found.scored)
    assert {request.body["max_tokens"] for request in requests} == {LONGEST}


def test_a_limit_that_no_call_fits_into(monkeypatch: pytest.MonkeyPatch) -> None:
    found, account, requests = evaluated(monkeypatch, WORST / 100, does(pay=5))
    assert (found.scored, found.stopped, requests, account.spent) == ((), LIMIT, [], 0)


def test_a_limit_that_is_not_reached_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found, account, _ = evaluated(monkeypatch, 10_000 * WORST, does(pay=5), trials=8)
    assert (len(found.scored), found.interrupted, account.reached) == (8, False, False)


def test_what_an_endpoint_was_too_slow_for_may_be_billed() -> None:
    def behave(request: Request) -> Response | None:
        return hangs(request)

    with Endpoint(otherwise=behave) as endpoint:
        desk = Desk(endpoint, timeout=0.05)
        desk.colleague.account.limit, desk.colleague.account.price = 2.5 * WORST, PRICE
        answered = desk.ask()
    assert answered.fault == LIMIT
    assert desk.colleague.account.spent == pytest.approx(2 * WORST, rel=0.1)
