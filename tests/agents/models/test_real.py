"""A real model at a desk: what is asked of it, and how its replies are read."""

from __future__ import annotations

import json

import pytest

from agents.colleague import AGAIN, messages
from agents.models.real import hire
from simulator.order import Asked, tokens_in
from tests.agents.bills import GOOD, KEY, NINA, PAY, Desk, asked, call
from tests.agents.endpoint import (
    USAGE,
    Behaviour,
    Endpoint,
    Request,
    Response,
    does,
    fails,
    says,
    sends,
)

# What is asked and what is paid


def test_the_same_messages_as_a_simulated_intern() -> None:
    answered, (request,), waited = asked(says(GOOD))
    system, human = messages(call().order)
    assert request.messages == [("system", system.content), ("user", human.content)]
    assert request.path == "/v1/chat/completions"
    assert request.body["model"] == "some-model"
    assert "response_format" not in request.body
    assert not request.body.get("stream")
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert answered.rows == {"r1": {"record": "r1", "pay": 5}}
    assert (answered.fault, waited) == ("", [])


def test_tokens_are_the_endpoints_and_money_is_the_games() -> None:
    answered, _, _ = asked(says(GOOD))
    assert (answered.calls, answered.tokens) == (1, 1000)
    assert answered.cost == pytest.approx(0.02)
    assert 0 < answered.seconds < 10


def test_tokens_are_estimated_where_the_endpoint_counts_none() -> None:
    answered, _, _ = asked(says(GOOD, usage=None))
    sent = [str(message.content) for message in messages(call().order)]
    assert answered.tokens == sum(map(tokens_in, sent)) + tokens_in(GOOD)


# How replies are read


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"Sure! Here is what I found:\n```json\n{GOOD}\n```\nAnything else?",
        json.dumps({"rows": json.loads(GOOD)}),
        f"<think>Is it [5] or [6]?</think>\n{GOOD}",
    ],
    ids=["bare", "fenced", "in an object", "thought aloud"],
)
def test_a_reply_is_read_leniently(text: str) -> None:
    answered, _, _ = asked(says(text))
    assert answered.rows == {"r1": {"record": "r1", "pay": 5}}
    assert answered.calls == 1


def test_what_no_field_can_hold_becomes_text_or_nothing() -> None:
    odd = '[{"record": 7, "a": {"b": 1}, "c": [1, [2], NaN], "d": Infinity, "e": null}]'
    answered, _, _ = asked(says(odd))
    row = {"record": 7, "a": '{"b": 1}', "c": [1, "[2]", None], "d": None, "e": None}
    assert answered.rows == {"7": row}


UNUSABLE = {
    "malformed": says('[{"record": "r1", "pay'),
    "chatter": says("I would rather not."),
    "truncated": says(GOOD, ended="length"),
    "filtered": says("", ended="content_filter"),
    "refused": says(None, refusal="I can't help with that."),
    "empty": says(""),
}


@pytest.mark.parametrize("first", UNUSABLE.values(), ids=UNUSABLE.keys())
@pytest.mark.parametrize("form", [False, True], ids=["plain", "form"])
def test_what_cannot_be_used_is_asked_for_once_more_and_paid(first: Behaviour, form: bool) -> None:
    answered, requests, waited = asked(first, says(GOOD), enforce_schema=form)
    assert answered.rows == {"r1": {"record": "r1", "pay": 5}}
    assert (answered.calls, answered.tokens, answered.fault) == (2, 2000, "")
    assert answered.cost == pytest.approx(0.04)
    roles = [role for role, _ in requests[1].messages]
    assert roles == ["system", "user", "assistant", "user"]
    assert requests[1].messages[2][1]
    assert requests[1].messages[3][1] == AGAIN
    assert waited == []


