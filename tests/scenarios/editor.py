"""An editor, as far as yaml-language-server is concerned: it opens files and asks for help."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

_OFFLINE = {"schemaStore": {"enable": False}, "validate": True, "completion": True}


class Editor:
    """One running server; use it in a `with`."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            ["yaml-language-server", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._count = 0
        self._version = 0
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": {
            "textDocument": {"completion": {"completionItem": {"snippetSupport": False}}},
            "workspace": {"configuration": True},
        }})  # fmt: skip
        self._tell("initialized", {})

    def __enter__(self) -> Editor:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._server.wait(timeout=10)
        for stream in (self._server.stdin, self._server.stdout):
            assert stream is not None
            stream.close()

    def errors(self, file: Path, text: str) -> list[tuple[int, str]]:
        """What is underlined in a file that holds `text`: lines from 0, and what is said there."""
        self._open(file, text)
        while True:
            got = self._next()
            mine = got.get("params", {}).get("uri") == file.as_uri()
            if got.get("method") == "textDocument/publishDiagnostics" and mine:
                found = got["params"]["diagnostics"]
                return [(one["range"]["start"]["line"], one["message"]) for one in found]

    def completions(self, file: Path, text: str, *, line: int, column: int) -> Mapping[str, str]:
        """What is offered at a place (both from 0), each with what is said of it."""
        self._open(file, text)
        found = self._ask("textDocument/completion", {
            "textDocument": {"uri": file.as_uri()},
            "position": {"line": line, "character": column},
        })  # fmt: skip
        return {one["label"]: _said(one.get("documentation")) for one in found["items"]}

    def _open(self, file: Path, text: str) -> None:
        self._version += 1
        self._tell("textDocument/didOpen", {"textDocument": {
            "uri": file.as_uri(), "languageId": "yaml", "version": self._version, "text": text,
        }})  # fmt: skip

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _ask(self, method: str, params: Any) -> Any:
        self._count += 1
        self._send({"id": self._count, "method": method, "params": params})
        while True:
            got = self._next()
            if got.get("id") == self._count and "method" not in got:
                return got.get("result")

    def _next(self) -> dict[str, Any]:
        """The next message; what the server asks for is answered on the way."""
        stream = self._server.stdout
        assert stream is not None
        length = 0
        while header := stream.readline().strip():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        got: dict[str, Any] = json.loads(stream.read(length))
        if "method" in got and "id" in got:
            wants = got.get("params", {}).get("items", [])
            answer = [_OFFLINE if one.get("section") == "yaml" else None for one in wants]
            self._send({"id": got["id"], "result": answer or None})
        return got

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._server.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._server.stdin.flush()


def _said(documentation: Any) -> str:
    said = documentation.get("value", "") if isinstance(documentation, dict) else documentation
    return str(said or "")
