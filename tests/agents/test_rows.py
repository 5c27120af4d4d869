"""Rows: found in texts, worked on where they arrive, judged by what is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest

from agents.colleague import Answered, Call, messages
from agents.intern import SimulatedIntern
from agents.session import Session
from agents.team import CompiledTeam
from scenarios import InputError, Plan, Scenario, load_scenario, parse
from scenarios.persona import Persona
from scenarios.plans.file import read_plan
from scenarios.rows import numbered
from simulator import rows, sampling
from simulator.behaviour.belief import Aside
from simulator.blueprint import Blueprint
from simulator.draws import Draws
from simulator.events import Answered as Came
from simulator.events import Asked, Found, RunStarted, StepStarted
from simulator.order import Item, WorkOrder
from simulator.reply import parse as reply
from simulator.scoring.evaluation import Scored, score
from simulator.scoring.verdict import Verdict
from simulator.slip import Slip
from simulator.trial import Trial
from tests.library.test_golden import FixedReader
from tests.office import cast
from tests.scenarios import talks as files

Step = dict[str, Any]
FIND: Step = {
    "id": "find", "assignee": "mira", "reads": ["records"], "batch": 1,
    "instructions": "Find the tasks. What is said later holds.",
    "produces": {"status": None, "owner": None, "due": None},
}  # fmt: skip
LIST: Step = {**FIND, "produces": {"owner": None, "spoken": "the words of the date"}}
JUDGE: Step = {
    "id": "judge", "assignee": "oswin", "reads": ["records", "find"], "batch": 3,
    "instructions": "What is said later holds.", "produces": {"status": None},
}  # fmt: skip
DATE: Step = {
    "id": "date", "assignee": "tally", "reads": ["find"], "produces": {"due": None},
    "does": [{"set": "due", "parse_date": "spoken", "order": "dmy"}],
    "checks": [{"that": "line > 0"}],
}  # fmt: skip


class Ran(NamedTuple):
    trial: Trial
    scored: Scored
    verdict: Verdict
    slips: list[Slip]


@cache
def talks() -> Scenario:
    with TemporaryDirectory() as folder:
        return load_scenario(files.write(Path(folder)))


def plan(*steps: Mapping[str, Any]) -> Plan:
    return Plan.model_validate({"scenario": "talks", "steps": list(steps)})


def staffed(*steps: Mapping[str, Any]) -> CompiledTeam:
    return Session(talks(), plan(*steps), cast(), texts=FixedReader()).team


def ran(*steps: Mapping[str, Any], trials: int = 16) -> list[Ran]:
    team = staffed(*steps)
    keys = sampling.keys(talks(), "practice", seed=1, trials=trials)
    return [Ran(trial, *score(talks(), team.blueprints, trial)) for trial in team.run(keys)]


def check(one: Ran) -> None:
    """What holds of every trial: found and judged by what is there, and never without a cause."""
    for name in one.trial.key.records:
        row = one.trial.delivered.get(name)
        wanted = rows.wanted(talks(), name)
        claimed = row is not None and rows.there(talks(), row)
        if not claimed and not wanted:
            assert name not in one.verdict.wrong
        if wanted != claimed:
            assert name in one.verdict.wrong
    assert all(key.cause != "unknown" for key, _, _ in one.scored.blame)
    assert one.trial.extra == ()


def test_one_step_finds_rows_and_is_judged_on_them() -> None:
    done = ran(FIND, trials=40)
    assert any(one.verdict.accepted for one in done)
    assert any(set(one.trial.key.records) - set(one.trial.delivered) for one in done)
    for one in done:
        check(one)
        assert all(rows.there(talks(), row) for row in one.trial.delivered.values())


def test_who_was_not_told_reports_what_only_looks_like_a_row() -> None:
    naive = {**FIND, "instructions": ""}
    invented = {
        name for one in ran(naive) for name in one.trial.delivered if not rows.wanted(talks(), name)
    }
    decoys = {f"practice-{n}:5" for n in (5, 6)}
    assert decoys & invented
    causes = {(s.cause, s.result) for one in ran(naive) for s in one.slips if s.record in decoys}
    assert ("unstated", "status") in causes


def test_whether_a_row_is_there_is_decided_by_whoever_finds_it() -> None:
    """A leap where they are not asked to say so; a later step has the last word."""
    done = ran(LIST, JUDGE, DATE)
    leaps = {s.cause for one in done for s in one.slips if s.step == "find" and s.field == "status"}
    assert leaps
    for one in done:
        check(one)
        for name in one.trial.key.records:
            found = name in one.trial.work["find"].values
            assert (name in one.trial.work["judge"].values) <= found
            assert (name in one.trial.work["date"].values) == found
            assert not one.trial.work["date"].slips.get(name)


@pytest.mark.parametrize("batch", [1, 2, "all"])
def test_calls_are_counted_in_texts_when_finding_and_in_rows_afterwards(batch: int | str) -> None:
    (one,) = ran({**LIST, "batch": batch}, JUDGE, DATE, trials=1)
    finding = {1: 3, 2: 2, "all": 1}[batch]
    judging = -(-len(one.trial.work["find"].values) // 3)
    assert one.trial.work["find"].calls - one.trial.work["find"].asked_again == finding
    assert one.trial.work["judge"].calls - one.trial.work["judge"].asked_again == judging


def test_nothing_that_is_shown_before_an_answer_tells_where_rows_are() -> None:
    session = Session(talks(), plan(LIST, JUDGE, DATE), cast(), texts=FixedReader())
    events = session.watch()
    for event in events:
        if isinstance(event, RunStarted) or (
            isinstance(event, StepStarted | Asked | Came) and event.step == "find"
        ):
            assert not any(":" in record for record in event.records)
    asked = next(e for e in events if isinstance(e, Asked) and e.step == "find")
    assert "2|     Bo" not in asked.human
    assert "\n2| Bo: I do, by 3 May" in asked.human
    assert 'for each task that you find an object with the keys "record", "line"' in asked.system


def test_rows_of_one_text_show_it_once() -> None:
    session = Session(talks(), plan(LIST, JUDGE, DATE), cast(), texts=FixedReader())
    for event in session.watch():
        if isinstance(event, Asked) and event.step == "judge":
            sources = {record.partition(":")[0] for record in event.records}
            assert event.human.count("1| Ada: Who sends the report?") == len(sources)
            assert '"line": 2' in event.human or ":2" not in event.human


def answers_with(cut: str) -> set[str]:
    """The rows that an intern finds in one text from which `cut` is taken out of the message."""
    team = staffed(FIND)
    head = team.blueprints["find"].head

    text = numbered(talks().record["practice-1:2"].text).replace(cut, "")
    order = WorkOrder(cast()["mira"], head, (Item("practice-1", text),))
    found: set[str] = set()
    for repeat in range(20):
        aside = Aside(talks(), Draws(1, 0, repeat))
        intern = SimulatedIntern(persona=cast()["mira"], texts=FixedReader())
        config: Any = {"configurable": {"aside": aside}}
        answer = intern.invoke([*messages(order)], config)
        found |= set(reply(str(answer.content), by_line=True) or ())
    return found


def test_a_row_whose_line_is_cut_out_of_the_message_is_not_found() -> None:
    assert {"practice-1:2", "practice-1:5"} <= answers_with("")
    without = answers_with("5| Ada: Cy, book a room.")
    assert "practice-1:5" in without  # line 6 is as good a source
    text = "5| Ada: Cy, book a room.\n6| Cy: Sure."
    assert "practice-1:5" not in answers_with(text)
    assert "practice-1:2" in answers_with(text)


BLIND: Step = {
    **FIND, "assignee": "pip", "redo": 1,
    "review": {"by": "mira", "of": ["status", "owner", "due"], "blind": True},
}  # fmt: skip


def test_who_searches_again_can_find_what_was_passed_over() -> None:
    session = Session(talks(), plan(BLIND), cast(), texts=FixedReader())
    said = {
        event.what
        for trial in range(12)
        for event in session.watch(trial=trial)
        if isinstance(event, Found) and event.by == "review"
    }
    assert any("Somebody else has found something there" in what for what in said)
    assert any("Somebody else has nothing there" in what for what in said)
    once = ran({**BLIND, "redo": 0})
    again = ran(BLIND)
    changed = [
        a for a, b in zip(once, again, strict=True) if a.trial.delivered != b.trial.delivered
    ]
    assert changed
    for one in again:
        check(one)


def test_a_check_asks_only_about_rows_that_were_found() -> None:
    checked = {**FIND, "redo": 1, "checks": [{"that": "owner"}]}
    for one in ran(checked):
        check(one)
        assert set(one.trial.work["find"].redos) <= set(one.trial.key.records)
        for name in one.trial.work["find"].redos:
            assert one.trial.work["find"].round[name] == 1


def test_an_example_is_a_text_with_its_rows() -> None:
    blueprint: Blueprint = staffed({**FIND, "examples": ["archive-5"]}).blueprints["find"]
    (solved,) = blueprint.head.examples
    assert solved.record == "archive-5"
    assert solved.text.startswith("1| Ada")
    assert [row["line"] for row in json.loads(solved.answer)] == [2]


REFUSED = [
    ({**FIND, "examples": ["archive-5:2"]}, "cannot be 'archive-5:2'"),
    ({**FIND, "produces": {**FIND["produces"], "line": "where"}}, "the number of the line"),
    ({**FIND, "assignee": "tally", "instructions": "", "does": [{"set": "due", "to": "year"}]},
     "nothing to work on"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "problem"), REFUSED)
def test_a_plan_that_could_not_work_on_rows_is_refused(step: Step, problem: str) -> None:
    kept = {key: value for key, value in step.items() if value not in ("", 1)}
    text = json.dumps({"scenario": "talks", "steps": [kept]})
    with pytest.raises(InputError) as caught:
        read_plan(parse(text, "plan.yaml"), lambda _: talks(), cast())
    assert problem in caught.value.problem


class Scribe:
    """A colleague who answers every text with the same rows."""

    simulated = False

    def __init__(self, persona: Persona, found: str) -> None:
        self.persona = persona
        self.found = found

    def answer(self, calls: list[Call]) -> list[Answered]:
        return [
            Answered(reply(self.found.replace("ID", call.order.items[0].record), by_line=True))
            for call in calls
        ]


def test_a_claim_settles_on_the_row_of_its_line_and_the_rest_is_extra() -> None:
    text = """[
        {"record": "ID", "line": 3, "status": "agreed", "owner": "Bo", "due": null},
        {"record": "ID", "line": "1", "status": "agreed", "owner": "Bo", "due": null},
        {"record": "ID", "line": 40, "status": "agreed", "owner": "Cy", "due": null},
        {"record": "ID", "line": 4, "status": "none", "owner": null, "due": null}
    ]"""
    made = plan(FIND)
    team = CompiledTeam(talks(), made, cast(), lambda persona: Scribe(persona, text))  # type: ignore[arg-type, return-value]
    key = sampling.keys(talks(), "practice", seed=1, trials=1)[0]
    (trial,) = team.run([key])
    sources = {name.partition(":")[0] for name in key.records}
    assert {name for name in trial.delivered if name.endswith(":2")} == {f"{s}:2" for s in sources}
    # Line 1 is the same row again, and on line 40 there is nothing.
    assert sorted(source for source, _ in trial.extra) == sorted([*sources, *sources])
    _, verdict, _ = score(talks(), team.blueprints, trial)
    assert not any(name.endswith(":4") for name in verdict.wrong)


def test_what_is_hidden_may_be_called_anything(tmp_path: Path) -> None:
    def renamed(text: str) -> str:
        return text.replace("qspoken", "asaid").replace("later-wins", "another-name")

    other = load_scenario(files.write(tmp_path, renamed(files.SCENARIO), renamed(files.RECORDS)))
    told = [
        Session(scenario, plan(LIST, JUDGE, DATE), cast(), texts=FixedReader()).watch(trial=1)
        for scenario in (talks(), other)
    ]
    assert told[0] == told[1]
