"""`intern rank`, at a scripted endpoint on the loopback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agents.ranking import ranking
from agents.ranking.marks import jobs
from agents.session import Session
from scenarios.errors import InputError
from scenarios.loading import library, load_cast, load_scenario
from simulator.events import Answered, Asked, Recorder
from tests.agents.endpoint import Behaviour, Endpoint, Request, Response, fails, says
from tests.tui.conftest import Intern

KEY = "sk-proj-very-secret-0123456789"
NAMES = ("naive", "rules", "split")
CHOSEN = [part for name in NAMES for part in ("--plan", name)]
ASK = ["rank", "--model", "openai:m", "invoices", *CHOSEN, "--records", "4", "--yes"]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One simulated job of each plan, and no certificates to read."""
    monkeypatch.setattr(ranking, "SIMULATED", 1)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def as_simulated() -> Behaviour:
    """Answer each order as the simulated intern does."""
    file, cast = library()["invoices"], load_cast()
    scenario, heard = load_scenario(file), dict[tuple[str, str], str]()
    for plan in ranking.plans(file.parent, scenario, cast, NAMES).values():
        events = Recorder()
        Session(scenario, plan, cast).team.run(jobs(scenario, 4, 1, 1), events)
        asked = [event for event in events.events if isinstance(event, Asked)]
        replies = [event for event in events.events if isinstance(event, Answered)]
        for order, reply in zip(asked, replies, strict=True):
            heard[(order.system, order.human)] = reply.text

    def behave(request: Request) -> Response | None:
        system, human = (text for _, text in request.messages[:2])
        return says(heard[(system, human)])(request)

    return behave


def test_who_answers_as_the_simulation_ranks_as_it_does(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Endpoint(otherwise=as_simulated()) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        status, out, err = intern(*ASK, "--json")
        assert status == 0, err
        found = json.loads(out)
        asked = len(endpoint.requests)
        status, text, err = intern(*ASK)
        assert len(endpoint.requests) == asked, "nothing is done twice"
    assert found["agreement"]["the simulation"]["tau_b"] == 1
    real, simulated = found["by"]["openai:m"], found["by"]["the simulation"]
    for name in NAMES:
        assert real[name]["fields"] == simulated[name]["fields"]
    assert "tau-b of openai:m and the simulation: 1.00 over 3 plans" in text
    files = [path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(KEY in one for one in [out, text, err, *files])


def test_who_is_always_wrong_is_not_scored(intern: Intern, monkeypatch: pytest.MonkeyPatch) -> None:
    with Endpoint(otherwise=says("no idea")) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        status, out, _ = intern(*ASK)
    assert status == 0
    assert "not scored, for all plans tie on one side" in out


def test_an_endpoint_that_fails_ends_it_with_what_was_done_kept(
    intern: Intern, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = as_simulated()
    with Endpoint(good, otherwise=fails(418)) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        status, out, err = intern(*ASK)
    assert status == 130
    assert "the endpoint does not answer" in err
    assert "naive" in out
    with Endpoint(otherwise=good) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        status, out, err = intern(*ASK)
    assert status == 0
    assert "2 jobs of 3" in err


def test_the_limit_stops_it_before_it_is_passed(
    intern: Intern, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Endpoint(otherwise=as_simulated()) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        status, out, err = intern(*ASK, "--price", "1", "--limit", "0.001")
        assert not endpoint.requests
    assert status == 130
    assert "Stopped" in err
    assert "Not scored" in out


def test_a_persona_is_simulated_as_well(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "mine.persona.yaml"
    file.write_text("id: mine\nname: Mine\ntier: small\ncv: Measured.\n", "utf-8")
    with Endpoint(otherwise=as_simulated()) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        status, out, err = intern(*ASK, "--persona", str(file))
    assert status == 0, err
    assert "tau-b of openai:m and mine, simulated: " in out


@pytest.mark.parametrize(
    ("arguments", "says_so"),
    [
        (["--model", "sim", "invoices"], "is not a real model"),
        (["--model", "elsewhere", "invoices"], "there is no model 'elsewhere'"),
        (["--model", "local", "invoices", "--plan", "naive"], "fewer than two plans"),
        (["--model", "local", "invoices", "--plan", "naiv"], "no reference plan"),
        (["--model", "local", "invoices", "--limit", "1"], "needs a price"),
        (["--model", "local", "nowhere"], "nowhere"),
    ],
)
def test_bad_input_is_one_message(intern: Intern, arguments: list[str], says_so: str) -> None:
    status, out, err = intern("rank", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert says_so in err


def test_an_intern_of_ones_own_sits_at_every_desk() -> None:
    cast = load_cast()
    own = next(one for one in cast.values() if one.kind == "intern").model_copy(
        update={"figures": {"invent": 0.5}}
    )
    changed = ranking.like(cast, own)
    for id_, one in changed.items():
        assert one.figures == (own.figures if one.kind == "intern" else cast[id_].figures)
    with pytest.raises(InputError):
        ranking.plans(library()["invoices"].parent, load_scenario(library()["invoices"]), cast, "x")
