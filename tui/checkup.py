"""What `intern doctor` looks at. Secrets are never printed, only that they are there."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from agents.models import local
from scenarios.errors import InputError
from tui import about

_PACKAGES = ("langgraph", "langchain-openai", "pydantic", "textual", "SQLAlchemy", "click")
_OURS = ("scenarios", "simulator", "agents", "tui")
_SETTINGS = ("OPENAI_BASE_URL", "OPENAI_API_KEY")
_OLDEST = (3, 11)


class Finding(NamedTuple):
    status: Literal["ok", "note", "WRONG"]
    what: str
    says: str


def checkup() -> list[Finding]:
    """Everything that was looked at, in the order of a report."""
    return [*_versions(), *_foreign(), *_places(), *_library(), *_model()]


def _versions() -> Iterator[Finding]:
    yield Finding("ok", "intern", about.version())
    python = platform.python_version()
    old = sys.version_info[:2] < _OLDEST
    yield Finding("WRONG" if old else "ok", "Python", f"{python}; 3.11 or later is needed"
                  if old else python)  # fmt: skip
    for name in _PACKAGES:
        try:
            yield Finding("ok", name, version(name))
        except PackageNotFoundError:
            yield Finding("WRONG", name, "is not installed; install the program again")


def _foreign() -> Iterator[Finding]:
    """Our packages have common names: another distribution may own one of them too."""
    home = Path(__file__).parents[1]
    owners = packages_distributions()
    for name in _OURS:
        spec = find_spec(name)
        places = list(spec.submodule_search_locations or ()) if spec else []
        others = sorted(set(owners.get(name, ())) - {about.DISTRIBUTION})
        if [Path(place).resolve() for place in places] != [(home / name).resolve()]:
            where = ", ".join(places) or "nowhere"
            yield Finding("WRONG", f"package {name}", f"is a foreign one, at {where}; {_APART}")
        elif others:
            says = f"belongs to {', '.join(others)} too; {_APART}"
            yield Finding("WRONG", f"package {name}", says)
        else:
            yield Finding("ok", f"package {name}", str(home / name))


_APART = "install intern into an environment of its own (pipx, or its Makefile)"


def _places() -> Iterator[Finding]:
    from simulator.storage.places import DIRECTORY
    from simulator.storage.store import Store

    store = Store()
    yield Finding("ok", "data directory", f"{store.path.parent} ({DIRECTORY} moves it)")
    try:
        store.check()
    except InputError as error:
        yield Finding("WRONG", "attempts", error.one_line())
    else:
        count = len(store.attempts())
        yield Finding("ok", "attempts", f"{count} kept in {store.path.name}")


def _library() -> Iterator[Finding]:
    from scenarios.loading import library, library_scenario, load_cast

    try:
        cast = load_cast()
        found = [library_scenario(name).id for name in library()]
    except InputError as error:
        yield Finding("WRONG", "scenarios", error.one_line())
    else:
        yield Finding("ok", "scenarios", ", ".join(found))
        yield Finding("ok", "colleagues", ", ".join(cast))


def _model() -> Iterator[Finding]:
    yield Finding("ok", "model sim", "the default: offline, needs nothing")
    lacking = local.missing()
    if lacking:
        says = f"is not installed ({lacking} is missing); {local.INSTALL}"
        yield Finding("note", "model local", says)
    else:
        yield Finding("ok", "model local", f"{local.SAYS}, at {local.weights()}")
    for name in _SETTINGS:
        value = os.environ.get(name)
        if not value:
            yield Finding("note", name, "is not set; only --model openai:NAME needs it")
        elif name.endswith("_KEY"):
            yield Finding("ok", name, f"is set ({len(value)} characters)")
        else:
            yield Finding("ok", name, _without_secrets(value))


def _without_secrets(url: str) -> str:
    """An address without a user, a password or a query."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "is set, and is not an address"
    return urlunsplit((parts.scheme, host + port, parts.path, "", ""))
