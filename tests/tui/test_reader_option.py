"""`--reader`: the commands in which a real model can read for the interns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.loading import library
from tests.agents.endpoint import Endpoint, Request, Response, fails, says
from tests.tui.conftest import Intern

NAIVE = str(library()["invoices"].parent / "plans" / "naive.yaml")
READER = ("--reader", "openai:some-model")
RUNS = {
    "run": ("run", NAIVE, "--trials", "8"),
    "explain": ("explain", NAIVE, "--trials", "8"),
    "compare": ("compare", NAIVE, NAIVE, "--trials", "8"),
}


def _says_all(request: Request) -> Response | None:
    """To this reader every rule is clear in any text."""
    sure = {"clear": 1, "vague": 0, "contradicted": 0, "absent": 0}
    body = json.loads(request.messages[1][1])
    rows = [
        {"rule": one["rule"], **sure, "words": "", "sentences": [{"sentence": 1, **sure}]}
        for one in body["rules"]
    ]
    return says(json.dumps({"readings": rows}))(request)


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Endpoint]:
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with Endpoint(otherwise=_says_all) as served:
        monkeypatch.setenv("OPENAI_BASE_URL", served.url)
        yield served


def test_a_run_by_another_reader_says_so_and_is_kept_with_it(
    intern: Intern, endpoint: Endpoint
) -> None:
    told = json.loads(intern(*RUNS["run"], *READER, "--json").out)
    own = json.loads(intern(*RUNS["run"], "--json").out)
    assert (told["reader"], own["reader"]) == ("openai:some-model", "sim")
    causes = [{slip["cause"] for slip in found["slips"]} for found in (told, own)]
    assert "unstated" in causes[1] - causes[0]
    assert "read by openai:some-model" in " ".join(intern(*RUNS["run"], *READER).out.split())
    assert len(endpoint.requests) == 2  # one a run: an intern's whole order


@pytest.mark.parametrize("name", ["explain", "compare"])
def test_what_compares_plans_reads_all_of_them_alike(
    intern: Intern, endpoint: Endpoint, name: str
) -> None:
    status, out, err = intern(*RUNS[name], *READER, "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["reader"] == "openai:some-model"
    # The same words are read once for each set of rules that they could be about.
    asked = [request.messages[1][1] for request in endpoint.requests]
    assert len(asked) == len(set(asked)) > 0


def test_a_backbrief_by_another_reader(intern: Intern, endpoint: Endpoint) -> None:
    status, out, _ = intern("backbrief", NAIVE, *READER)
    assert (status, len(endpoint.requests)) == (0, 1)
    assert "clear to me" in out


@pytest.mark.parametrize("arguments", [*RUNS.values(), ("backbrief", NAIVE)])
@pytest.mark.parametrize("reader", ["gpt", "openai:", "", "sim:x"])
def test_a_reader_that_is_not_known(
    intern: Intern, arguments: tuple[str, ...], reader: str
) -> None:
    status, out, err = intern(*arguments, "--reader", reader)
    assert (status, out) == (2, "")
    assert err == f"intern: --reader: there is no model {reader!r}; use sim, or openai:NAME\n"


@pytest.mark.parametrize("arguments", [*RUNS.values(), ("backbrief", NAIVE)])
def test_without_a_key_nothing_is_run(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    status, out, err = intern(*arguments, *READER)
    assert (status, out) == (2, "")
    assert err.startswith("intern: --reader: OpenAI's models need a key; set OPENAI_API_KEY")
    assert err.count("\n") == 1


def test_an_endpoint_that_does_not_answer_is_one_line(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with Endpoint(otherwise=fails(401)) as served:
        monkeypatch.setenv("OPENAI_BASE_URL", served.url)
        status, out, err = intern(*RUNS["run"], *READER)
    assert (status, out) == (2, "")
    assert err.startswith("intern: --reader: openai:some-model: the endpoint does not accept")
    assert err.count("\n") == 1


def test_real_models_read_for_themselves(intern: Intern) -> None:
    status, _, err = intern("run", NAIVE, "--model", "openai:a", "--reader", "openai:b")
    assert status == 2
    assert err.startswith("intern: --reader: does not go with --model openai:a")


@pytest.mark.parametrize("command", ["run", "explain", "compare", "backbrief"])
def test_help_says_that_it_costs_money(intern: Intern, command: str) -> None:
    said = " ".join(intern(command, "--help").out.split())
    assert "sim, or openai:NAME, which costs money" in said.partition("--reader")[2]
