"""What each trouble with an endpoint comes to."""

from __future__ import annotations

import socket
import traceback

import pytest

from agents.models.line import LONGEST_WAIT, RETRIES
from agents.models.real import hire
from scenarios.errors import InputError
from simulator.order import Asked
from tests.agents.bills import GOOD, KEY, NINA, Desk, asked, call
from tests.agents.endpoint import (
    Behaviour,
    Endpoint,
    fails,
    hangs,
    says,
    sends,
)

# Faults


@pytest.mark.parametrize(
    ("failure", "fault"),
    [
        (fails(429), "rate limited"),
        (fails(429, retry_after="0"), "rate limited"),
        (fails(500), "the endpoint failed (500)"),
        (fails(503), "the endpoint failed (503)"),
        (fails(408), "the endpoint failed (408)"),
        (sends("<html>Bad gateway</html>"), "the endpoint's answer is no chat completion"),
        (sends({"error": {"message": KEY}}), "the endpoint's answer is no chat completion"),
        (sends({"choices": []}), "the endpoint's answer is no chat completion"),
    ],
    ids=["429", "429 with Retry-After", "500", "503", "408", "HTML", "an error", "no choices"],
)
def test_what_may_pass_is_tried_again(failure: Behaviour, fault: str) -> None:
    answered, requests, _ = asked(failure, says(GOOD))
    assert (answered.fault, answered.calls, len(requests)) == ("", 1, 2)
    assert answered.rows is not None
    answered, requests, waited = asked(*[failure] * (RETRIES + 1))
    assert answered.fault.startswith(fault)
    assert (answered.rows, answered.calls, answered.cost) == (None, 0, 0)
    assert (len(requests), len(waited)) == (RETRIES + 1, RETRIES)


def test_the_waits_double() -> None:
    _, _, waited = asked(*[fails(500)] * (RETRIES + 1))
    for retry, wait in enumerate(waited):
        assert 0.75 * 2**retry <= wait <= 2**retry


def test_the_waits_are_the_same_in_every_run_and_not_for_every_call() -> None:
    script = [fails(500)] * (RETRIES + 1)
    (_, _, first), (_, _, second) = asked(*script), asked(*script)
    assert first == second
    assert first != asked(*script, asked=(Asked("pay", "something else"),))[2]


def test_the_endpoint_says_how_long_to_wait() -> None:
    past = "Wed, 21 Oct 2015 07:28:00 GMT"
    script = [fails(429, retry_after=after) for after in ("0", "7.5", past)]
    answered, _, waited = asked(*script, says(GOOD))
    assert waited == [0, 7.5, 0]
    assert answered.fault == ""


def test_a_wait_that_means_nothing_is_not_obeyed() -> None:
    _, _, waited = asked(fails(429, retry_after="soon"), says(GOOD))
    assert 0.75 <= waited[0] <= 1


def test_an_endpoint_that_asks_for_a_long_wait_is_given_up() -> None:
    answered, requests, waited = asked(fails(429, retry_after=str(LONGEST_WAIT + 1)))
    assert answered.fault == "rate limited"
    assert (len(requests), waited) == (1, [])


@pytest.mark.parametrize(
    ("failure", "fault"),
    [
        (fails(429, "You exceeded your quota", "insufficient_quota"), "out of quota"),
        (fails(400), "the endpoint refused the request (400)"),
        (fails(418), "the endpoint failed (418)"),
    ],
    ids=["quota", "400", "418"],
)
def test_what_will_not_pass_is_not_tried_again(failure: Behaviour, fault: str) -> None:
    answered, requests, waited = asked(failure)
    assert (answered.rows, answered.fault) == (None, fault)
    assert (len(requests), waited) == (1, [])


def test_a_silent_endpoint() -> None:
    with Endpoint(otherwise=hangs) as endpoint:
        desk = Desk(endpoint, timeout=0.05)
        answered = desk.ask()
    assert (answered.rows, answered.fault) == (None, "timed out")
    assert len(desk.waited) == RETRIES


def test_an_endpoint_that_is_silent_once() -> None:
    with Endpoint(hangs, otherwise=says(GOOD)) as endpoint:
        answered = Desk(endpoint, timeout=0.5).ask()
    assert (answered.fault, answered.calls) == ("", 1)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        desk = Desk(f"http://127.0.0.1:{free.getsockname()[1]}/v1")
        answered = desk.ask()
    assert (answered.rows, answered.fault) == (None, "the endpoint is down")
    assert len(desk.waited) == RETRIES


def test_a_fault_after_a_reply_keeps_what_was_paid() -> None:
    answered, _, _ = asked(says("What?"), *[fails(500)] * (RETRIES + 1))
    assert answered.fault == "the endpoint failed (500)"
    assert (answered.rows, answered.calls, answered.tokens) == (None, 1, 1000)


# Wrong input


@pytest.mark.parametrize(
    ("status", "problem", "mend"),
    [
        (401, "does not accept the key (401)", "OPENAI_API_KEY"),
        (403, "does not accept the key (403)", "OPENAI_API_KEY"),
        (404, "knows no such model (404)", "check the name"),
    ],
)
def test_a_wrong_key_or_model_ends_the_run_at_once(
    status: int, problem: str, mend: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with Endpoint(otherwise=fails(status, f"Incorrect API key provided: {KEY}")) as endpoint:
        desk = Desk(endpoint, max_concurrency=2)
        with pytest.raises(InputError) as caught:
            desk.colleague.answer([call(f"r{n}") for n in range(20)])
    assert problem in str(caught.value)
    assert "openai:some-model" in str(caught.value)
    assert mend in caught.value.mend
    assert len(endpoint.requests) <= 2
    told = "".join(traceback.format_exception(caught.value, chain=True))
    assert KEY not in told + caplog.text
    assert caught.value.__context__ is None


def test_openai_itself_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError) as caught:
        hire(NINA, "gpt")
    assert "OPENAI_API_KEY" in caught.value.mend
    monkeypatch.setenv("OPENAI_API_KEY", " \n")
    with pytest.raises(InputError):
        hire(NINA, "gpt")


@pytest.mark.parametrize("key", ["sk-\u2026", "two words", "two\nlines"])
def test_a_key_that_is_none(key: str) -> None:
    with pytest.raises(InputError) as caught:
        hire(NINA, "gpt", base_url="http://127.0.0.1:1/v1", api_key=key)
    assert key not in str(caught.value)


@pytest.mark.parametrize("url", ["localhost:11434", "ftp://host/v1", "http://", "http://a:b/v1"])
def test_an_address_that_is_none(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    with pytest.raises(InputError) as caught:
        hire(NINA, "gpt")
    assert "http://localhost:11434/v1" in caught.value.mend
