"""Who gets which records: a step or a review takes some, and the others go on without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.agenda import chosen
from agents.session import Session
from scenarios import Plan
from scenarios.plans.plan import Takes
from simulator import sampling
from simulator.draws import Draws
from simulator.events import CameToYou, Event
from simulator.trial import Trial, TrialKey
from tests.office import ALL, cast, invoices, ledger, plan

COPY: dict[str, Any] = {
    "id": "copy", "assignee": "mira", "batch": 6,
    "produces": {"printed": "the final amount of the paper, exactly as it is printed"},
}  # fmt: skip
SUM: dict[str, Any] = {
    "id": "sum", "assignee": "tally", "reads": ["copy"], "produces": {"amount": "the amount"},
    "does": [{"set": "amount", "parse_money": "printed", "decimal": "last"}],
}  # fmt: skip


def keys(trials: int = 4) -> list[TrialKey]:
    return sampling.keys(invoices(), "practice", seed=1, trials=trials)


def run(plan: Plan, trials: int = 4) -> list[Trial]:
    return Session(invoices(), plan, cast()).team.run(keys(trials))


ROWS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.fixed_dictionaries({
        "amount": st.one_of(st.none(), st.just("n/a"), st.integers(-99, 99).map(float)),
        "flagged": st.one_of(st.none(), st.booleans()),
    }),
)  # fmt: skip


@given(ROWS, st.integers(1, 5), st.booleans(), st.booleans())
def test_it_never_takes_more_and_the_largest_come_first(
    rows: Mapping[str, Mapping[str, Any]], most: int, where: bool, by: bool
) -> None:
    takes = Takes(where="flagged" if where else None, most=most, by="amount" if by else None)
    got = chosen(takes, rows, Draws(1, 0, 0), ())
    fits = [name for name, row in rows.items() if row["flagged"] or not where]
    assert len(got) == min(most, len(fits))
    assert set(got) <= set(fits)
    if by:
        left = [rows[name]["amount"] for name in fits if name not in got]
        taken = [rows[name]["amount"] for name in got]
        numbers = [a for a in taken if isinstance(a, float)]
        assert numbers == sorted(numbers, reverse=True)
        assert all(a <= min(numbers, default=a) for a in left if isinstance(a, float))
        assert len(numbers) == len(taken) or not any(isinstance(a, float) for a in left)


@given(ROWS, st.integers(1, 5))
def test_what_was_taken_leaves_room_for_the_rest_only(
    rows: Mapping[str, Mapping[str, Any]], most: int
) -> None:
    before = set(list(rows)[:3])
    got = chosen(Takes(most=most), rows, Draws(1, 0, 0), before)
    assert not before & set(got)
    assert len(before) + len(got) <= max(most, len(before))


def test_a_step_does_what_it_takes_and_the_others_go_on() -> None:
    second = {**COPY, "id": "second", "assignee": "oswin", "reads": ["records", "copy"],
              "produces": {"again": COPY["produces"]["printed"]}, "takes": {"most": 5}}  # fmt: skip
    merge = {
        "id": "merge", "assignee": "tally", "reads": ["copy", "second"], "produces": {"pay": None},
        "does": [{"set": "best", "to": "again if again else printed"},
                 {"set": "pay", "parse_money": "best", "decimal": "last"}],
    }  # fmt: skip
    for trial in run(plan(COPY, second, merge)):
        work = trial.work["second"]
        assert len(work.taken) == 5
        assert set(work.values) <= work.taken
        assert set(trial.delivered) > work.taken


def test_takes_changes_no_draw_of_what_it_does_not_touch() -> None:
    spare = {**COPY, "id": "spare", "takes": {"most": 3}, "produces": {"note": "a remark"}}
    plain = run(plan(ledger(instructions=ALL)))
    beside = run(plan(ledger(instructions=ALL), spare))
    assert [trial.delivered for trial in plain] == [trial.delivered for trial in beside]


def test_the_largest_are_taken_by_what_arrived() -> None:
    second = {**COPY, "id": "second", "reads": ["records", "sum"], "produces": {"again": "it"},
              "takes": {"most": 4, "by": "amount"}}  # fmt: skip
    for trial in run(plan(COPY, SUM, second, ledger(instructions=ALL))):
        amounts = {
            name: row["amount"] for name, row in trial.work["sum"].values.items()
            if isinstance(row.get("amount"), float)
        }  # fmt: skip
        taken = [amounts[name] for name in trial.work["second"].taken]
        assert sorted(taken) == sorted(amounts.values())[-4:]


def test_who_reads_a_step_is_shown_that_there_is_nothing() -> None:
    """Or a step that takes one record would spare the next all that it gives."""
    some = {**COPY, "takes": {"most": 1}}
    last = ledger(reads=["records", "copy"], instructions=ALL)
    orders: list[str] = []
    team = Session(invoices(), plan(some, last), cast()).team
    team.run(keys(1), lambda event: orders.append(getattr(event, "human", "")))
    assert '{"printed": null}' in "".join(orders)


def test_a_review_by_you_brings_you_the_records_it_takes() -> None:
    mine = {"by": "you", "of": ["pay"], "takes": {"most": 6}}
    events: list[Event] = []
    team = Session(invoices(), plan(ledger(instructions=ALL, review=mine)), cast()).team
    (trial,) = team.run(keys(1), events.append)
    assert trial.escalations == len([e for e in events if isinstance(e, CameToYou)]) == 6
    assert trial.work["ledger"].looked_at == set(trial.work["ledger"].escalated)
    limit = invoices().budget.your_minutes
    assert 0 < trial.your_minutes <= limit


def test_your_review_makes_right_what_was_wrong() -> None:
    mine = {"by": "you", "of": ["pay"], "takes": {"most": 6}}

    def wrong(plan: Plan) -> int:
        return sum(
            trial.delivered.get(name, {}).get("pay") != invoices().record[name].truth["pay"]
            for trial in run(plan, 16)
            for name in trial.key.records
        )

    assert wrong(plan(ledger(instructions=ALL, review=mine))) < wrong(
        plan(ledger(instructions=ALL))
    )


@pytest.mark.parametrize("otherwise", ["keep", "drop"])
def test_a_check_cannot_send_back_what_was_not_taken(otherwise: str) -> None:
    some = {**COPY, "takes": {"most": 5}}
    sums = {**SUM, "checks": [{"that": "amount > 0", "redo": "copy"}], "redo": 2, "else": otherwise}
    for trial in run(plan(some, sums, ledger(reads=["records", "sum"], instructions=ALL))):
        assert set(trial.work["copy"].values) <= trial.work["copy"].taken
        assert trial.work["ledger"].done
        assert len(trial.delivered) > 0


def test_a_colleagues_review_takes_some_and_keeps_to_them() -> None:
    review = {"by": "oswin", "of": ["pay"], "blind": True, "takes": {"most": 4}}
    team = Session(invoices(), plan(ledger(instructions=ALL, review=review, redo=2)), cast()).team
    reviewed: list[set[str]] = []

    def watch(event: Event) -> None:
        if getattr(event, "role", "") == "review":
            reviewed[-1].update(event.records)  # type: ignore[union-attr]

    for key in keys():
        reviewed.append(set())
        team.run([key], watch)
    assert all(0 < len(found) <= 4 for found in reviewed)
