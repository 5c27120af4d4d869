"""What was foretold over all attempts: each plan once, and a diagram once there is enough."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.debriefing.track_record import ENOUGH, GROUPS, diagram, first_runs, kept
from simulator.storage.store import Attempt

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=60)


def attempt(number: int, text: str, *said: tuple[float, float], lot: str = "practice") -> Attempt:
    summary = {"foresight": {"said": [{"said": p, "came": f} for p, f in said]}} if said else {}
    return Attempt(
        number, "2026-01-01", "0", "invoices", "p.yaml", text, lot, "sim", 1, 80, False, summary
    )


@given(PAIRS)
def test_every_prediction_is_in_one_group(pairs: list[tuple[float, float]]) -> None:
    groups = diagram(pairs)
    if len(pairs) < ENOUGH:
        assert groups == []
        return
    assert sum(group.size for group in groups) == len(pairs)
    assert len(groups) <= GROUPS
    said = [group.said for group in groups]
    assert said == sorted(said)
    for group in groups:
        assert 0 <= group.came <= 1
        assert (group.low is None) == (group.size == 1)
        if group.low is not None and group.high is not None:
            assert 0 <= group.low <= group.came + 1e-9
            assert group.came - 1e-9 <= group.high <= 1


def test_whoever_has_seen_a_plan_run_foretells_nothing() -> None:
    plan = "scenario: invoices\nsteps:\n- {id: a, assignee: mira, produces: {pay: ~}}\n"
    again = "# the same\n" + plan + "predict: {reliability: 0.1}\n"
    other = plan.replace("mira", "pip")
    attempts = [
        attempt(1, plan + "predict: {reliability: 0.9}\n", (0.9, 0.1)),
        attempt(2, again, (0.1, 0.1)),
        attempt(3, again, (0.1, 0.1), lot="sealed"),
        attempt(4, other, (0.5, 0.4)),
        attempt(5, "not: [a plan"),
    ]
    assert [one.number for one in first_runs(attempts)] == [1, 4, 5]
    assert kept(attempts) == [(0.9, 0.1), (0.5, 0.4)]
