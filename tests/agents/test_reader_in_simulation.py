"""A real model that reads for simulated interns: what they take from it, and what is paid once."""

from __future__ import annotations

import pytest

from agents.session import Session
from scenarios.errors import InputError
from simulator.backbrief import backbrief
from simulator.text_reader import LOCAL, TextReader
from tests.agents.endpoint import Endpoint, Request, Response, fails, says
from tests.agents.models.test_reader import NOTHING, Asked, answer, asked_for, body, reads, row
from tests.office import cast, invoices, ledger, plan


def session(reader: TextReader, instructions: str) -> Session:
    return Session(invoices(), plan(ledger(instructions=instructions)), cast(), texts=reader)


def understands(request: Request) -> Response | None:
    """A reader to whom everything is clear."""
    rows = [row(one["rule"], **{**NOTHING, "absent": 0, "clear": 1}) for one in
            body(request)["rules"]]  # fmt: skip
    return says(answer(rows))(request)


def test_a_simulation_takes_it_as_the_model_reads_it() -> None:
    text = "Do it well."
    with Endpoint(otherwise=understands) as endpoint:
        reader = Asked(endpoint).reader
        found = session(reader, text).evaluate(trials=16, jobs=2)
        again = session(reader, text).evaluate(trials=16)
    own = session(LOCAL, text).evaluate(trials=16)
    assert found.scored == again.scored
    causes = [{key.cause for key in one.slips} for one in (found, own)]
    assert "unstated" not in causes[0]
    assert "unstated" in causes[1]
    # Rules and habits in one request; everything else is remembered.
    assert len(endpoint.requests) == 1


def test_a_backbrief_and_a_run_pay_once() -> None:
    text = "Credit notes count as minus."
    with Endpoint(otherwise=understands) as endpoint:
        reader = Asked(endpoint).reader
        at = session(reader, text)
        (brief,) = backbrief(at.scenario, at.plan, at.cast, reader)
        at.evaluate(trials=8)
    assert [one.words for one in brief.sentences] == [text]
    rules = [len(body(request)["rules"]) for request in endpoint.requests]
    assert rules[0] == len(invoices().requirements)
    assert len(rules) == 2  # the habits


def test_advice_is_measured_with_the_same_reader() -> None:
    with Endpoint(otherwise=reads()) as endpoint:
        debrief = session(Asked(endpoint).reader, "Do it well.").explain(trials=8)
    # The same words are read once for each set of rules that they could be about.
    read = [(text, repr(about)) for text, about in asked_for(endpoint)]
    assert len(set(read)) == len(read) > 1
    # To this reader no words say anything, so words alone do not help.
    told = [one for one in debrief.advice if one.change.kind == "tell"]
    assert not any(one.loss.mean for one in told if not one.change.plan.step["ledger"].examples)


def test_trouble_ends_a_run_with_its_message() -> None:
    with (
        Endpoint(otherwise=fails(401)) as endpoint,
        pytest.raises(InputError, match=r"--reader: openai:some-model: .* key"),
    ):
        session(Asked(endpoint).reader, "Do it well.").evaluate(trials=8)
