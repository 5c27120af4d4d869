"""The local model's server is started, and never outlives who started it. The server is a fake."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agents import hiring
from agents.models import local
from agents.models.local import Server
from agents.models.local_server import Message, Receive, known_form, translating
from scenarios.errors import InputError

FAKE = """
import os, sys
{first}
os.write(1, b"{port}\\n")
while os.read(0, 10):
    pass
"""
HOLDER = """
import os, sys
from agents.models.local import Server
server = Server([sys.executable, "-c", {fake!r}])
print(server.url, flush=True)
{then}
"""


def fake(first: str = "", port: str = "4242") -> list[str]:
    return [sys.executable, "-c", FAKE.format(first=first, port=port)]


def test_a_server_that_is_ready_says_where() -> None:
    server = Server(fake())
    assert server.url == "http://127.0.0.1:4242/v1"
    server.stop()
    server.stop()


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (fake("sys.exit('no \\x1b[31mroom')"), "no "),
        (fake(port="oops"), ""),
        ([sys.executable, "-c", ""], ""),
    ],
)
def test_a_server_that_does_not_start_is_one_message(command: list[str], why: str) -> None:
    with pytest.raises(InputError, match="did not start") as error:
        Server(command)
    assert why in error.value.one_line()
    assert "\x1b" not in error.value.one_line()


def test_a_server_that_never_gets_ready_is_given_up() -> None:
    with pytest.raises(InputError, match="did not start"):
        Server(fake("os.read(0, 1)"), ready=0.2)


@pytest.mark.parametrize("then", ["sys.stdin.read()", "raise RuntimeError", "os._exit(3)"])
def test_nothing_is_left_however_the_program_ends(tmp_path: Path, then: str) -> None:
    # The server has a pipe open to write: when it is closed, the server is gone.
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    server = FAKE.format(first=f"alive = os.open({str(pipe)!r}, os.O_WRONLY)", port="1")
    program = subprocess.Popen(
        [sys.executable, "-c", HOLDER.format(fake=server, then=then)],
        cwd=Path(__file__).parents[3], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with pipe.open("rb") as alive:
        assert program.stdout is not None
        assert program.stdout.readline().startswith(b"http://127.0.0.1:1/")
        program.kill()
        program.communicate()
        assert alive.read() == b""


def test_a_schema_is_said_as_the_server_knows_it() -> None:
    wanted = {"type": "object"}
    form = {"type": "json_schema", "json_schema": {"name": "rows", "schema": wanted}}
    sent = json.dumps({"messages": [], "response_format": form}).encode()
    assert json.loads(known_form(sent)) == {
        "messages": [],
        "response_format": {"type": "json_object", "schema": wanted},
    }


@pytest.mark.parametrize("body", [b"", b"[]", b'{"messages": []}', b'{"response_format": null}'])
def test_any_other_request_stays_as_it_is(body: bytes) -> None:
    assert known_form(body) == body


def test_a_request_arrives_whole_and_translated() -> None:
    parts: list[Message] = [
        {"body": b'{"response_', "more_body": True},
        {"body": b'format": null}'},
    ]
    seen: list[bytes] = []

    async def app(scope: Message, receive: Receive, send: object) -> None:
        seen.append((await receive())["body"])

    async def receive() -> Message:
        return parts.pop(0)

    asyncio.run(translating(app)({"type": "http"}, receive, None))
    assert seen == [b'{"response_format": null}']


def test_without_the_extra_there_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_NEEDED", ("no_such_package_here",))
    with pytest.raises(InputError, match="not installed") as error:
        hiring.hirer("local")
    assert "pip install '.[local]'" in error.value.one_line()
    assert local.missing() == "no_such_package_here"


def test_the_local_model_reads_for_nobody() -> None:
    with pytest.raises(InputError, match="there is no model 'local'"):
        hiring.reader("local")
