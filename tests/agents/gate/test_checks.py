"""What the author's checks promise: what is unclear is found, and nothing that is fine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from agents.gate.checks import check, contested, pointers, told_clearly
from agents.gate.subject import Subject, load
from scenarios.plans.plan import Plan
from simulator.carried import CLEAR, carried
from simulator.storage.store import Contested
from tests.office import cast, folder, invoices, plan, reference

TAX = "Where prices already include tax, take the printed total including tax, not the net."
COPY: dict[str, Any] = {
    "id": "copy", "assignee": "mira",
    "produces": {"printed": "the final amount of the paper, exactly as it is printed"},
}  # fmt: skip
SUMS: dict[str, Any] = {
    "id": "sums", "assignee": "tally", "reads": ["copy"], "produces": {"pay": None},
    "does": [{"set": "pay", "parse_money": "printed", "decimal": "last"}],
}  # fmt: skip


def subject(**plans: Plan) -> Subject:
    return Subject(folder(), invoices(), plans, cast())


def test_only_what_an_intern_decides_is_read() -> None:
    found = list(carried(invoices(), plan({**COPY, "instructions": TAX}, SUMS), cast()))
    assert {one.step for one in found} == {"copy"}
    assert {one.requirement.governs for one in found} == {"total_as_printed"}
    clear = {one.requirement.id: one.clear for one in found}
    assert clear["tax-inclusive-total"] > 0.8
    assert clear["last-page-total"] < 0.5


def test_another_source_adds_and_an_empty_order_tells_nothing() -> None:
    def clear(**keys: Any) -> float:
        rows = carried(invoices(), plan({**COPY, **keys}, SUMS), cast())
        return next(one.clear for one in rows if one.requirement.id == "last-page-total")

    paper = {"reads": ["records", "two-page-note"]}
    assert clear() == 0.0
    assert clear(**paper) == pytest.approx(0.9)
    assert clear(**paper, examples=["inv-0537"]) == pytest.approx(1 - 0.1 * 0.15)


def test_a_rule_that_an_expert_leaves_out_is_found_in_words() -> None:
    quiet = plan(COPY, SUMS)
    found = list(told_clearly(subject(expert=quiet)))
    assert {one.where.split(": ")[1] for one in found} == {"steps.copy.instructions"}
    said = " ".join(one.says for one in found)
    assert invoices().requirement["last-page-total"].statement in said
    assert "Nothing here tells the rule" in said
    others = {"quiet": quiet, "expert-quiet": quiet}
    assert not list(told_clearly(subject(**others))), "only the expert's plan has to be clear"


def test_an_unclear_sentence_is_quoted_with_its_figure() -> None:
    vague = plan({**COPY, "instructions": "Take the right total on hotel bills."}, SUMS)
    found = subject(expert=vague)
    (said,) = [one.says for one in told_clearly(found) if "include tax" in one.says]
    assert "95 are wanted" in said or "Nothing here tells" in said
    assert all(rule.clear < CLEAR for rule in found.rules["expert"])


def test_a_pointer_gives_nothing_away_and_is_understood() -> None:
    assert not list(pointers(subject()))
    scenario = invoices()
    (bea,) = scenario.stakeholders
    rule = scenario.requirement["credit-notes"].said[0]
    for about, words in ((rule, "gives the rule away"), ("the weather", "is not understood")):
        facts = tuple(
            fact.model_copy(update={"about": about}) if fact.id == "minus" else fact
            for fact in bea.knows
        )
        changed = scenario.model_copy(
            update={"stakeholders": (bea.model_copy(update={"knows": facts}),)}
        )
        found = list(pointers(replace(subject(), scenario=changed)))
        assert any(words in one.says and "minus" in one.field for one in found)


def test_what_was_contested_is_to_be_looked_at_and_fails_nothing() -> None:
    rows = [Contested("", "invoices", "copy", "Credit notes need care."),
            Contested("", "invoices", "copy", "Sing a [/x] song.")]  # fmt: skip
    care, song = contested(replace(subject(), contested=rows))
    assert invoices().requirement["credit-notes"].statement in care.says
    assert '"Sing a [/x] song." was contested. No rule is taken from it.' in song.says
    assert not care.fails
    assert not song.fails


def test_the_checks_run_in_order_on_the_library() -> None:
    loaded = load(folder(), lambda _: [])
    assert loaded.plans["expert"] == reference("expert")
    assert "removals" not in loaded.plans
    assert [one.check for one in check(loaded, ["pointers"])] == []
