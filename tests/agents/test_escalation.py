"""What comes to you: once a step, for a minute, and only while there are minutes."""

from __future__ import annotations

from collections import Counter

from simulator import sampling
from simulator.events import CameToYou
from simulator.trial import Trial
from tests.office import ALL, invoices, ledger, plan, session


def run(**keys: object) -> list[Trial]:
    step = ledger(assignee="pip", instructions=ALL, batch=6, schema=True, **keys)
    return session(plan(step)).team.run(sampling.keys(invoices(), "practice", seed=1, trials=8))


def test_a_record_comes_to_you_at_most_once_a_step() -> None:
    step = ledger(
        assignee="pip", instructions=ALL, batch=6, checks=[{"that": "pay < 0"}],
        review={"by": "you", "of": ["pay"]}, **{"else": "you"},
    )  # fmt: skip
    events = session(plan(step)).watch()
    came = Counter(event.record for event in events if isinstance(event, CameToYou))
    assert came
    assert set(came.values()) == {1}


def test_what_is_over_your_minutes_stays_as_it_was() -> None:
    budget = invoices().budget.your_minutes
    fails = {"checks": [{"that": "False"}]}
    alone = run()
    for before, after in zip(alone, run(**fails, **{"else": "you"}), strict=True):
        seen = after.work["ledger"].escalated
        assert after.escalations == len(seen)
        assert after.your_minutes == sum(seen.values()) <= budget
        late = [record for record, in_time in seen.items() if not in_time]
        assert late
        assert all(after.delivered.get(r) == before.delivered.get(r) for r in late)
        assert after.cost == before.cost


def test_keep_changes_nothing_and_costs_you_nothing() -> None:
    for before, after in zip(run(), run(checks=[{"that": "False"}]), strict=True):
        assert (after.delivered, after.your_minutes) == (before.delivered, 0)
