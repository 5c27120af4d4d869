"""The local model's server: a program of its own, which `local.py` starts and never imports.

    python local_server.py WEIGHTS

It speaks OpenAI's chat completions on a free port of the loopback, and writes that port on
standard output once it is ready. It ends when its standard input does: with whoever started it,
however that one ended.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from threading import Thread
from typing import Any

NAME = "local"
AT_ONCE = 64
"""Connections that may wait: the model answers one request after the other."""


def _end_with_starter() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Any], Coroutine[Any, Any, None]]


def translating(app: App) -> App:
    """The server with requests for a schema said as it knows them: else it fails with a 500."""

    async def translated(scope: Message, receive: Receive, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        whole = [{"type": "http.request", "body": known_form(body), "more_body": False}]

        async def read() -> Message:
            return whole.pop() if whole else await receive()

        await app(scope, read, send)

    return translated


def known_form(body: bytes) -> bytes:
    """A request with its `json_schema` as a `json_object` that has a schema."""
    try:
        request = json.loads(body)
        schema = request["response_format"]["json_schema"]["schema"]
    except (ValueError, KeyError, TypeError):
        return body
    request["response_format"] = {"type": "json_object", "schema": schema}
    return json.dumps(request).encode()


def main(weights: str) -> None:
    Thread(target=_end_with_starter, daemon=True).start()
    # What the libraries print is no answer.
    answer = os.dup(1)
    os.dup2(2, 1)
    import uvicorn
    from llama_cpp.server.app import create_app
    from llama_cpp.server.settings import ModelSettings, ServerSettings

    app = create_app(
        server_settings=ServerSettings(interrupt_requests=False),
        # A context of 0 is as long as the model's own.
        model_settings=[ModelSettings(model=weights, model_alias=NAME, n_ctx=0, verbose=False)],
    )
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(AT_ONCE)
        os.write(answer, f"{listening.getsockname()[1]}\n".encode())
        uvicorn.Server(uvicorn.Config(translating(app), log_level="warning")).run(
            sockets=[listening]
        )


if __name__ == "__main__":
    main(sys.argv[1])
