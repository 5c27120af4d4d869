"""An endpoint that speaks chat completions over HTTP on the loopback, and behaves as scripted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

from scenarios.model import Value
from simulator.received import parse_items, split_message

USAGE = {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000}


@dataclass(frozen=True)
class Request:
    """What a client sent: the path, its headers in lower case, and the body."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def messages(self) -> list[tuple[str, str]]:
        """Role and text of each message."""
        return [(message["role"], message["content"]) for message in self.body["messages"]]

    @property
    def records(self) -> list[str]:
        """The ids of the records that are asked for."""
        return [item.record for item in parse_items(split_message(self.messages[1][1])[1])]


@dataclass(frozen=True)
class Response:
    """What is sent back; a text is sent as it is. None: the client waits until the end."""

    status: int = 200
    body: Mapping[str, Any] | str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Behaviour = Callable[[Request], Response | None]


def says(
    text: str | None,
    *,
    ended: str = "stop",
    refusal: str | None = None,
    usage: Mapping[str, int] | None = USAGE,
) -> Behaviour:
    """Complete with this text."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "served",
        "choices": [{"index": 0, "message": message, "finish_reason": ended}],
    }
    if usage is not None:
        body["usage"] = usage
    return lambda request: Response(200, body)


def does(**values: Value) -> Behaviour:
    """Give these values for each record that is asked for."""

    def behave(request: Request) -> Response | None:
        rows = [{"record": record, **values} for record in request.records]
        return says(json.dumps(rows))(request)

    return behave


def fails(status: int, message: str = "", code: str | None = None, **headers: str) -> Behaviour:
    """Answer with an error; `retry_after="0"` becomes a Retry-After header."""
    body = {"error": {"message": message, "type": "error", "param": None, "code": code}}
    sent = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return lambda request: Response(status, body, sent)


def sends(body: Mapping[str, Any] | str) -> Behaviour:
    """Send something that may be no chat completion at all."""
    return lambda request: Response(200, body)


def hangs(request: Request) -> Response | None:
    """Keep the client waiting."""
    return None


def takes_no_form(request: Request) -> Response | None:
    """Refuse a request that wants a form to be enforced, and say `pay` is 5 to any other."""
    if "response_format" in request.body:
        return fails(400, "'response_format' is not supported")(request)
    return does(pay=5)(request)


class Endpoint:
    """Serves `script` in order, then `otherwise` for ever. `requests` are those that came."""

    def __init__(self, *script: Behaviour, otherwise: Behaviour | None = None) -> None:
        self.requests: list[Request] = []
        self._script = list(script)
        self._otherwise = otherwise or fails(500)
        self._lock = Lock()
        self._over = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Endpoint:
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, request: Request) -> Response | None:
        with self._lock:
            self.requests.append(request)
            behave = self._script.pop(0) if self._script else self._otherwise
        return behave(request)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                response = endpoint._serve(Request(self.path, headers, json.loads(body)))
                if response is None:
                    endpoint._over.wait()
                    return
                content = response.body
                text = content if isinstance(content, str) else json.dumps(content)
                self.send_response(response.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text.encode())))
                for name, value in response.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler
