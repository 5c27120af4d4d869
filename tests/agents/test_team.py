"""A compiled team: what may change a trial and what may not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from agents.intern import SimulatedIntern
from scenarios import Plan
from simulator import sampling
from simulator.scoring.evaluation import Scored, score
from simulator.trial import Trial, TrialKey
from tests.office import ALL, invoices, ledger, plan, reference, session

COPY = {"printed": "the final amount of the paper, exactly as it is printed"}


def keys(trials: int = 16) -> list[TrialKey]:
    return sampling.keys(invoices(), "practice", seed=1, trials=trials)


def outcome(trial: Trial) -> tuple[Any, ...]:
    slips = {name: work.slips for name, work in trial.work.items()}
    return trial.delivered, slips, trial.cost, trial.minutes, trial.escalations, trial.calls


def scored(plan: Plan, trials: int = 16) -> Sequence[Scored]:
    return session(plan).evaluate(trials=trials).scored


@pytest.mark.parametrize("name", ["naive", "expert"])
def test_a_trial_does_not_depend_on_the_others(name: str) -> None:
    team = session(reference(name)).team
    together = team.run(keys())
    alone = [team.run([key])[0] for key in reversed(keys())]
    assert [outcome(trial) for trial in together] == [outcome(trial) for trial in reversed(alone)]


def test_the_number_of_workers_changes_nothing() -> None:
    one = session(reference("expert")).evaluate(trials=24, jobs=1)
    two = session(reference("expert")).evaluate(trials=24, jobs=2)
    assert one.scored == two.scored


def renamed(original: Plan, name: str, new: str) -> Plan:
    text = original.model_dump_json(by_alias=True).replace(f'"{name}"', f'"{new}"')
    return Plan.model_validate_json(text)


def test_renaming_a_step_leaves_every_figure_the_same() -> None:
    before = scored(reference("expert"))
    after = scored(renamed(reference("expert"), "copy", "transcribe"))
    for one, other in zip(before, after, strict=True):
        assert (one.loss, one.cost, one.minutes) == (other.loss, other.cost, other.minutes)
        assert sorted(n for _, n in one.slips) == sorted(n for _, n in other.slips)


def test_every_model_call_is_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    made = 0
    answer = SimulatedIntern._answer

    def counted(self: SimulatedIntern, messages: Any, aside: Any) -> Any:
        nonlocal made
        made += 1
        return answer(self, messages, aside)

    monkeypatch.setattr(SimulatedIntern, "_answer", counted)
    trials = session(reference("expert")).team.run(keys())
    assert sum(trial.calls for trial in trials) == made > 0


def test_a_control_changes_no_draw_of_what_it_does_not_touch() -> None:
    two = [
        {"id": "copy", "assignee": "mira", "produces": COPY, "batch": 6},
        ledger(reads=["records", "copy"], instructions=ALL),
    ]
    watched = [{**two[0], "review": {"by": "oswin", "of": ["printed"], "blind": True}}, two[1]]
    plain, controlled = (session(plan(*steps)).team.run(keys(8)) for steps in (two, watched))
    for one, other in zip(plain, controlled, strict=True):
        assert one.work["copy"].slips == other.work["copy"].slips
        assert one.delivered == other.delivered


def test_a_redo_calls_only_what_failed_and_what_is_downstream_of_it() -> None:
    trials = session(reference("expert")).team.run(keys(40))
    again = [t for t in trials if any(v > 1 for v in t.work["copy"].version.values())]
    assert again, "no check ever failed"
    for trial in again:
        redone = {r for r, v in trial.work["copy"].version.items() if v > 1}
        assert redone < set(trial.key.records)
        asked = set(trial.work["adding"].redos)
        assert redone <= asked


def test_your_minutes_are_a_hard_budget() -> None:
    everything = plan(ledger(assignee="you"))
    budget = invoices().budget.your_minutes
    for trial in session(everything).team.run(keys(8)):
        assert trial.your_minutes == budget
        assert trial.escalations == len(trial.key.records)
        assert 0 < len(trial.delivered) <= budget


def test_what_is_dropped_is_not_delivered() -> None:
    dropping = plan(
        {"id": "copy", "assignee": "mira", "produces": COPY, "batch": 6},
        {
            "id": "sums", "assignee": "tally", "reads": ["copy"], "produces": {"pay": None},
            "does": [{"set": "pay", "parse_money": "printed", "decimal": "last"}],
            "checks": [{"that": "pay < 0"}], "else": "drop",
        },
    )  # fmt: skip
    trial = session(dropping).team.run(keys(1))[0]
    assert not trial.delivered
    _, verdict, _ = score(invoices(), session(dropping).team.blueprints, trial)
    assert len(verdict.wrong_records) == len(trial.key.records)
    assert verdict.loss == pytest.approx(
        sum(abs(invoices().record[name].truth["pay"]) for name in trial.key.records)
    )


def test_watching_a_trial_tells_the_same_each_time() -> None:
    told = [session(reference("expert")).watch() for _ in range(6)]
    assert all(other == told[0] for other in told)
