"""Records that are made from slots: what comes out, that it stays the same, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.errors import InputError
from scenarios.files.source import Source, parse
from scenarios.files.validation import build
from scenarios.generating import with_generated
from scenarios.loading import load_scenario
from scenarios.record import Record
from scenarios.scenario import Scenario
from scenarios.unbuilt import unbuilt
from tests.scenarios import tiny

BLOCK = """\
  generate:
    - stratum: plain
      make: {practice: 3, sealed: 2}
      slots:
        sender: [Ann, Bo]
        day: {from: 2024-02-27, to: 2024-03-05, days: 2}
        cents: {from: 10.00, to: 12.50, places: 2}
        printed: [1.50]
        double: 2 * cents
        price: {from: 1, to: 90000}
      text: "{{{sender}}} sends it on {day}: {cents} EUR, {double:2} for two, {printed} off."
      columns: {sender: sender, received: day}
      truth: {qorigin: "'abroad'", qprinted: price}
      traps: [{field: pay, needs: abroad-doubles, wrong: price + 0.25}]
      also:
        - {slots: {cents: [99]}, text: "Again {sender}, {day}, {double}.", traps: []}
"""
WITH = tiny.SCENARIO.replace("fields:\n", BLOCK + "fields:\n", 1)


def made(text: str = WITH) -> Mapping[str, Record]:
    source = parse(text, "scenario.yaml")
    scenario = build(Scenario, source)
    _, records = with_generated(scenario, Source("records.yaml", []), (), source)
    return {record.id: record for record in records}


def test_made_records_are_records_like_any(tmp_path: Path) -> None:
    scenario = load_scenario(tiny.write(tmp_path, WITH))
    record = scenario.record["plain-0001"]
    assert (record.lot, record.stratum) == ("practice", "plain")
    assert record.truth["pay"] == 2 * float(record.truth["qprinted"])
    assert record.traps[0].wrong == float(record.truth["qprinted"]) + 0.25
    assert scenario.record["plain-0002"].truth["qearlier"] == "plain-0001"
    assert not list(unbuilt(scenario))


def test_where_all_are_made_there_is_no_file(tmp_path: Path) -> None:
    block = BLOCK.replace("practice: 3, sealed: 2", "practice: 4, sealed: 4")
    text = tiny.SCENARIO.replace("sample: {plain: 2, abroad: 1, twice: 1}", "sample: {plain: 2}")
    folder = tiny.write(tmp_path, text.replace("fields:\n", block + "fields:\n", 1))
    (folder / "records.yaml").unlink()
    assert len(load_scenario(folder).record) == 16
    named = (folder / "scenario.yaml").read_text("utf-8").replace("name: parcel\n", "file: a.csv\n")
    (folder / "scenario.yaml").write_text(named, encoding="utf-8")
    with pytest.raises(InputError, match=r"there is no file 'a\.csv'"):
        load_scenario(folder)


def test_texts_are_filled_from_the_slots() -> None:
    pattern = (
        r"\{(Ann|Bo)\} sends it on 2024-0(2-27|2-29|3-02|3-04): 1[0-2]\.\d\d EUR, "
        r"2\d\.\d\d for two, 1\.50 off\."
    )
    for name in ("plain-0001", "plain-0003", "plain-0009"):
        assert re.fullmatch(pattern, made()[name].text)


def test_a_further_record_is_family_and_differs_only_where_it_says_so() -> None:
    records = made()
    assert list(records) == [f"plain-{n:04}" for n in range(1, 11)]
    first, second = records["plain-0001"], records["plain-0002"]
    assert (first.partner, second.partner) == (None, "plain-0001")
    assert second.text == f"Again {first.columns['sender']}, {first.columns['received']}, 198."
    assert second.columns == first.columns
    assert (len(first.traps), len(second.traps)) == (1, 0)


def test_the_same_scenario_makes_the_same_records_and_another_others() -> None:
    assert made() == made()
    assert made() != made(WITH.replace("id: parcels", "id: letters"))


@given(st.sampled_from(["extra", "zeta"]), st.integers(1, 9))
def test_a_slot_or_a_stratum_that_is_added_re_rolls_nothing(name: str, most: int) -> None:
    slot = f"        {name}: {{from: 0, to: {most}}}\n        double:"
    other = BLOCK.split("generate:\n")[1].replace("stratum: plain", "stratum: abroad")
    text = WITH.replace("        double:", slot, 1).replace("generate:\n", "generate:\n" + other, 1)
    now = made(text)
    assert all(now[id_] == record for id_, record in made().items())


@given(st.integers(-500, 500), st.integers(0, 500), st.integers(0, 3))
def test_numbers_stay_in_their_range(low: int, size: int, places: int) -> None:
    start, to = low / 10**places, (low + size) / 10**places
    block = f"{{from: {start!r}, to: {to!r}, places: {places}}}"
    text = WITH.replace("{from: 10.00, to: 12.50, places: 2}", block)
    text = text.replace("sender: sender, ", "sender: sender, weight: cents, ")
    for record in made(text).values():
        if record.partner is None:
            assert start <= record.columns["weight"] <= to
            assert round(record.columns["weight"], places) == record.columns["weight"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[Ann, Bo]", "[]", "has nothing to draw from"),
        ("[Ann, Bo]", "[{a: 1}]", "draws from what is no value"),
        ("to: 12.50, places: 2", "to: 12.505, places: 2", "has ends with more decimals"),
        ("to: 12.50, places: 2", "to: 9, places: 2", "ends before it begins"),
        ("to: 12.50, places: 2", "to: 12.50, days: 2", "is for dates"),
        ("to: 12.50, places: 2", "to: high", "is no range"),
        ("2024-03-05, days: 2", "2024-03-05, places: 2", "is for numbers"),
        ("double: 2 * cents", "double: 2 * cent", "uses an unknown name 'cent'"),
        ("double: 2 * cents", "double: 2 * sender", "cannot be worked out"),
        ("{printed} off", "{prnted} off", "'prnted' is no slot; did you mean 'printed'"),
        ("{printed} off", "{sender:2} off", "which is no number"),
        ("{printed} off", "{printed off", "has a lone {"),
        ("wrong: price + 0.25", "wrong: price * 2", r"is the truth \(in plain-0001\)"),
        ("qorigin: \"'abroad'\"", "qorigin: \"'sea'\"", r"cannot be 'sea' \(in plain-0001\)"),
        ("sealed: 2", "sealed: 2000", "must be at most 1000"),
        ("name: parcel", "rows: {there: pay > 0}", "makes texts that are searched"),
    ],
)
def test_what_cannot_be_made_is_said_at_its_line(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    text, line = tiny.edited(WITH, old, new)
    with pytest.raises(InputError, match=words) as caught:
        load_scenario(tiny.write(tmp_path, text))
    assert (caught.value.file or "").endswith("scenario.yaml")
    assert caught.value.line is not None
    if "rows" not in new:
        assert caught.value.line == line
