"""What cannot be undone is shown to you first, and what is free to be done does not wait."""

from __future__ import annotations

from agents.session import Session
from scenarios import find_scenario, load_cast, load_plan, load_scenario
from simulator.coaching import changes


def test_code_that_does_what_nobody_approved_gets_checks_that_leave_fewer_breaches() -> None:
    folder = find_scenario("inbox-under-attack")
    scenario, cast = load_scenario(folder), load_cast()
    path = folder if folder.is_dir() else folder.parent
    plan = load_plan(path / "plans" / "naive.yaml").plan
    naive = Session(scenario, plan, cast).evaluate(trials=8)
    coded = next(one for one in changes(naive, cast, causes=4) if one.kind == "compute").plan
    attempt = Session(scenario, coded, cast).evaluate(trials=8)
    found = [one for one in changes(attempt, cast, causes=1) if one.about.cause == "unapproved"]
    after = [Session(scenario, one.plan, cast).evaluate(trials=8).scored for one in found]
    before = sum(trial.breaches for trial in attempt.scored)
    assert min(sum(trial.breaches for trial in scored) for scored in after) < before / 2
