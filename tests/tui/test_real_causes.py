"""Why a real model failed: a learner sees it wherever causes stand, marked as inferred."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.agents.endpoint import Endpoint, does
from tests.tui.conftest import Intern

PLAN = "scenarios/library/invoices/plans/naive.yaml"
MODEL = ("--model", "openai:m", "--trials", "2")


@pytest.fixture(autouse=True)
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setenv("OPENAI_API_KEY", "a-key")
    with Endpoint(otherwise=does(pay=6)) as found:
        monkeypatch.setenv("OPENAI_BASE_URL", found.url)
        yield found


def test_explaining_a_real_model_infers_its_causes(intern: Intern) -> None:
    text = " ".join(intern("explain", PLAN, *MODEL).out.split())
    assert "inferred by comparison). It came first behind" in text
    assert "which was done again to look at it: " in text
    assert "pay: came out 6, wanted " in text
    assert "No change was tried" in text
    assert "saves money" not in text
    assert "The endpoint took" in text
    found = json.loads(intern("explain", PLAN, *MODEL, "--json").out)
    assert found["inferred"]
    assert found["causes"][0]["loss"] > 0


def test_a_limit_holds_for_an_explanation(intern: Intern, endpoint: Endpoint) -> None:
    status, _, err = intern("explain", PLAN, "--limit", "1")
    assert (status, err.startswith("intern: --limit: goes with a real model only")) == (2, True)
    intern("explain", PLAN, *MODEL, "--limit", "0.000001", "--price", "1")
    assert len(endpoint.requests) <= 1


def test_what_was_kept_of_a_real_model_is_marked(intern: Intern, tmp_path: Path) -> None:
    ran = intern("run", PLAN, *MODEL)
    assert "causes inferred by comparison" in " ".join(ran.out.split())
    assert f"intern explain {PLAN} --model openai:m, which" in ran.err
    assert "rests on, causes inferred by comparison" in intern("card").out
    page = tmp_path / "report.html"
    assert intern("report", "1", "-o", str(page)).status == 0
    text = page.read_text("utf-8")
    assert "causes are inferred" in text
    assert "The interns are simulated" not in text


def test_of_simulated_interns_causes_are_known(intern: Intern) -> None:
    assert "inferred" not in intern("run", PLAN, "--trials", "2").out + intern("card").out
