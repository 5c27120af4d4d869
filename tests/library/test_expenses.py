"""What expenses shows beside its gate: its ladder, and what only looks clever.

The ladder is run on 80 trials with seed 1, medals on 120; all on the same draws, paired by sample.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from agents.session import Session
from scenarios import Plan, Scenario, find_scenario, load_cast, load_plan, load_scenario
from scenarios.plans.removals import Removal, load_removals
from scenarios.scenario import Lot
from simulator.scoring.evaluation import Evaluation, paired

MANY = 120
TRIALS = 80
RUNGS = ("naive", "policy", "rules", "facts", "evenings", "looks", "expert")
EUROS, HOLD = 0, 1
"""The limits of `accept`: the share of euros that is found, the share of findings that hold."""


@cache
def expenses() -> Scenario:
    return load_scenario(find_scenario("expenses"))


def plans() -> Path:
    return find_scenario("expenses").parent / "plans"


def evaluate(plan: Plan, lot: Lot = "practice", trials: int = TRIALS) -> Evaluation:
    return Session(expenses(), plan, load_cast()).evaluate(lot, seed=1, trials=trials)


@cache
def run(name: str, lot: Lot = "practice", trials: int = TRIALS) -> Evaluation:
    return evaluate(load_plan(plans() / f"{name}.yaml").plan, lot, trials)


def rate(name: str, lot: Lot = "practice", trials: int = TRIALS) -> float:
    reliability = run(name, lot, trials).reliability
    assert reliability is not None
    return reliability.mean


def share(name: str, which: int = EUROS) -> float:
    estimate = run(name).mean_of(which)
    assert estimate is not None
    return estimate.mean


def test_whoever_only_looks_at_the_largest_earns_silver_and_no_gold() -> None:
    medals = expenses().medals
    assert medals.silver <= rate("looks", "sealed", MANY) < medals.gold


@pytest.mark.parametrize(("before", "after"), list(pairwise(RUNGS)))
def test_each_rung_loses_less(before: str, after: str) -> None:
    difference = paired(run(before), run(after), "loss")
    assert difference.high is not None
    assert difference.high < 0, difference


def test_a_second_reader_of_the_same_sheet_finds_hardly_more() -> None:
    assert rate("two-readers") <= 0.05
    assert share("two-readers") - share("rules") < 0.06
    # What brings the bills of an evening together finds more than any second look at single bills.
    assert share("evenings") - share("facts") > 0.1


def test_looks_at_random_find_far_less_than_looks_at_the_largest() -> None:
    assert rate("random-looks") <= 0.05
    at_random = share("random-looks") - share("rules")
    assert 0 < at_random < 0.5 * (share("largest-looks") - share("rules"))


def removals() -> list[Removal]:
    return list(load_removals(plans() / "removals.yaml").removals)


def test_every_requirement_can_be_removed() -> None:
    wanted = {requirement.id for requirement in expenses().requirements}
    assert {removal.requirement for removal in removals()} - {None} == wanted


def test_every_bill_adds_up_to_what_is_claimed() -> None:
    for record in expenses().record.values():
        printed = re.findall(r"^ {4}(.+?) +(\d+\.\d\d)$", record.text, re.M)
        *items, (_, total) = printed
        assert float(total) == record.columns["amount"], record.id
        assert sum(round(100 * float(price)) for _, price in items) == round(100 * float(total))


def test_an_evening_is_approved_where_the_list_has_it() -> None:
    listed = re.findall(r"^  (\S{10})  (.+?) {2,}", expenses().document["occasions"].text, re.M)
    for record in expenses().record.values():
        here = (record.columns["date"], record.columns["place"])
        assert record.truth["approved"] == (here in listed), record.id


def test_nobody_is_at_two_tables_of_one_house_but_to_split_a_bill() -> None:
    for record in expenses().record.values():
        alone = record.truth["evening"] == record.columns["amount"]
        assert alone == (record.stratum != "split"), record.id
