"""What a simulated intern does follows from what it was told, shown and given, and from luck."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

import simulator.behaviour.job
import simulator.parameters
from agents.intern import SimulatedIntern
from agents.session import Session
from scenarios import Persona, Plan
from scenarios.scenario import Requirement
from simulator import sampling
from simulator.behaviour import hardness
from simulator.behaviour.belief import Aside
from simulator.draws import Draws
from simulator.order import Item, WorkOrder, human_message, system_message
from simulator.parameters import Parameter, figures, with_odds
from simulator.reading import Reading
from simulator.slip import Slip
from simulator.text_reader import LocalReader
from simulator.trial import Trial
from tests.office import ALL, cast, invoices, ledger, plan, reference, session

COPY: dict[str, Any] = {
    "id": "copy", "assignee": "mira", "batch": 6, "schema": True,
    "produces": {"printed": "the final amount of the paper, exactly as it is printed"},
}  # fmt: skip
COMMA = "In 1.234,50 the comma is the decimal mark and the point groups the thousands."
PERFECT = {
    "follow_alone": 1.0, "follow_decay": 0.0, "handled_n0": 1e30, "skill_mean": 1 - 1e-12,
    "form_list": 1.0, "form_object": 1.0, "form_schema": 1.0, "distractor_loss": 0.0,
    "document_states": 1.0, "example_shows": 1.0, "over_broad": 0.0, "position_m": 1e9,
}  # fmt: skip


def run(plan: Plan, trials: int = 40) -> list[Trial]:
    return session(plan).team.run(sampling.keys(invoices(), "practice", seed=1, trials=trials))


def slips(trials: list[Trial], step: str) -> list[Slip]:
    return [slip for t in trials for found in t.work[step].slips.values() for slip in found]


def causes(plan: Plan, step: str, trials: int = 40) -> Counter[str]:
    return Counter(slip.cause for slip in slips(run(plan, trials), step))


@pytest.fixture
def perfect(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Interns that make no mistake of their own: whatever is wrong then is the plan's doing."""
    usual = simulator.parameters.parameters()
    changed = {
        name: Parameter(kind="judged", source="test", all=PERFECT[name]) if name in PERFECT else p
        for name, p in usual.items()
    }
    monkeypatch.setattr(simulator.parameters, "parameters", lambda: changed)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    figures.cache_clear()
    hardness.chances.cache_clear()
    hardness.quantiles.cache_clear()
    simulator.behaviour.job.forget()


@pytest.mark.usefixtures("perfect")
def test_a_perfect_intern_to_whom_everything_is_clear_makes_no_slip() -> None:
    class Sure(LocalReader):
        def read(self, text: str, requirements: Sequence[Requirement]) -> tuple[Reading, ...]:
            return (Reading(1.0, 0.0, 0.0, 0.0, ""),) * len(requirements)

    team = Session(invoices(), plan(ledger(instructions=ALL)), cast(), texts=Sure()).team
    trials = team.run(sampling.keys(invoices(), "practice", seed=1, trials=16))
    assert not slips(trials, "ledger")
    for trial in trials:
        truth = {name: invoices().record[name].truth["pay"] for name in trial.key.records}
        assert {name: row["pay"] for name, row in trial.delivered.items()} == truth


@pytest.mark.usefixtures("perfect")
def test_splitting_a_step_with_the_same_words_changes_no_slip_of_a_perfect_intern() -> None:
    both = {**COPY["produces"], "kind": "what type of document the paper is"}
    one = plan({**COPY, "produces": both}, ledger(reads=["records", "copy"]))
    two = plan(
        COPY,
        {**COPY, "id": "sort", "produces": {"kind": both["kind"]}},
        ledger(reads=["records", "copy", "sort"]),
    )
    for whole, split in zip(run(one), run(two), strict=True):
        assert whole.delivered == split.delivered
        before = sorted((s.record, s.result, s.cause) for s in slips([whole], "copy"))
        after = [*slips([split], "copy"), *slips([split], "sort")]
        assert before == sorted((s.record, s.result, s.cause) for s in after)


