"""A watched run survives a kill: it goes on, comes to the same, and pays no finished call twice."""

from __future__ import annotations

import json
import multiprocessing
import random
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from agents import watching
from simulator import recordings
from simulator.event_lines import read_run
from tests.agents.endpoint import Endpoint, Request, Response, hangs, says
from tests.agents.survivor import hirer, outcome, session, settle_bills

KILLS = 10


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))


def answers(request: Request) -> Response | None:
    """Right, but for bill r3, which is wrong until somebody says so; r6 cannot be read at first."""
    human = request.messages[1][1]
    name = "pay" if '<produce name="pay"' in human else "amount"
    if "r6" in request.records and name == "pay" and len(request.messages) == 2:
        return says("Which one?")(request)
    rows = [
        {"record": one, name: 2 if one == "r3" and "<finding>" not in human else 5}
        for one in request.records
    ]
    return says(json.dumps(rows))(request)


def finished(requests: list[Request]) -> Counter[str]:
    return Counter(json.dumps(request.messages) for request in requests)


@pytest.fixture(scope="module")
def forks() -> Any:
    """Forks of a process that has everything imported: the tenth start is as quick as the first."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.agents.survivor"])
    return context


def unkilled(monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], Counter[str]]:
    with Endpoint(otherwise=answers) as endpoint:
        monkeypatch.setattr(watching, "hirer", hirer(endpoint.url))
        with session().watched() as run:
            run.to_the_end(lambda question: "")
    return json.loads(json.dumps(outcome(run))), finished(endpoint.requests)


def test_a_run_that_is_killed_ten_times_comes_to_what_it_would_have(
    forks: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("INTERN_DATA_DIR", str(tmp_path / "unkilled"))
        expected, paid = unkilled(patch)
    assert len(paid) > 8
    # Some calls are cut off more than once, some never.
    fatal = sorted(random.Random(8).choices(range(1, sum(paid.values()) + 1), k=KILLS))
    answered: list[Request] = []
    process: Any = None

    def behave(request: Request) -> Response | None:
        if fatal and len(answered) + 1 == fatal[0]:
            fatal.pop(0)
            process.kill()
            return hangs(request)
        answered.append(request)
        return answers(request)

    with Endpoint(otherwise=behave) as endpoint:
        for kills in range(KILLS + 1):
            to = (endpoint.url, tmp_path / "kept", tmp_path / "outcome.json")
            process = forks.Process(target=settle_bills, args=to)
            process.start()
            process.join(30)
            assert process.exitcode == (0 if kills == KILLS else -signal.SIGKILL)
            assert len(recordings.kept()) == 1
            assert len(recordings.unfinished()) == (0 if kills == KILLS else 1)
    assert json.loads((tmp_path / "outcome.json").read_text()) == expected
    assert finished(answered) == paid
    (path,) = recordings.kept()
    assert read_run(path).notes == ()
    assert sorted(path.parent.iterdir()) == [path]
