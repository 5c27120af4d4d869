"""A pilot: a step done by somebody alone, on a few records, with luck that is no trial's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.piloting import Trying, trying
from agents.promised import promised
from agents.session import Session
from scenarios import Plan, Scenario, load_scenario
from scenarios.errors import InputError
from scenarios.scenario import Budget
from simulator import pilots, sampling
from simulator.pilots import Came, Pilot, Seen
from simulator.staffing import fee
from tests.agents.test_rows import FIND, JUDGE
from tests.agents.test_specialists import desk
from tests.agents.test_specialists import plan as trained
from tests.office import ALL, cast, invoices, ledger, plan
from tests.scenarios import talks

COPY: dict[str, Any] = {
    "id": "copy", "assignee": "pip", "batch": 6,
    "produces": {"printed_total": "the final amount, exactly as it is printed",
                 "kind": {"means": "whether it asks for money or gives money back",
                          "choices": ["invoice", "credit note"]}},
}  # fmt: skip
PAY = ledger(reads=["records", "copy"], instructions=ALL, assignee="mira")
BOTH = plan(COPY, PAY)


def tried(step: str = "copy", who: str | None = None, one: Plan = BOTH, **keys: Any) -> Trying:
    keys = {"most": 8, **keys}
    return trying(invoices(), one, cast(), step, who, **keys)


def test_the_same_again_is_the_same_and_anything_else_another_pilot() -> None:
    first = tried()
    assert tried().run() == first.run()
    assert Pilot.from_json(first.run().to_json()).rate == first.run().rate
    assert Pilot.from_json(first.run().to_json()).to_json() == first.run().to_json()
    told = plan({**COPY, "instructions": "Copy as printed."}, PAY)
    others = [tried(who="mira"), tried(seed=2), tried(most=7), tried(one=told), tried("ledger")]
    assert len({first.mark, *(one.mark for one in others)}) == 6
    # What is later, and what checks it afterwards, changes no pilot of it.
    later = {**PAY, "instructions": "Pay.", "redo": 2}
    checked = {**COPY, "review": {"by": "oswin", "of": ["kind"]}, "redo": 1, "else": "you"}
    again = tried(one=plan(checked, later))
    assert again.run().seen == first.run().seen
    assert again.run().cost == first.run().cost


@given(st.integers(0, 2**53), st.text("abcxyz-", max_size=8), st.lists(st.text("ab1-"), max_size=3))
def test_its_luck_is_no_trials(seed: int, who: str, records: Sequence[str]) -> None:
    assert pilots.luck(seed, who, "step", records).seed < 0
    assert pilots.luck(seed, who, "step", records) == pilots.luck(seed, who, "step", records)
    assert pilots.luck(seed, who, "step", [*records, "b"]) != pilots.luck(
        seed, who, "step", records
    )


def test_everybody_gets_the_same_practice_records_and_families_come_whole() -> None:
    scenario = invoices()
    eight = tried(who="mira").records
    assert eight == tried(who="oswin").records == tried("ledger").records
    assert len(set(eight)) == 8
    assert {scenario.record[name].lot for name in eight} == {"practice"}
    assert eight != tried(seed=2).records
    for most in range(1, 30):
        chosen = set(tried(most=most).records)
        assert len(chosen) == most
        assert all(scenario.family[name] <= chosen for name in chosen)


def test_there_are_no_more_than_there_are() -> None:
    with pytest.raises(InputError, match="a pilot of this step can have"):
        tried(most=1000)


def test_what_arrives_is_right_and_a_step_takes_its_own() -> None:
    credit = {**PAY, "takes": {"where": "kind == 'credit note'", "most": 1}}
    found = tried("ledger", most=4, one=plan(COPY, credit))
    copy = found.blueprints["copy"]
    arrived = {copy.settled_right(name)["kind"] for name in found.records}
    assert arrived == {"credit note"}
    second = {**PAY, "takes": {"where": "printed_total == ''"}}
    # Nothing is left of it where all is right: it is tried on any.
    assert tried("ledger", one=plan(COPY, second)).records == tried().records


def test_each_record_says_what_came_and_what_was_wanted() -> None:
    scenario, run = (
        invoices(),
        tried("ledger", one=plan(ledger(schema=True, instructions=ALL))).run(),
    )
    for one in run.seen:
        (came,) = one.came
        truth = scenario.record[one.record].truth["pay"]
        assert came.wanted == truth
        assert one.right is came.right is (came.got == truth)
    assert 0 < run.right < run.scored == 8
    nothing = {"id": "song", "assignee": "pip", "produces": {"song": "zwq brz kvx"}}
    unscored = tried("song", one=plan(nothing, ledger())).run()
    assert (unscored.scored, unscored.rate) == (0, None)
    assert all(came.right is None for one in unscored.seen for came in one.came)


def test_where_there_was_nothing_to_find_nothing_is_right() -> None:
    assert Seen("talk", ()).right is True
    assert Seen("bill", (Came("song", "la", None, None),)).right is None


def test_six_of_eight_lies_between_41_and_93_percent() -> None:
    seen = [Seen(f"r{n}", (Came("pay", 1, 1, n < 6),)) for n in range(8)]
    pilot = Pilot("bills", "pay", "pip", 1, "m", tuple(seen), 0.1, 0.2)
    assert pilot.rate is not None
    assert [round(value, 2) for value in pilot.rate if value is not None] == [0.75, 0.41, 0.93]
    assert (pilots.shown([pilot, pilot]), pilots.spent([pilot, pilot])) == (16, 0.2)


def test_wages_are_those_of_the_step_and_a_specialist_is_trained_first() -> None:
    assert tried(who="oswin").run().cost > tried(who="mira").run().cost > 0
    assert tried().run().minutes > 0
    run = trying(desk(), trained("all"), cast(), "sort", most=8).run()
    assert run.cost > fee(30)
    assert run.scored == 8


def test_who_cannot_be_tried_is_said() -> None:
    code = {"id": "sums", "assignee": "tally", "reads": ["copy"], "produces": {"pay": None},
            "does": [{"set": "pay", "to": "0"}]}  # fmt: skip
    for step, who, words in (
        ("copi", None, "did you mean 'copy'"), ("copy", "you", "'you' is nobody to be tried"),
        ("copy", "mora", "did you mean 'mira'"), ("sums", None, "is done by code"),
    ):  # fmt: skip
        with pytest.raises(InputError) as caught:
            tried(step, who, plan(COPY, code))
        assert words in str(caught.value)
    other = {"id": "sorter", "examples": "all"}
    one = Plan.model_validate(
        {"scenario": "invoices", "steps": [COPY, PAY], "specialists": [other]}
    )
    with pytest.raises(InputError, match="was not trained for"):
        tried("copy", "sorter", one)


@cache
def _talks() -> Scenario:
    with TemporaryDirectory() as folder:
        return load_scenario(talks.write(Path(folder)))


def test_rows_are_told_with_their_lines_and_a_talk_is_right_as_a_whole() -> None:
    whole = Plan.model_validate({"scenario": "talks", "steps": [FIND]})
    run = trying(_talks(), whole, cast(), "find", most=4).run()
    assert len(run.seen) == run.scored == 4
    for one in run.seen:
        lines = {came.result.partition(",")[0] for came in one.came}
        assert "line 2" in lines
        assert one.right is all(came.right for came in one.came)
    listed = {**FIND, "produces": {"owner": None, "due": None}}
    two = Plan.model_validate({"scenario": "talks", "steps": [listed, JUDGE]})
    judged = trying(_talks(), two, cast(), "judge", most=3).run()
    assert {came.result for one in judged.seen for came in one.came} <= {
        "line 2, status", "line 5, status"
    }  # fmt: skip


def test_every_trial_bears_the_wages_of_pilots_and_nothing_else_changes() -> None:
    scenario = invoices().model_copy(update={"budget": Budget(money=4, minutes=30, pilots=24)})
    runs = [
        Session(scenario, BOTH, cast(), piloted=spent).evaluate(trials=16, jobs=jobs)
        for spent, jobs in ((0.0, 1), (0.5, 1), (0.5, 2))
    ]
    assert runs[1].scored == runs[2].scored
    for before, after in zip(runs[0].scored, runs[1].scored, strict=True):
        assert after.cost == pytest.approx(before.cost + 0.5)
        assert (after.loss, after.minutes, after.slips) == (
            before.loss, before.minutes, before.slips
        )  # fmt: skip
    session = Session(scenario, BOTH, cast(), piloted=0.5)
    assert session.with_plan(BOTH).watch()[-1].cost == session.team.run(  # type: ignore[union-attr]
        sampling.keys(scenario, "practice", seed=1, trials=1)
    )[0].cost  # fmt: skip


def test_what_was_told_is_held_against_what_was_done() -> None:
    keys = sampling.keys(invoices(), "practice", seed=1, trials=16)
    told, other = tried().run(), tried(who="oswin").run()
    (one,) = promised(invoices(), BOTH, cast(), [told, other], keys)
    assert one.pilot == told
    assert one.same
    assert told.rate is not None
    low, high = told.rate.low or 0, told.rate.high or 1
    assert one.kept is (low <= one.rate.mean <= high)
    reworded = plan({**COPY, "instructions": "Copy."}, PAY)
    (since,) = promised(invoices(), reworded, cast(), [told], keys)
    assert not since.same
    first = Session(invoices(), BOTH, cast()).team.run(keys[:1])[0]
    seen = tried().at(keys[0])[0].values
    # On a trial's own draws it does what it did in the trial.
    assert seen == first.work["copy"].values
