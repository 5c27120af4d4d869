"""Ask me first: what is asked, who answers, what it costs, and that nothing is offered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agents.session import Session
from scenarios import Plan
from simulator import sampling
from simulator.behaviour.wondering import BESIDE
from simulator.events import Event, Question, Replied
from simulator.order import Said
from simulator.trial import Trial, TrialKey
from tests.agents.bills import NINA, scenario
from tests.agents.eager import always
from tests.agents.endpoint import Endpoint, Request, Response, does, says
from tests.agents.survivor import hirer
from tests.office import ALL, cast, invoices, ledger, plan

RULES = "If it is a credit note, enter its amount as a negative number."
ASKS = {"instructions": ALL, "batch": 6, "ask": True}


def keys(trials: int = 16) -> list[TrialKey]:
    return sampling.keys(invoices(), "practice", seed=1, trials=trials)


def run(*steps: dict[str, Any], trials: int = 16) -> list[Trial]:
    return Session(invoices(), plan(*steps), cast()).team.run(keys(trials))


def watched(plan_: Plan, reply: str, trial: int = 0) -> tuple[list[Event], Trial]:
    with Session(invoices(), plan_, cast()).watched(trial=trial) as run:
        events = run.to_the_end(lambda question: reply)
    assert run.trial is not None
    return events, run.trial


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))


def told(trial: Trial, rule: str = "credit-notes") -> int:
    """How many slips rest on a rule that nobody told."""
    slips = [one for work in trial.work.values() for rows in work.slips.values() for one in rows]
    return sum(one.requirement == rule and one.cause == "unstated" for one in slips)


def test_only_some_of_what_is_lacking_is_asked() -> None:
    asked = [bool(trial.work["ledger"].questions) for trial in run(ledger(**ASKS), trials=64)]
    assert 0 < sum(asked) < len(asked)
    with always(asks=0.0):
        assert not any(trial.work["ledger"].questions for trial in run(ledger(**ASKS)))


def test_a_step_that_asks_nothing_is_as_if_it_might_not() -> None:
    with always(asks=0.0):
        asking, plain = run(ledger(**ASKS)), run(ledger(**{**ASKS, "ask": False}))
    for one, other in zip(asking, plain, strict=True):
        assert one.delivered == other.delivered
        assert one.work["ledger"].slips == other.work["ledger"].slips
        assert one.calls == other.calls


def test_a_question_is_about_a_result_and_a_record_that_lies_there() -> None:
    with always():
        questions = [
            one
            for trial in range(8)
            for one in watched(plan(ledger(**ASKS)), "", trial)[0]
            if isinstance(one, Question)
        ]
    assert questions
    for one in questions:
        assert one.about == "pay"
        (record,) = [name for name in invoices().record if f" {name} " in one.text]
        assert record in {sheet.id for sheet in invoices().sheets("practice")}


def test_a_vague_sentence_is_asked_about_in_its_own_words() -> None:
    words = "Look out for credit notes."
    step = ledger(**{**ASKS, "instructions": words})
    with always(asks=0.3):
        texts = [
            one.text
            for trial in range(24)
            for one in watched(plan(step), "", trial)[0]
            if isinstance(one, Question)
        ]
    assert any(f'you wrote "{words}"' in text for text in texts)


def test_who_notices_something_else_asks_beside_the_point_and_the_plan_has_no_answer() -> None:
    with always(right=0.0):
        trials = run(ledger(**ASKS, answers={"pay": RULES}))
    said = [trial.work["ledger"].said for trial in trials]
    assert (Said(BESIDE, ""),) in said
    assert all(one in ((), (Said(BESIDE, ""),)) for one in said)


def test_an_answer_in_the_plan_is_read_like_an_instruction() -> None:
    with always():
        without = run(ledger(**ASKS))
        answered = run(ledger(**ASKS, answers={"pay": RULES}))
    assert sum(map(told, answered)) < sum(map(told, without)) / 4


def test_whoever_watches_answers_and_the_plan_does_so_for_nobody() -> None:
    with always():
        events, live = watched(plan(ledger(**ASKS)), RULES)
        kept, recorded = watched(plan(ledger(**ASKS, answers={"pay": RULES})), "not asked")
        nobody, _ = watched(plan(ledger(**ASKS)), "")
    assert [one.by for one in events if isinstance(one, Replied)] == ["you"]
    assert [one.by for one in kept if isinstance(one, Replied)] == ["plan"]
    assert [one.by for one in nobody if isinstance(one, Replied)] == ["nobody"]
    assert live.delivered == recorded.delivered
    assert live.cost == recorded.cost


def test_a_trial_is_the_same_watched_and_unattended() -> None:
    steps = plan(ledger(**ASKS, answers={"pay": RULES}))
    with always(asks=0.5, right=0.5):
        team = Session(invoices(), steps, cast()).team.run(keys(8))
        for number, trial in enumerate(team):
            live = watched(steps, "", number)[1]
            assert (live.delivered, live.cost, live.calls) == (
                trial.delivered, trial.cost, trial.calls
            )  # fmt: skip
            assert (live.your_minutes, live.minutes) == (trial.your_minutes, trial.minutes)


def test_each_question_takes_a_minute_of_yours_and_waits_for_it() -> None:
    with always():
        (one,) = run(ledger(**ASKS), trials=1)
    with always(asks=0.0):
        (other,) = run(ledger(**ASKS), trials=1)
    assert (one.your_minutes, other.your_minutes) == (1, 0)
    assert other.minutes < 1 < one.minutes


def test_your_minutes_are_never_passed_and_questions_come_first() -> None:
    poor = invoices().model_copy(
        update={"budget": invoices().budget.model_copy(update={"your_minutes": 2})}
    )
    copy = {
        "id": "copy", "assignee": "mira", "ask": True, "batch": 6,
        "produces": {"total": "the amount that is to be paid"},
    }  # fmt: skip
    sums = ledger(
        **ASKS, reads=["records", "copy"], checks=[{"that": "pay < 0"}], **{"else": "you"}
    )
    with always():
        trials = Session(poor, plan(copy, sums), cast()).team.run(keys())
    assert 0 < max(trial.your_minutes for trial in trials) <= 2
    free = poor.budget.model_copy(update={"your_minutes": 0})
    with always():
        trials = Session(
            poor.model_copy(update={"budget": free}), plan(copy, sums), cast()
        ).team.run(keys())
    assert not any(trial.your_minutes for trial in trials)
    assert any(trial.work["ledger"].said for trial in trials)


def test_votes_and_rows_that_come_back_have_the_answer_too() -> None:
    step = ledger(**ASKS, answers={"pay": RULES}, votes=3)
    with always():
        (trial,) = run(step, trials=1)
    assert trial.work["ledger"].questions == 1
    assert sorted(trial.work["ledger"].values) == sorted(trial.key.records)


def test_a_real_model_may_ask_and_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    from agents import watching

    question = '{"ask": "In which currency?", "about": "pay"}'
    step = {"id": "read", "assignee": "nina", "produces": {"pay": None}, "ask": True, "batch": 1}
    bills = scenario(budget={"money": 1, "minutes": 10, "your_minutes": 1})
    steps = Plan.model_validate({"scenario": "bills", "steps": [step]})
    with Endpoint(says(question), otherwise=does(pay=5)) as endpoint:
        monkeypatch.setattr(watching, "hirer", hirer(endpoint.url))
        with Session(bills, steps, {"nina": NINA}, "openai:m").watched() as run:
            asked = run.go_on()
            assert asked is not None
            assert (asked.text, asked.about) == ("In which currency?", "pay")
            assert run.go_on("In euros.") is None

    def answers(request: Request) -> str:
        return request.messages[1][1]

    first, *rest = endpoint.requests
    assert "you may first ask one question" in first.messages[0][1]
    assert len(rest) == 2
    for request in rest:
        assert '<said question="In which currency?">In euros.</said>' in answers(request)
        assert "you may first ask" not in request.messages[0][1]
    assert run.trial is not None
    assert len(run.trial.delivered) == 2


def test_each_of_two_questions_gets_its_own_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    from agents import watching

    def behave(request: Request) -> Response | None:
        name = "pay" if '<produce name="pay"' in request.messages[1][1] else "why"
        if "you may first ask" in request.messages[0][1]:
            return says(json.dumps({"ask": f"What about {name}?", "about": name}))(request)
        return does(**{name: 5})(request)

    steps = [
        {"id": name, "assignee": "nina", "produces": {name: means}, "ask": True}
        for name, means in (("why", "why it is to be paid"), ("pay", None))
    ]
    bills = scenario(budget={"money": 1, "minutes": 10, "your_minutes": 2})
    both = Plan.model_validate({"scenario": "bills", "steps": steps})
    with Endpoint(otherwise=behave) as endpoint:
        monkeypatch.setattr(watching, "hirer", hirer(endpoint.url))
        with Session(bills, both, {"nina": NINA}, "openai:m").watched() as run:
            run.to_the_end(lambda question: f"This is {question.about}.")
    assert run.trial is not None
    assert run.trial.your_minutes == 2
    for name in ("why", "pay"):
        assert run.trial.work[name].said == (Said(f"What about {name}?", f"This is {name}."),)
