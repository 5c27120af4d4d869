"""Whatever the environment asks for, nothing is sent to anybody but the endpoint."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.agents.endpoint import Endpoint, does

ROOT = Path(__file__).parents[2]
# Where traces would go: nobody listens there.
TRACING = {
    "LANGSMITH_API_KEY": "lsv2_secret",
    "LANGSMITH_ENDPOINT": "http://127.0.0.1:9",
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_TRACING_V2": "true",
    "LANGCHAIN_API_KEY": "lsv2_secret",
    "LANGCHAIN_ENDPOINT": "http://127.0.0.1:9",
    "LANGCHAIN_TRACING_V2": "true",
}

WATCH = """
import json, sys
reached = []
def watch(event, args):
    if event in ("socket.connect", "socket.sendto"):
        reached.append(list(args[1][:2]))
    elif event == "socket.getaddrinfo":
        reached.append(list(args[:2]))
sys.addaudithook(watch)
"""
REMEMBER = """
from langsmith.utils import tracing_is_enabled
assert tracing_is_enabled()
"""
QUIET = """
from agents.quiet import no_tracing
no_tracing()
"""
HANDLERS = """
from langchain_core.callbacks import CallbackManager
names = [type(handler).__name__ for handler in CallbackManager.configure().handlers]
print(json.dumps(names), flush=True)
import os
os._exit(0)  # A tracer would try to reach its endpoint before it lets go.
"""
GRAPH = """
from agents.hiring import hirer
from agents.team import CompiledTeam
from simulator.sampling import keys
from tests.office import cast, invoices, ledger, plan
team = CompiledTeam(invoices(), plan(ledger(instructions="Copy.")), cast(), hirer(MODEL))
trials = team.run(keys(invoices(), "practice", seed=1, trials=2))
assert all(trial.calls and not trial.faults for trial in trials)
import atexit
atexit.register(lambda: print(json.dumps(reached)))
"""


def output(*script: str, **environment: str) -> Any:
    """What a fresh interpreter prints, as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH + "".join(script)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_environment_would_start_a_tracer() -> None:
    assert output(HANDLERS, **TRACING) == ["LangChainTracer"]


@pytest.mark.parametrize("before", ["", REMEMBER], ids=["before LangChain", "after"])
def test_no_tracer_starts(before: str) -> None:
    assert output(before, QUIET, HANDLERS, **TRACING) == []


def test_what_is_left_of_the_first_tracer_does_no_harm() -> None:
    assert output(QUIET, HANDLERS, LANGCHAIN_TRACING="true", LANGCHAIN_HANDLER="langchain") == []


def test_a_simulated_team_reaches_nobody() -> None:
    assert output(QUIET, 'MODEL = "sim"', GRAPH, **TRACING) == []


def test_a_team_of_real_models_reaches_its_endpoint_alone() -> None:
    with Endpoint(otherwise=does(pay=5)) as endpoint:
        environment = {**TRACING, "OPENAI_BASE_URL": endpoint.url}
        reached = output('MODEL = "openai:m"', GRAPH, **environment)
    port = int(endpoint.url.rsplit(":", 1)[1].split("/")[0])
    assert reached
    assert all(place == ["127.0.0.1", port] for place in reached)
