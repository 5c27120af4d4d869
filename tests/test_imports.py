"""What importing a package brings along: the lower ones know no engine, no models, no screens."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import scenarios

_ROOT = Path(__file__).parent.parent
_HEAVY = {"langchain_core", "langchain_openai", "langgraph", "langsmith", "openai", "textual"}
_REPORT = "import json, sys; print(json.dumps([name.partition('.')[0] for name in sys.modules]))"


def _modules(package: str) -> list[str]:
    found = pkgutil.walk_packages(import_module(package).__path__, f"{package}.")
    # Training is for developers, and may need what reading does not.
    names = (item.name for item in found if ".train" not in item.name)
    return [package, *names]


def _brought_along(*modules: str) -> set[str]:
    code = "\n".join([*(f"import {module}" for module in modules), _REPORT])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("package", ["scenarios", "simulator"])
def test_the_lower_packages_stay_light(package: str) -> None:
    assert not _brought_along(*_modules(package)) & _HEAVY


def test_an_error_costs_no_models() -> None:
    assert "pydantic" not in _brought_along("scenarios.errors")


def test_every_public_name_is_there() -> None:
    for name in scenarios.__all__:
        assert getattr(scenarios, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = scenarios.nothing
