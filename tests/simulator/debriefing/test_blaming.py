"""A cause that is switched off is gone, everything else has the same luck, and its cost is seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import pytest

from agents.session import Session
from scenarios import library, load_cast, load_plan, load_scenario
from scenarios.language.operations import SetTo
from simulator import sampling
from simulator.coaching.change import edited
from simulator.debriefing.blaming import UNSPARED, blame
from simulator.scoring.evaluation import Evaluation, Scored, score
from simulator.slip import SlipKey
from simulator.trial import TrialKey
from tests import office

TRIALS = 8


@cache
def naive(name: str) -> Session:
    path = library()[name]
    folder = path if path.is_dir() else path.parent
    plan = load_plan(folder / "plans" / "naive.yaml").plan
    return Session(load_scenario(path), plan, load_cast())


def keys(session: Session, spared: Iterable[SlipKey] = ()) -> list[TrialKey]:
    found = sampling.keys(session.scenario, "practice", seed=1, trials=TRIALS)
    return [key._replace(spared=frozenset(spared)) for key in found]


def run(session: Session, keys: Sequence[TrialKey]) -> tuple[Scored, ...]:
    trials = session.team.run(keys)
    return tuple(score(session.scenario, session.team.blueprints, t)[0] for t in trials)


def evaluated(session: Session, spared: Iterable[SlipKey] = ()) -> Evaluation:
    scored = run(session, keys(session, spared))
    return Evaluation(session.scenario, session.plan, "practice", 1, scored)


@pytest.mark.parametrize("name", sorted(library()))
def test_a_cause_that_is_spared_does_not_show_again(name: str) -> None:
    session = naive(name)
    for key in list(evaluated(session).slips)[:3]:
        if key.cause not in UNSPARED:
            assert key not in evaluated(session, {key}).slips


@pytest.mark.parametrize("name", sorted(library()))
def test_without_any_cause_nothing_is_lost(name: str) -> None:
    """What hid behind a cause is found when that is gone: until there is nothing left."""
    session, spared = naive(name), set[SlipKey]()
    for _ in range(12):
        found = evaluated(session, spared)
        fresh = {key for key in found.slips if key.cause not in UNSPARED} - spared
        if not fresh:
            break
        spared |= fresh
    loss = found.mean("loss")
    assert loss is not None
    assert loss.mean == pytest.approx(0.0, abs=1e-6)


def test_what_a_cause_cost_is_the_loss_less_what_is_left_without_it() -> None:
    session = naive("invoices")
    attempt = evaluated(session)
    top = next(iter(attempt.blame))
    found = blame(attempt, [top], keys(session), lambda some: run(session, some))
    before = attempt.mean("loss")
    assert found is not None
    assert before is not None
    assert found.loss.mean == pytest.approx(before.mean - found.left)
    assert found.loss.mean > 0


def test_what_only_came_in_wrong_has_no_cost_of_its_own() -> None:
    session = naive("invoices")
    key = SlipKey("inherited", "ledger", "pay", "pay", None)
    assert blame(evaluated(session), [key], keys(session), lambda some: run(session, some)) is None


def test_code_that_is_spared_does_what_was_meant_of_what_arrives() -> None:
    expert = office.reference("expert")
    sums = expert.step["sums"]
    careless = SetTo(set="pay", to="total")
    does = (*(one for one in sums.does if one.set != "pay"), careless)
    session = office.session(edited(expert, sums, does=does))
    attempt = evaluated(session)
    uncoded = [key for key in attempt.slips if key.cause == "uncoded"]
    assert uncoded
    left = evaluated(session, uncoded)
    assert not [key for key in left.slips if key.cause == "uncoded"]
    assert left.mean("loss") == evaluated(office.session(expert)).mean("loss")
