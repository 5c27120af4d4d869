"""The tests' own walls hold: no network, no keys, no home."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest


def test_nothing_leaves_the_machine() -> None:
    with pytest.raises(pytest.fail.Exception, match="tests run offline"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(pytest.fail.Exception, match="tests run offline"):
        socket.getaddrinfo("example.com", 80)


def test_the_machine_itself_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5),
    ):
        server.accept()[0].close()


def test_home_is_empty_and_keys_are_gone(hermetic: Path) -> None:
    assert Path.home() == hermetic
    assert not list(hermetic.iterdir())
    assert not [name for name in os.environ if name.startswith(("OPENAI_", "LANGSMITH_"))]
