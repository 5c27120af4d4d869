"""What depends on a paper's table is looked up there, as solved records show."""

from __future__ import annotations

from agents.session import Session
from scenarios import find_scenario, load_cast, load_plan, load_scenario
from scenarios.language.operations import LookUp
from simulator.coaching import changes
from simulator.coaching.change import edited
from simulator.coaching.looking_up import listed
from tests import office

FOLDER = find_scenario("inbox-under-attack")
SCENARIO = load_scenario(FOLDER)


def test_solved_records_show_in_which_column_to_look() -> None:
    way = listed(SCENARIO, SCENARIO.field["known"])
    assert way is not None
    assert (way.document, way.column) == ("address-book", "address")


def test_what_is_in_no_paper_is_not_looked_up() -> None:
    assert not any(listed(office.invoices(), field) for field in office.invoices().fields)


def test_only_the_archive_is_looked_at() -> None:
    """The truth of what is practised on, or handed in, shows nothing."""
    lots = {lot: records if lot == "archive" else () for lot, records in SCENARIO.lots.items()}
    alone = SCENARIO.model_copy(update={"lots": lots})
    field = SCENARIO.field["known"]
    assert listed(alone, field) == listed(SCENARIO, field)


def test_code_that_forgot_to_look_up_looks_up_again_and_loses_less() -> None:
    path = FOLDER if FOLDER.is_dir() else FOLDER.parent
    expert, cast = load_plan(path / "plans" / "expert.yaml").plan, load_cast()
    hands = expert.step["hands"]
    does = tuple(
        one.model_copy(update={"to": "wants == 'money back or complaint'"})
        if one.set == "drafts" else one
        for one in hands.does
    )  # fmt: skip
    plan = edited(expert, hands, does=does)
    attempt = Session(SCENARIO, plan, cast).evaluate(trials=8)
    before = attempt.mean("loss")
    losses = []
    for one in changes(attempt, cast, causes=4):
        if one.kind == "code" and any(isinstance(op, LookUp) for op in one.plan.step["hands"].does):
            loss = Session(SCENARIO, one.plan, cast).evaluate(trials=8).mean("loss")
            losses += [loss.mean] if loss is not None else []
    assert before is not None
    assert min(losses) < before.mean / 2
