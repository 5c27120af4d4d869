"""The rarer parts of a scenario: what the format has words for loads, and every name is checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scenarios.errors import InputError
from scenarios.files.source import parse
from scenarios.files.validation import build
from scenarios.loading import load_scenario
from scenarios.scenario import Act, Generated, Group, Limit, Record, Scenario, Twins
from scenarios.unbuilt import unbuilt
from tests.scenarios import tiny

EXTENDED = """\
acts:
  - {id: send, field: pay, done: got.pay > 9, free: true.pay == got.pay, undo: true}
collections: [{id: web, title: Pages, documents: [rules, menu]}]
events: [{id: recall, after: 0.5, says: Stop., where: sender == 'bo', sets: {qcost: "0"}}]
forecasts: [{id: share, asks: How many?, of: got == true}]
campaign: {rounds: 3, labels: 20}
colleagues: [pip, mira]
after: [invoices]
start: plans/half.yaml
hints: false
"""
FIELDS = """\
  - {name: answer, type: prose, description: the answer, may_be_blank: true, points: [dated]}
  - {name: dated, type: boolean, wording: {said: [It names the date.]}}
  - {name: level, type: text, hidden: true, look_in: [rates], about: job, in_part: cv}
  - name: spent
    type: money
    hidden: true
    group: {keys: [sender], within_days: 0, on: received, total_of: qcost}