@pytest.mark.parametrize("reply", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_what_cannot_be_used_twice_is_lost_and_no_fault(reply: Behaviour) -> None:
    answered, requests, _ = asked(reply, reply)
    assert answered.rows is None
    assert (answered.calls, answered.tokens, answered.fault) == (2, 2000, "")
    assert len(requests) == 2


@pytest.mark.parametrize(
    "refusal",
    [
        fails(
            400, "This model's maximum context length is 2048 tokens.", "context_length_exceeded"
        ),
        fails(400, "the request exceeds the available context size"),
        fails(400, "The response was filtered.", "content_filter"),
    ],
    ids=["too long", "too long for another server", "filtered"],
)
@pytest.mark.parametrize("form", [False, True], ids=["plain", "form"])
def test_an_order_that_cannot_be_answered_is_the_teams_own(refusal: Behaviour, form: bool) -> None:
    answered, requests, _ = asked(refusal, enforce_schema=form)
    assert (answered.rows, answered.fault, answered.calls) == (None, "", 0)
    assert len(requests) == 1


# Enforced forms


def test_a_form_is_enforced_by_a_strict_schema() -> None:
    kind = Asked("kind", "what it is", ("invoice", "credit note"))
    lines = Asked("lines", "its amounts", list=True)
    _, (request,), _ = asked(
        says('{"rows": [{"record": "r1"}]}'), enforce_schema=True, asked=(PAY, kind, lines)
    )
    form = request.body["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"]["strict"] is True
    schema = form["json_schema"]["schema"]
    assert (schema["type"], schema["required"]) == ("object", ["rows"])
    row = schema["properties"]["rows"]["items"]
    assert row["required"] == ["record", "pay", "kind", "lines"]
    assert row["additionalProperties"] is False
    assert row["properties"]["kind"]["anyOf"][0]["enum"] == ["invoice", "credit note"]
    assert row["properties"]["lines"]["type"] == "array"


def test_the_form_of_a_review() -> None:
    text = '{"rows": [{"record": "r1", "ok": false, "why": "no"}]}'
    answered, (request,), _ = asked(says(text), enforce_schema=True, role="review", author="Pip")
    schema = request.body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["rows"]["items"]["required"] == ["record", "ok", "why"]
    assert answered.rows == {"r1": {"record": "r1", "ok": False, "why": "no"}}


@pytest.mark.parametrize("status", [400, 422])
def test_an_endpoint_that_takes_no_form_is_asked_plainly_from_then_on(status: int) -> None:
    refusal = fails(
        status, "'response_format' of type 'json_schema' is not supported with this model"
    )
    with Endpoint(refusal, otherwise=does(pay=5)) as endpoint:
        desk = Desk(endpoint)
        first, second = desk.ask(enforce_schema=True), desk.ask(enforce_schema=True)
    assert first.rows == second.rows == {"r1": {"record": "r1", "pay": 5}}
    assert (first.calls, first.fault) == (1, "")
    assert ["response_format" in request.body for request in endpoint.requests] == [
        True, False, False,
    ]  # fmt: skip


def test_a_request_that_is_refused_without_a_form_too() -> None:
    answered, requests, _ = asked(*[fails(400)] * 4, enforce_schema=True)
    assert answered.fault == "the endpoint refused the request (400)"
    assert len(requests) == 4


REFUSED = fails(400, "not supported")


def calls_a_tool(arguments: str) -> Behaviour:
    """Answer by a tool call with these arguments, as they are."""
    function = {"name": "rows", "arguments": arguments}
    message = {
        "role": "assistant", "content": None,
        "tool_calls": [{"id": "1", "type": "function", "function": function}],
    }  # fmt: skip
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    return sends({
        "id": "1", "object": "chat.completion", "created": 0, "model": "served",
        "choices": [choice], "usage": USAGE,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("refused", "then", "wanted"),
    [
        (1, calls_a_tool(json.dumps({"rows": json.loads(GOOD)})), "a tool call"),
        (2, says(json.dumps({"rows": json.loads(GOOD)})), "JSON mode"),
        (3, says(f"Here you are: {GOOD}"), "words only"),
    ],
)
def test_the_strictest_form_that_the_endpoint_takes_is_found_once_and_noted(
    refused: int, then: Behaviour, wanted: str
) -> None:
    with Endpoint(*[REFUSED] * refused, otherwise=then) as endpoint:
        desk = Desk(endpoint)
        answers = [desk.ask(enforce_schema=True) for _ in range(3)]
    assert [(one.rows, one.calls, one.fault) for one in answers] == [
        ({"r1": {"record": "r1", "pay": 5}}, 1, "")
    ] * 3
    assert len(endpoint.requests) == refused + 3
    assert len({json.dumps(request.body) for request in endpoint.requests[refused:]}) == 1
    (note,) = desk.colleague.account.notes
    assert note.endswith(f"{wanted}.")
    keys = [{"response_format", "tools"} & set(request.body) for request in endpoint.requests]
    ladder: list[set[str]] = [{"response_format"}, {"tools"}, {"response_format"}, set()]
    assert keys == ladder[:refused] + ladder[refused : refused + 1] * 3


def test_side_by_side_the_form_is_found_once() -> None:
    def behave(request: Request) -> Response | None:
        return (REFUSED if "response_format" in request.body else does(pay=5))(request)

    with Endpoint(otherwise=behave) as endpoint:
        desk = Desk(endpoint, max_concurrency=4)
        calls = [call(f"r{n}", enforce_schema=True) for n in range(8)]
        answers = desk.colleague.answer(calls)
    assert all(answered.rows for answered in answers)
    assert sum("response_format" in request.body for request in endpoint.requests) == 1
    assert len(desk.colleague.account.notes) == 1


def test_a_tool_call_that_is_no_json_is_malformed() -> None:
    script = [REFUSED, *[calls_a_tool('{"rows": [{"record": "r1", "pay')] * 2]
    answered, _, _ = asked(*script, enforce_schema=True)
    assert (answered.rows, answered.calls, answered.fault) == (None, 2, "")


# Where requests go


def test_endpoint_and_key_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with Endpoint(otherwise=says(GOOD)) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        hire(NINA, "m").answer([call()])
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        hire(NINA, "m").answer([call()])
        hire(NINA, "m", base_url=endpoint.url).answer([call()])
    keys = [request.headers["authorization"] for request in endpoint.requests]
    assert keys == ["Bearer none", f"Bearer {KEY}", "Bearer none"]


def test_a_word_in_place_of_a_key_changes_no_reply() -> None:
    """Endpoints of one's own take any key; "EMPTY" and "ollama" are usual."""
    with Endpoint(says(GOOD)) as endpoint:
        (answered,) = hire(NINA, "m", base_url=endpoint.url, api_key="pay").answer([call()])
    assert answered.rows == {"r1": {"record": "r1", "pay": 5}}


def test_no_gateway_gets_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    with Endpoint() as gateway, Endpoint(says(GOOD)) as endpoint:
        monkeypatch.setenv("LANGSMITH_GATEWAY", gateway.url)
        monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2_secret")
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        answered = hire(NINA, "m").answer([call()])[0]
        assert str(hire(NINA, "m", api_key=KEY).model.openai_api_base) == endpoint.url
        monkeypatch.delenv("OPENAI_BASE_URL")
        default = hire(NINA, "m", api_key=KEY).model.openai_api_base
    assert answered.fault == ""
    assert default == "https://api.openai.com/v1"
    assert not gateway.requests
