"""Every test runs in a world of its own: no home, no keys, no network, one clock, one width."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings

# The same examples in every run; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

_SECRET = ("OPENAI_", "LANGSMITH_", "LANGCHAIN_")
_LOOPBACK_NAMES = {"", "localhost"}


@pytest.fixture(autouse=True)
def hermetic(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home; nothing of the machine's own settings is left. Returns the home."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.upper().startswith(_SECRET) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    for name in ("FORCE_COLOR", "INTERN_DATA_DIR", "INTERN_PLAIN"):
        monkeypatch.delenv(name, raising=False)
    places = {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_CACHE_HOME": home / "cache",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "XDG_RUNTIME_DIR": home / "run",
    }
    for name, place in places.items():
        monkeypatch.setenv(name, str(place))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LINES", "40")
    monkeypatch.setenv("TZ", "UTC")
    return home


@pytest.fixture(scope="session", autouse=True)
def _interrupts() -> Iterator[None]:
    """Whoever is started in the background of a script inherits interrupts that are ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session", autouse=True)
def _one_clock() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that leaves the machine fails the test that tries it."""
    connect, connect_ex, getaddrinfo = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def refuse(host: object) -> NoReturn:
        pytest.fail(f"a test tried to reach {host!r}; tests run offline")

    def checked(address: Any) -> Any:
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            refuse(address[0])
        return address

    def resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_loopback(host):
            refuse(host)
        return getaddrinfo(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", lambda s, a: connect(s, checked(a)))
    monkeypatch.setattr(socket.socket, "connect_ex", lambda s, a: connect_ex(s, checked(a)))
    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def _is_loopback(host: object) -> bool:
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name in _LOOPBACK_NAMES
