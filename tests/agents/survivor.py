"""Watched runs as processes of their own, to be killed.

That of the bills makes one call after the other, so that whoever serves them knows which are
finished.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

from agents import watching
from agents.colleague import Colleague
from agents.models.real import hire
from agents.session import Session
from agents.watching import Watched
from scenarios.persona import Persona
from scenarios.plans.plan import Plan
from simulator.event_lines import to_line
from simulator.events import RunFinished
from tests.agents.bills import KEY, NINA, scenario

BILLS = [
    {"id": f"r{n}", "lot": "practice", "stratum": "plain", "text": "Pay 5.", "truth": {"pay": 5}}
    for n in range(1, 9)
]
STEPS = [
    {
        "id": "copy", "assignee": "nina", "batch": 2, "redo": 1,
        "produces": {"amount": "the amount as it is printed"},
        "checks": [{"that": "amount > 3"}],
    },
    {"id": "settle", "assignee": "nina", "reads": ["records", "copy"], "batch": 2,
     "produces": {"pay": None}},
]  # fmt: skip


def session(model: str = "openai:some-model") -> Session:
    """The bills, all eight of them."""
    bills = scenario(lots={"practice": BILLS}, records={"sample": {"plain": 8}, "name": "bill"})
    plan = Plan.model_validate({"scenario": "bills", "steps": STEPS})
    return Session(bills, plan, {"nina": NINA}, model)


def hirer(url: str) -> Callable[..., Callable[[Persona], Colleague]]:
    """Staff every desk from an endpoint, a call at a time."""

    def staff(*about: object) -> Callable[[Persona], Colleague]:
        return lambda persona: hire(
            persona, "some-model", base_url=url, api_key=KEY, max_concurrency=1
        )

    return staff


def outcome(run: Watched) -> dict[str, Any]:
    """What a run has come to, without the seconds that it really took."""
    assert run.trial is not None
    events = [
        to_line(
            replace(event, at=0.0, minutes=0.0) if isinstance(event, RunFinished)
            else replace(event, at=0.0)
        )
        for event in run.events
    ]  # fmt: skip
    trial = run.trial
    return {"delivered": trial.delivered, "cost": trial.cost, "calls": trial.calls,
            "events": sorted(events)}  # fmt: skip


def settle_bills(url: str, kept: Path, file: Path) -> None:
    """Go on with the run that is kept in a folder, on an endpoint; its outcome goes to `file`."""
    os.environ["INTERN_DATA_DIR"] = str(kept)
    with patch.object(watching, "hirer", hirer(url)), session().watched() as run:
        run.to_the_end(lambda question: "")
    file.write_text(json.dumps(outcome(run)))


def watch(session: Session, kept: Path) -> None:
    """Watch a trial until it is over or killed, or wait for an answer that nobody gives."""
    os.environ["INTERN_DATA_DIR"] = str(kept)
    with session.watched() as run:
        if run.go_on() is not None:
            Event().wait(60)
