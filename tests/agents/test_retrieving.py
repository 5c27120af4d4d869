"""Passages of a collection: what is among them can be read, what is not is out of sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from agents.session import Session
from scenarios import Plan, Scenario
from scenarios.errors import InputError
from scenarios.files.source import parse
from scenarios.plans.file import read_plan
from simulator import sampling
from simulator.events import Asked, Retrieved
from simulator.order import Paper
from simulator.passages import Index, cut
from simulator.scoring.grading import judge
from simulator.slip import Slip
from simulator.trial import Trial
from tests.agents import bills
from tests.office import cast
from tui.outcomes.report import rows
from tui.outcomes.story import exhibit_lines
from tui.telling import Telling, in_plain

CITIES = ("Aarhus", "Bergen", "Cadiz", "Dublin", "Essen", "Faro", "Ghent", "Haarlem")


def page(city: str, price: int) -> str:
    """A page of forty words or so, the price of a bike at its end."""
    filler = f"We rent out folding bikes in {city}. " + "Our shop has a friendly dog. " * 5
    return f"{filler}One day with a bike in {city} costs {price} euros."


def shop(where: str = "{city}, costs", **keys: Any) -> Scenario:
    """Questions about what a bike costs in a city, each answered by one page of eight.

    `where` is the column of a record by which pages are found.
    """
    documents = [
        {"id": city.lower(), "title": city, "file": "page.md", "text": page(city, 10 + n)}
        for n, city in enumerate(CITIES)
    ]  # fmt: skip
    lots = {
        lot: [_question(lot, n, city, where) for n, city in enumerate(CITIES)]
        for lot in ("preview", "archive", "practice")
    }
    given: dict[str, Any] = {
        "documents": documents, "lots": lots,
        "collections": [{"id": "web", "title": "Pages", "documents": [d["id"] for d in documents]}],
        "records": {"sample": {"plain": 4}, "name": "question"},
        "fields": [{"name": "pay", "type": "money", "description": "what a day costs"}],
    }  # fmt: skip
    return bills.scenario(**(given | keys))


def _question(lot: str, n: int, city: str, where: str) -> dict[str, Any]:
    quote = f"One day with a bike in {city} costs {10 + n} euros."
    return {
        "id": f"{lot}-{n}", "lot": lot, "stratum": "plain",
        "columns": {"where": where.format(city=city)},
        "text": f"What does a day with a folding bike cost in {city}?", "truth": {"pay": 10 + n},
        "found_in": {"pay": [{"document": city.lower(), "quote": quote}]},
    }  # fmt: skip


def plan(chunk: int = 200, k: int = 2, **keys: Any) -> Plan:
    retrieves = {"from": "web", "by": ["where"], "chunk": chunk, "k": k}
    step = {"id": "find", "assignee": "pip", "produces": {"pay": None}, "schema": True,
            "retrieves": retrieves} | keys  # fmt: skip
    return Plan.model_validate({"scenario": "bills", "steps": [step]})


def run(one: Plan, scenario: Scenario | None = None, trials: int = 64) -> list[Trial]:
    scenario = scenario or shop()
    keys = sampling.keys(scenario, "practice", seed=5, trials=trials)
    return Session(scenario, one, cast()).team.run(keys)


def slips(trials: Sequence[Trial]) -> list[Slip]:
    return [slip for t in trials for found in t.work["find"].slips.values() for slip in found]


def test_what_is_among_the_passages_is_read() -> None:
    found = slips(run(plan()))
    assert "out-of-sight" not in {slip.cause for slip in found}
    assert len(found) < 64 * 4 / 2


@pytest.mark.parametrize(("where", "keys"), [("{city}", {"retrieves": None}), ("zebra", {})])
def test_what_is_not_is_out_of_sight_whatever_is_said(where: str, keys: dict[str, Any]) -> None:
    scenario = shop(where)
    trials = run(plan(**keys), scenario)
    assert all(slip.cause in ("out-of-sight", "malformed") for slip in slips(trials))
    assert all(len(trial.work["find"].slips) == 4 for trial in trials)
    assert not any(
        row["pay"] == scenario.record[name].truth["pay"]
        for trial in trials
        for name, row in trial.delivered.items()
    )


def test_a_quote_that_is_cut_in_two_is_lost() -> None:
    lost = 0
    for chunk in range(20, 40, 3):
        trials = run(plan(chunk=chunk, k=50), trials=8)
        seen = {name for trial in trials for name in trial.key.records}
        out = {slip.record for slip in slips(trials) if slip.cause == "out-of-sight"}
        assert out == {name for name in seen if not _whole(name, chunk)}
        lost += len(out)
    assert lost


def _whole(record: str, chunk: int) -> bool:
    scenario = shop()
    (cited,) = scenario.record[record].found_in["pay"]
    document = scenario.document[cited.document]
    passages = cut(Paper(document.id, document.title, document.text), chunk)
    return any(cited.quote in " ".join(passage.text.split()) for passage in passages)


def test_passages_without_the_fact_cost_tokens_and_lead_astray() -> None:
    few, many = run(plan(k=1), trials=160), run(plan(k=8), trials=160)
    assert sum(t.cost for t in many) > 2 * sum(t.cost for t in few)
    astray = [sum(s.cause == "distracted" for s in slips(trials)) for trials in (few, many)]
    assert astray[0] == 0 < astray[1]
    told = run(
        plan(k=8, instructions="Ignore whatever is not relevant to the question."), trials=160
    )
    assert sum(s.cause == "distracted" for s in slips(told)) < astray[1]


def test_the_same_passages_come_each_time_and_are_told() -> None:
    events = [Session(shop(), plan(), cast()).watch() for _ in range(2)]
    assert events[0] == events[1]
    found = [event for event in events[0] if isinstance(event, Retrieved)]
    assert len(found) == 4
    (asked,) = (event for event in events[0] if isinstance(event, Asked))
    for event in found:
        city = CITIES[int(event.record.rpartition("-")[2])].lower()
        assert event.documents[0] == city
        assert len(event.documents) == 2
        assert f'<passage id="{city}"' in asked.human
        line = Telling.of(events[0]).line(event)
        assert line is not None
        assert f"for {event.record} finds {city}, " in in_plain(line, cast())


RECALL = [{"metric": "recall", "at_least": 0.9}]


@pytest.mark.parametrize(("chunk", "k", "least"), [(200, 2, 1.0), (20, 1, 0.0), (26, 3, 0.0)])
def test_recall_is_the_share_of_facts_that_stand_in_what_was_brought(
    chunk: int, k: int, least: float
) -> None:
    scenario = shop(accept=RECALL)
    for trial in run(plan(chunk=chunk, k=k), scenario, trials=8):
        cut_up = [
            passage for document in scenario.documents
            for passage in cut(Paper(document.id, document.title, document.text), chunk)
        ]  # fmt: skip
        found = 0
        for name in trial.key.records:
            record = scenario.record[name]
            brought = Index(cut_up).search(str(record.columns["where"]), k)
            (cited,) = record.found_in["pay"]
            found += any(
                one.id == cited.document and cited.quote in " ".join(one.text.split())
                for one in brought
            )
        assert judge(scenario, trial).measures == (found / 4,)
        assert least <= found / 4


def test_what_nobody_searches_has_no_recall_and_fails_nobody() -> None:
    scenario = shop(accept=RECALL)
    reads = ["records", *(city.lower() for city in CITIES)]
    verdicts = [judge(scenario, t) for t in run(plan(retrieves=None, reads=reads), scenario, 8)]
    assert {(one.measures, one.accepted) for one in verdicts} == {((None,), True)}
    missed = [judge(shop("zebra", accept=RECALL), t) for t in run(plan(), shop("zebra"), 8)]
    assert {(one.measures, one.accepted) for one in missed} == {((0.0,), False)}


@pytest.mark.parametrize(("where", "brought"), [("{city}", True), ("zebra", False)])
def test_a_debrief_says_whether_a_miss_was_the_search_or_the_reading(
    where: str, brought: bool
) -> None:
    session = Session(shop(where, accept=RECALL), plan(), cast())
    evaluation = session.evaluate(trials=64)
    debrief = session.show(evaluation)
    assert debrief.exhibit is not None
    assert debrief.exhibit.brought is brought
    assert debrief.exhibit.slip.cause == "out-of-sight" or brought
    said = [line for line in exhibit_lines(evaluation, debrief.exhibit) if "the search" in line]
    assert len(said) == 1
    assert ("reading" in said[0]) is brought
    (row,) = (row for row in rows(evaluation) if row.label == "facts that a search brought")
    assert row.mean == ("100 %" if brought else "0 %")


def test_a_document_that_is_attached_is_in_sight() -> None:
    reads = ["records", *(city.lower() for city in CITIES)]
    found = slips(run(plan(retrieves=None, reads=reads)))
    assert "out-of-sight" not in {slip.cause for slip in found}


TEXT = """\
scenario: bills
steps:
  - id: find
    assignee: mira
    produces: {pay: ~}
    retrieves: {from: web, by: [where], chunk: 200, k: 2}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("web", "wed", "'wed' is no collection; did you mean 'web'?"),
        ("where", "there", "'there' is no result or column that arrives here"),
        ("mira", "you", "is for interns"),
        ("chunk: 200", "chunk: 2", "chunk"),
    ],
)
def test_what_cannot_be_searched_is_said_at_its_line(old: str, new: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_plan(parse(TEXT.replace(old, new), "plan.yaml"), lambda _: shop(), cast())
    assert said in str(caught.value)
    assert caught.value.line == 6
    assert read_plan(parse(TEXT, "plan.yaml"), lambda _: shop(), cast()).plan.steps[0].retrieves
