"""Votes: the same work several times, of which the most frequent value of each result counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.session import Session
from agents.voting import Vote, agreed, majority
from scenarios import Plan, Scenario
from scenarios.errors import InputError
from scenarios.files.source import parse
from scenarios.plans.file import read_plan
from simulator import sampling
from simulator.behaviour.hardness import chances
from simulator.events import Answered, Voted
from simulator.meaning import Meaning
from simulator.slip import Slip
from simulator.trial import Trial
from tests.agents import bills
from tests.office import ALL, cast, invoices, ledger, plan
from tui.telling import Telling, in_plain

RULE = {
    "id": "cents", "statement": "Amounts are in cents.", "governs": "pay",
    "said": ["Give every amount in cents."], "hints": ["What unit?", "Ask.", "Cents."],
}  # fmt: skip


def office() -> Scenario:
    """Bills whose amounts are in cents, of which nobody is told."""
    lots = {
        lot: [
            {
                "id": f"{lot}-{n}", "lot": lot, "stratum": "plain", "text": f"Pay {n}.50.",
                "truth": {"pay": n * 100 + 50},
                "traps": [{"field": "pay", "needs": "cents", "wrong": n + 0.5}] if n % 3 else [],
            }
            for n in range(1, 25)
        ]
        for lot in ("archive", "practice")
    }  # fmt: skip
    return bills.scenario(
        requirements=[RULE], lots=lots, records={"sample": {"plain": 12}, "name": "bill"}
    )


def run(scenario: Scenario, votes: int, trials: int = 40, **keys: Any) -> list[Trial]:
    step = {"id": "read", "assignee": "pip", "produces": {"pay": None}, "batch": 6, "schema": True,
            "votes": votes, **keys}  # fmt: skip
    one = Plan.model_validate({"scenario": scenario.id, "steps": [step]})
    keyed = sampling.keys(scenario, "practice", seed=3, trials=trials)
    return Session(scenario, one, cast()).team.run(keyed)


def causes(trials: Sequence[Trial], *named: str) -> list[tuple[Any, ...]]:
    return [
        (trial.key.draws, slip.record, slip.cause, slip.requirement)
        for trial in trials
        for slips in trial.work["read"].slips.values()
        for slip in slips
        if slip.cause in named
    ]


def test_votes_outvote_slips_and_confirm_what_nobody_was_told() -> None:
    once, voted = run(office(), 1), run(office(), 7)
    assert causes(once, "unstated") == causes(voted, "unstated") != []
    slips = [Counter(record for _, record, *_ in causes(trials, "beyond-skill", "malformed"))
             for trials in (once, voted)]  # fmt: skip
    # What is beyond somebody more often than not, most of their votes get wrong as well.
    ease = chances(office().lot_ids["practice"], 0, "small")
    easy = [record for record in ease if ease[record] > 0.6]
    once_wrong, voted_wrong = (sum(found[record] for record in easy) for found in slips)
    assert voted_wrong < 0.5 * once_wrong


@pytest.mark.parametrize("votes", [2, 3, 9])
def test_every_vote_is_paid_and_takes_its_time(votes: int) -> None:
    for one, many in zip(run(office(), 1, 8), run(office(), votes, 8), strict=True):
        asked = [work.calls - work.asked_again for work in (one.work["read"], many.work["read"])]
        assert asked[1] == votes * asked[0]
        assert many.cost > (votes - 0.5) * one.cost
        assert many.minutes >= one.minutes


def test_the_first_vote_is_what_there_would_be_without() -> None:
    texts = []
    for votes in (1, 3):
        step = ledger(assignee="pip", instructions=ALL, batch=6, votes=votes)
        found = Session(invoices(), plan(step), cast()).watch()
        texts.append([e.text for e in found if isinstance(e, Answered) and e.vote in (0, 1)])
    assert sorted(texts[0]) == sorted(texts[1])


def test_what_votes_differ_in_is_told() -> None:
    step = ledger(assignee="pip", instructions=ALL, batch=6, votes=3)
    found = Session(invoices(), plan(step), cast()).watch()
    differ = [event for event in found if isinstance(event, Voted)]
    assert differ
    for event in differ:
        counts = [count for _, count in event.values]
        assert len(counts) > 1
        assert counts == sorted(counts, reverse=True)
        line = Telling.of(found).line(event)
        assert line is not None
        assert f"votes on pay differ: {counts[0]} for" in in_plain(line, cast())


NAMES = ("a", "b")
RESULTS = {name: Meaning(name, None, {}) for name in NAMES}
VALUES = st.one_of(st.none(), st.integers(0, 2), st.sampled_from(["x", "y"]))
VOTES = st.lists(
    st.one_of(st.none(), st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES))),
    min_size=2, max_size=9,
)  # fmt: skip


def cast_votes(rows: Sequence[dict[str, Any] | None]) -> list[Vote]:
    """Votes, each with a slip a result that says which of them it is of."""
    return [
        Vote(dict(row) if row is not None else None,
             [Slip("r", "skipped", name, words=str(n)) for name in NAMES])
        for n, row in enumerate(rows)
    ]  # fmt: skip


@given(VOTES)
def test_the_most_frequent_value_counts_and_of_equals_the_first(
    rows: list[dict[str, Any] | None],
) -> None:
    outcome, splits = majority(cast_votes(rows), RESULTS)
    there = [row for row in rows if row is not None]
    if not there:
        assert (outcome.values, splits) == (None, ())
        return
    assert outcome.values is not None
    for name in NAMES:
        count = Counter(row[name] for row in there)
        most = max(count.values())
        first = next(row[name] for row in there if count[row[name]] == most)
        assert outcome.values[name] == first
        # What is wrong with it is what was wrong with the vote that it is taken from.
        taken = next(n for n, row in enumerate(rows) if row is not None and row[name] == first)
        assert [s.words for s in outcome.slips if s.result == name] == [str(taken)]
        assert (name in {split.result for split in splits}) == (len(count) > 1)


@given(VOTES)
def test_where_rows_are_searched_nothing_is_an_answer(rows: list[dict[str, Any] | None]) -> None:
    outcome, _ = majority(cast_votes(rows), RESULTS, absence=True)
    missing = sum(row is None for row in rows)
    if 2 * missing != len(rows):
        assert (outcome.values is None) == (2 * missing > len(rows))
    else:
        assert (outcome.values is None) == (rows[0] is None)


def test_a_reply_that_cannot_be_read_is_no_vote() -> None:
    unread = Vote(None, [Slip("r", "malformed", "a")], readable=False)
    right, wrong = ({"a": 1, "b": 1}, {"a": 2, "b": 2})
    outcome, _ = majority([unread, unread, Vote(right, []), Vote(wrong, [])], RESULTS, absence=True)
    assert outcome == Vote(right, [])
    assert majority([unread, unread], RESULTS)[0] == unread


def test_rows_where_there_is_nothing_take_more_than_half_of_the_votes() -> None:
    one, two = {"line": 3, "who": "Ada"}, {"line": 9, "who": "Bo"}
    assert agreed([[one], [one, two], []]) == (one,)
    assert agreed([[one], []]) == ()


@pytest.mark.parametrize("who", ["tally", "you"])
def test_code_and_you_have_one_vote(who: str) -> None:
    does = "\n    does: [{set: pay, to: '1'}]" if who == "tally" else ""
    text = f"""\
scenario: invoices
steps:
  - id: all
    assignee: {who}
    produces: {{pay: ~}}
    votes: 3{does}
"""
    with pytest.raises(InputError, match="votes: are for interns") as caught:
        read_plan(parse(text, "plan.yaml"))
    assert (caught.value.line, caught.value.mend) == (6, "delete them")
