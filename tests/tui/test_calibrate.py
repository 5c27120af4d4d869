"""`intern calibrate`, at a scripted endpoint on the loopback."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from agents.calibration import made
from simulator.own import load_own
from tests.agents.calibration.fakes import reply
from tests.agents.endpoint import Behaviour, Endpoint, Request, Response, fails, says
from tests.tui.conftest import Intern

KEY = "sk-proj-very-secret-0123456789"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A battery of few calls, and no certificates to read."""
    monkeypatch.setattr(made, "SHARE", 0.1)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.chdir(tmp_path)


def fake(seed: int = 1) -> Behaviour:
    known = {probe.text: probe for probe in made.battery(seed)}

    def behave(request: Request) -> Response | None:
        probe = known[request.messages[0][1]]
        return says(reply(probe, Random(probe.id)))(request)

    return behave


def test_a_persona_is_written_and_nothing_is_asked_twice(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Endpoint(otherwise=fake()) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        status, out, err = intern("calibrate", "--model", "openai:some/model", "--yes")
        assert status == 0, err
        assert len(endpoint.requests) == len(made.battery(1))
        persona = load_own(tmp_path / "some-model.persona.yaml")
        first = (tmp_path / "some-model.persona.yaml").read_text("utf-8")
        assert {"follow_decay", "injected", "handled_n0"} <= set(persona.figures)
        assert (tmp_path / "some-model.svg").read_text("utf-8").startswith("<svg")
        assert "Not measured" in out
        assert intern("calibrate", "--model", "openai:some/model", "--yes").status == 0
        assert len(endpoint.requests) == len(made.battery(1))
    assert (tmp_path / "some-model.persona.yaml").read_text("utf-8") == first
    files = [path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(KEY in text for text in [out, err, *files])


def test_the_limit_stops_it_before_it_is_passed(
    intern: Intern, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Endpoint(otherwise=fake()) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        _, _, err = intern(
            "calibrate", "--model", "openai:m", "--yes", "--price", "1", "--limit", "20"
        )
        assert 0 < len(endpoint.requests) <= 20  # the endpoint counts 1,000 tokens a call
    assert "Stopped: the next call might pass the limit" in err


def test_a_fault_is_no_error_of_the_model(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Endpoint(otherwise=fails(400, "no")) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        status, _, err = intern("calibrate", "--model", "openai:m", "--yes")
        assert len(endpoint.requests) == 1
    assert status == 2
    assert "Not scored, by a fault of the endpoint: 1 call" in err
    assert not list(tmp_path.glob("*.persona.yaml"))


def test_a_limit_needs_a_price(intern: Intern) -> None:
    status, _, err = intern("calibrate", "--model", "openai:m", "--limit", "1")
    assert (status, "needs a price" in err) == (2, True)