def test_cutting_a_rule_out_of_the_message_is_not_having_written_it() -> None:
    blueprint = session(plan(ledger(instructions=f"{ALL}\n{COMMA}"))).team.blueprints["ledger"]
    without = session(plan(ledger(instructions=ALL))).team.blueprints["ledger"]
    key = sampling.keys(invoices(), "practice", seed=1, trials=1)[0]
    items = tuple(Item(name, invoices().record[name].text) for name in key.records)
    model = SimulatedIntern(persona=cast()["mira"])

    def reply(head: Any, cut: str = "") -> list[str]:
        order = WorkOrder(cast()["mira"], head, items)
        text = human_message(order)
        assert cut in text
        messages = [
            SystemMessage(content=system_message(order.persona, head)),
            HumanMessage(content=text.replace(cut, "")),
        ]
        asides = [Aside(invoices(), Draws(1, 0, repeat)) for repeat in range(8)]
        return [str(model.invoke(messages, {"configurable": {"aside": a}}).content) for a in asides]

    assert reply(blueprint.head) != reply(without.head)
    assert reply(blueprint.head, cut=f"\n{COMMA}") == reply(without.head)


def test_an_untold_intern_falls_into_nine_traps_of_ten() -> None:
    trials = run(reference("naive"), 80)
    traps = [
        (name, trap)
        for trial in trials
        for name in trial.key.records
        for trap in invoices().record[name].traps
        if trap.needs == "decimal-comma" and name in trial.work["ledger"].values
    ]
    fell = [s for s in slips(trials, "ledger") if s.requirement == "decimal-comma"]
    assert 0.8 < len(fell) / len(traps) <= 1.0
    assert Counter(s.cause for s in fell).most_common(1)[0][0] == "unstated"


def test_two_colleagues_with_the_same_gap_share_the_blind_spot() -> None:
    one, other = (
        {
            (t.key.draws, s.record)
            for t in run(plan(ledger(assignee=who, schema=True, batch=6)))
            for s in slips([t], "ledger")
            if s.requirement == "last-page-total" and s.cause == "unstated"
        }
        for who in ("mira", "oswin")
    )
    shared = len(one & other) / len(one | other)
    assert shared > 0.85


BUSY = """\
In 1.234,50 the comma is the decimal mark and the point groups the thousands.
Write dates with the year first. Put the name of the supplier in capital letters.
Leave out telephone numbers. Sort the rows by city. Round weights to whole kilos.
Give every driver a number. Never abbreviate a street. Translate greetings into English.
Mark papers that smell of coffee. Staple what has two sheets. Count the stamps on each envelope.
"""
CAUSES = {
    "skipped": plan(ledger(assignee="pip", schema=True)),
    "unstated": plan(ledger()),
    "contradicted": plan(ledger(instructions="Pay credit notes like any other invoice.")),
    "overloaded": plan(ledger(assignee="pip", schema=True, instructions=BUSY)),
    "distracted": plan(ledger(reads=["records", "suppliers", "paper-thread", "parking"])),
    "in-one-leap": plan(ledger()),
    "beyond-skill": plan(COPY, ledger(reads=["records", "copy"])),
    "malformed": plan(ledger(assignee="pip", batch=6)),
    "out-of-sight": plan(ledger(batch=3)),
    "inherited": plan(COPY, ledger(reads=["records", "copy"])),
}  # fmt: skip


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_comes_up_where_it_should(cause: str) -> None:
    assert causes(CAUSES[cause], "ledger")[cause] > 0


def test_what_never_reaches_a_call_is_out_of_sight() -> None:
    blind = plan(COPY, ledger(reads=["copy"]))
    assert causes(blind, "ledger", 8)["out-of-sight"] > 0


def test_nobody_skips_what_comes_in_small_batches() -> None:
    assert causes(plan(ledger(batch=6)), "ledger")["skipped"] == 0


def test_records_are_skipped_as_published() -> None:
    f, n = figures("mid"), 24
    present = math.exp(-(((n - f.easy_batch) / f.handled_n0) ** f.handled_h))
    trials = run(plan(ledger()), 160)
    skipped = sum(s.cause == "skipped" for s in slips(trials, "ledger"))
    assert skipped / (160 * n) == pytest.approx(1 - present, abs=0.01)


def test_a_tier_follows_as_many_rules_as_published() -> None:
    for tier in ("small", "mid", "frontier"):
        f = figures(tier)
        assert f.follow_alone * math.exp(-f.follow_decay * 9) == pytest.approx(
            {"small": 0.689, "mid": 0.899, "frontier": 0.944}[tier], abs=0.005
        )


def test_odds_and_probabilities() -> None:
    assert with_odds(0.5, 1.0) == 0.5
    assert with_odds(0.5, 3.0) == 0.75
    assert with_odds(0.0, 9.0) == 0.0
    assert with_odds(1.0, 0.1) == 1.0


def test_a_persona_has_a_tier() -> None:
    assert {p.tier for p in cast().values() if p.kind == "intern"} == {"small", "mid", "frontier"}
    assert all(isinstance(p, Persona) for p in cast().values())