"""
LOSS = "loss: {each: abs(got.pay - true.pay), missing: abs(true.pay)"
FULL = (
    tiny.SCENARIO.replace("requirements:\n", FIELDS + "requirements:\n").replace(
        "loss: {each: abs(got - true), missing: abs(true)", LOSS
    )
    + EXTENDED
)


def loaded(text: str) -> Scenario:
    return build(Scenario, parse(text, "scenario.yaml"))


class Bad(NamedTuple):
    old: str
    new: str
    words: str


MISTAKES = [
    Bad("field: pay, done", "field: qcost, done", "is no field of the deliverable"),
    Bad("got.pay > 9", "true.pay > 9", "true"),
    Bad("documents: [rules, menu]", "documents: [rules, page]", "is no document"),
    Bad("sets: {qcost", "sets: {cost", "is no field; did you mean 'qcost'"),
    Bad("where: sender", "where: sendr", "sendr"),
    Bad("of: got == true}", "of: got == true, limit: {metric: loss}}", "give one of the two"),
    Bad("points: [dated]", "points: [pay]", "is no boolean field with a 'wording'"),
    Bad("type: prose", "type: text", "together, or neither"),
    Bad("points: [dated]", "points: [dated, dated]", "is already a point of 'answer'"),
    Bad("type: boolean, wording", "type: text, wording", "write 'type: boolean'"),
    Bad(
        "type: boolean, wording",
        "hidden: false, description: x, type: boolean, wording",
        "delete 'hidden'",
    ),
    Bad("look_in: [rates]", "look_in: [rate]", "did you mean 'rates'?"),
    Bad("keys: [sender], within_days: 0", "keys: [sendr], within_days: 0", "did you mean 'sender'"),
    Bad("keys: [sender], within_days: 0, on", "keys: [sender], on", "give both, or neither"),
]


@pytest.mark.parametrize("bad", MISTAKES, ids=[f"{bad.old} -> {bad.new}" for bad in MISTAKES])
def test_a_mistake_is_one_error_at_its_line(bad: Bad, tmp_path: Path) -> None:
    text, line = tiny.edited(FULL, bad.old, bad.new)
    with pytest.raises(InputError) as caught:
        load_scenario(tiny.write(tmp_path, text))
    assert bad.words in str(caught.value)
    assert abs((caught.value.line or 0) - line) <= 1


FOUND = "  found_in: {qprinted: [{document: rules, quote: From abroad cost DOUBLE}]}"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("qprinted: [", "printed: [", "'printed' is no field; did you mean 'qprinted'?"),
        ("rules, quote", "rates, quote", "'rates' is no document of a collection"),
        ("DOUBLE", "triple", "does not stand in 'rules'"),
    ],
)
def test_a_fact_stands_where_it_is_said_to_stand(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    first, second, *rest = tiny.records().split("\n", 2)
    right = "\n".join([first, second, FOUND, *rest])
    text = f"{tiny.SCENARIO}collections: [{{id: web, title: Pages, documents: [rules, menu]}}]\n"
    scenario = load_scenario(tiny.write(tmp_path, text, right))
    assert not {"collections", "found_in"} & {name for _, name, _ in unbuilt(scenario)}
    with pytest.raises(InputError) as caught:
        load_scenario(tiny.write(tmp_path, text, right.replace(old, new)))
    assert words in str(caught.value)
    assert caught.value.line == 3


def test_a_point_of_prose_is_hidden_and_its_parent() -> None:
    scenario = loaded(FULL)
    assert scenario.field["dated"].hidden
    assert scenario.points == {"answer": (scenario.field["dated"],)}
    assert scenario.parents["answer"] == ("dated",)
    assert scenario.parents["spent"] == ("qcost",)


def test_what_is_used_is_known_to_be_unbuilt() -> None:
    used = {name: place for place, name, _ in unbuilt(loaded(FULL))}
    assert all(name in FULL for name in used)
    assert used.get("campaign", ("campaign",)) == ("campaign",)


PARTS: list[tuple[Any, Mapping[str, Any]]] = [
    (Limit, {"metric": "share", "of": "got == true", "among": "got", "weight": "amount",
             "at_least": 0.8, "says": "euros found"}),
    (Act, {"id": "book", "field": "does", "done": "got.does == 'book'", "undo": True}),
    (Group, {"keys": ["employee"], "within_days": 0, "on": "date", "total_of": "amount"}),
    (Generated, {"stratum": "plain", "make": {"practice": 40}, "text": "{who} paid.",
                 "slots": {"who": ["Ada", "Bo"], "amount": {"from": 3, "to": 9, "places": 2},
                           "twice": "2 * amount"},
                 "truth": {"clause": "'none'"}, "also": [{"slots": {"amount": "twice"}}]}),
    (Twins, {"of": "plain", "swap": {"Ada Okafor": "Tom Reed", "2019": "2016"}}),
    (Record, {"id": "m1", "lot": "practice", "stratum": "plain", "text": "...", "rows": [
        {"line": 12, "also": [13], "truth": {"status": "none", "owner": None},
         "traps": [{"field": "status", "needs": "later", "wrong": "action", "who": ["oswin"]}]}]}),
    (Record, {"id": "m2", "lot": "archive", "stratum": "plain", "parts": {"cv": "..."},
              "truth": {"to": "a"}, "label": {"to": "b"},
              "injections": [{"field": "to", "wrong": "x", "planted_by": "m1"}],
              "found_in": {"to": [{"document": "page-07", "quote": "from 1,190"}]}}),
]  # fmt: skip


@pytest.mark.parametrize(("model", "data"), PARTS)
def test_every_key_of_the_format_is_known(model: Any, data: Mapping[str, Any]) -> None:
    assert model.model_validate(data, by_alias=True, by_name=False)


def test_a_row_is_a_record_that_is_shown_with_its_neighbours() -> None:
    def record(id_: str, **keys: Any) -> Record:
        plain = Record(id="plain", lot="practice", stratum="plain", text="One.")
        return plain.model_copy(update={"id": id_, **keys})

    records = (
        record("m1:2", source="m1", line=2, truth={"pay": 1.0}),
        record("m1:5", source="m1", line=5),
        record("plain-1"),
        record("plain-2", partner="plain-1"),
        record("plain-3", partner="plain-1"),
    )
    scenario = loaded(tiny.SCENARIO).model_copy(update={"lots": {"practice": records}})
    assert scenario.members["m1"] == ("m1:2", "m1:5")
    assert scenario.members["plain-1"] == ("plain-1",)
    assert [sheet.id for sheet in scenario.sheets("practice")] == [
        "m1", "plain-1", "plain-2", "plain-3",
    ]  # fmt: skip
    assert scenario.sheets("practice")[0].truth == {}
    assert scenario.is_source("m1")
    assert not scenario.is_source("plain-1")
    assert scenario.family["plain-3"] == {"plain-1", "plain-2", "plain-3"}
    assert scenario.family["m1:2"] == {"m1:2"}
