"""The key is quoted back by an endpoint wherever it can, and is in nothing that is produced."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agents.models.line import Line
from tests.agents.bills import KEY, Desk
from tests.agents.endpoint import USAGE, Behaviour, Endpoint, Request, Response, says
from tests.tui.conftest import Intern
from tests.tui.test_cli import NAIVE


def _quoted(request: Request) -> str:
    return f"you sent {request.headers['authorization']}"


def quotes(make: Callable[[str, Request], Response]) -> Behaviour:
    return lambda request: make(_quoted(request), request)


def _error(status: int, **headers: str) -> Behaviour:
    def make(said: str, request: Request) -> Response:
        return Response(status, {"error": {"message": said, "code": said}}, {"x-said": said})

    return quotes(make)


def _completed(**message: Any) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": "stop"}
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "m",
            "choices": [choice], "usage": USAGE}  # fmt: skip


def _rows(said: str, request: Request) -> Response:
    rows = [{"record": name, "pay": said} for name in request.records]
    return Response(200, _completed(content=json.dumps(rows)))


def _refusal(said: str, request: Request) -> Response:
    return Response(200, _completed(content=None, refusal=said))


def _garbage(said: str, request: Request) -> Response:
    return Response(200, f"<html>{said}")


BEHAVIOURS = {
    "as values": quotes(_rows),
    "as a refusal": quotes(_refusal),
    "as a page": quotes(_garbage),
    "400": _error(400),
    "401": _error(401),
    "500": _error(500),
}


@pytest.mark.parametrize("behave", BEHAVIOURS.values(), ids=BEHAVIOURS.keys())
def test_the_key_is_in_nothing_that_a_run_leaves_behind(
    behave: Behaviour, intern: Intern, hermetic: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level("DEBUG")
    monkeypatch.setattr("agents.models.line.RETRIES", 0)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with Endpoint(otherwise=behave) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        ran = intern("run", NAIVE, "--model", "openai:m", "--trials", "2", "--follow", "--json")
        assert any(KEY in request.headers["authorization"] for request in endpoint.requests)
    assert KEY not in ran.out + ran.err + caplog.text
    for path in hermetic.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path


def test_nor_in_the_traceback_of_an_error_of_the_programs_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the locals of every frame, as a crash reporter has them."""

    def broken(self: Line, text: str) -> str:
        raise RuntimeError("a mistake in the program")

    monkeypatch.setattr(Line, "_without_key", broken)
    with Endpoint(otherwise=says("[]")) as endpoint:
        try:
            Desk(endpoint).ask()
        except RuntimeError:
            kind, error, where = sys.exc_info()
            assert kind is not None
            assert error is not None
            told = traceback.TracebackException(kind, error, where, capture_locals=True)
            assert KEY not in "".join(told.format())
        else:
            pytest.fail("nothing was raised")
