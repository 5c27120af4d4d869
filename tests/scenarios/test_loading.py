# ruff: noqa: E501 - a case of a table is one line
"""Scenarios: read in with their records and papers; every mistake is one error at its line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import (
    InputError,
    Scenario,
    find_scenario,
    library,
    library_scenario,
    load_scenario,
    parse,
)
from scenarios.files.validation import build
from tests.scenarios import tiny

RECORDS = tiny.records()


def refused(folder: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load_scenario(folder)
    assert "Input should" not in str(caught.value)
    return caught.value


def test_a_scenario_has_its_records_papers_and_truth(tmp_path: Path) -> None:
    scenario = load_scenario(tiny.write(tmp_path))
    assert scenario == load_scenario(tmp_path / "scenario.yaml")
    assert {lot: len(found) for lot, found in scenario.lots.items()} == dict.fromkeys(
        ("preview", "archive", "practice", "sealed"), 8
    )
    assert scenario.document["rules"].text.startswith("As agreed, parcels")
    assert scenario.document["rates"].table[1] == {"country": "abroad, far", "rate": "2.00"}
    again = scenario.record["sealed-twice-2"]
    assert again.truth == {
        "qorigin": "home",
        "qprinted": "22,50",
        "qcost": 22.5,
        "qearlier": "sealed-plain-2",
        "pay": 0.0,
    }
    assert again.traps[0].wrong is None
    assert scenario.record["sealed-abroad-1"].truth["pay"] == 25.0
    weight = again.columns["weight"]
    assert (weight, type(weight), str(weight)) == (1.5, float, "1.5")


SCENARIO_MISTAKES = [
    ("level: 1", "level: one", "must be a whole number", "level", 0),
    ("level: 1", "levle: 1", "did you mean 'level'?", "levle", 0),
    ("title: Parcels", "lots: {}", "is missing", "title", -1),
    ("minutes: 5", "minutes: 5\nlots: {}", "is read from its own file", "lots", 1),
    ("file: rates.csv}", "file: rates.csv, text: x}", "is read from its own file", "documents.rates.text", 0),
    ("teaches: [clarity]", "teaches: [clearness]", "must be one of discovery", "teaches.1", 0),
    ("file: rules.md", "file: rule.md", "did you mean 'rules.md'?", "documents.rules.file", 0),
    ("file: rules.md", "file: ../scenario.yaml", "is outside of the folder documents", "", 0),
    ("file: rules.md", "file: /etc/passwd", "is outside of the folder documents", "", 0),
    ("file: rules.md", "file: 'a\\b'", "is outside of the folder documents", "", 0),
    ("file: rules.md", "file: " + "x" * 5000, "there is no file", "", 0),
    ("id: rates", "id: rules", "'rules' is already the name of what is on line 11", "documents.rules.id", 0),
    ("id: rates", "id: records", "is already the name of the records", "", 0),
    ("id: bo", "id: menu", "is already the name of what is on line 16", "stakeholders.menu.id", 0),
    ("{abroad-doubles: parcels from", "{abroad-double: parcels from", "did you mean 'abroad-doubles'?", "", 0),
    ("parcels from abroad cost double}", "parcels cost double}", "does not stand in rules.md", "", 0),
    ("noise: true", "noise: true, states: {repeats: Soup}", "is noise and states", "documents.menu.noise", 0),
    ("requirement: repeats", "requirement: repeat", "did you mean 'repeats'?", "stakeholders.bo.knows.stamps", 0),
    ("sample: {plain: 2", "sample: {plane: 2", "is no stratum of a record; did you mean 'plain'?", "", 0),
    ("sample: {plain: 2", "sample: {plain: 3", "draws 3, and the practice lot has 4", "records.sample.plain", 0),
    ("choices: [home, {", "choices: [home, home, {", "is already the name", "fields.qorigin.choices.2", 0),
    ("choices: [home, {value: abroad, known_as: [foreign]}]", "choices: [home]", "fewer than two values", "fields.qorigin", -3),
    ("type: text, hidden", "type: text, choices: [a, b], hidden", "are given for a text", "fields.qprinted.choices", 0),
    ("name: qprinted", "name: qorigin", "is already the name", "fields.qorigin.name", 0),
    ("name: qprinted", "name: sender", "is already the name of a column of the records", "fields.sender.name", 0),
    ("parse_money(qprinted", "parse_money(qprintd", "did you mean 'qprinted'", "fields.qcost.formula", 0),
    ("parse_money(qprinted", "parse_mony(qprinted", "unknown function", "fields.qcost.formula", 0),
    ("parse_money(qprinted", "parse_money(pay", "is worked out from itself: pay <- qearlier <- qcost <- pay", "fields.pay", 5),
    ("hidden: true, formula", "hidden: true, follows: [qprintd], formula", "did you mean 'qprinted'?", "", 0),
    ("keys: [sender, qcost]", "keys: [sendr, qcost]", "did you mean 'sender'", "fields.qearlier.same_as.keys.1", 0),
    ("on: received", "on: recieved", "did you mean 'received'?", "fields.qearlier.same_as.on", 0),
    (", on: received", "", "has only one of within_days and on", "fields.qearlier.same_as", 0),
    ("type: record", "type: text", "gives a record, which this field is not", "fields.qearlier", 2),
    ("description: what we owe for it", "work: compute", "has no description", "fields.pay", -2),
    ("description: what we owe for it", "hidden: true", "are all hidden", "fields", -13),
    ("governs: pay", "governs: pai", "did you mean 'pay'?", "requirements.abroad-doubles.governs", 0),
    ("learn_from: [rules]", "learn_from: [rule]", "did you mean 'rules'?", "requirements.abroad-doubles.learn_from.1", 0),
    ("learn_from: [rules]", "learn_from: [menu]", "'menu' does not tell it; quote its words", "", 0),
    ("learn_from: [rules]", "learn_from: [bo]", "'bo' does not tell it; add a fact", "", 0),
    ("over: 2 * qcost", "over: 2 * cost", "unknown name 'cost'", "requirements.abroad-doubles.over", 0),
    ("Where from?, ", "", "must hold at least 3, not 2", "requirements.abroad-doubles.hints", 0),
    ("Where from?", "' '", "is empty", "requirements.abroad-doubles.hints.1", 0),
    ("id: repeats", "id: abroad-doubles", "is already the name", "requirements.abroad-doubles.id", 0),
    ("abs(got - true)", "abs(got - wanted)", "unknown name 'wanted'", "loss.each", 0),
    ("missing: abs(true)", "missing: abs(got)", "unknown name 'got'", "loss.missing", 0),
    ("metric: wrong_records, at_most: 0", "metric: wrong_records", "has no limit", "accept.1", 0),
    ("metric: wrong_records", "metric: wrong_rows", "did you mean 'wrong_records'", "accept.1.metric", 0),
    ("budget: {money: 1", "budget: {money: free", "must be a number", "budget.money", 0),
    ("budget:", "medals: {gold: 0.1}\nbudget:", "are out of order", "medals", 0),
    ("name: parcel\n", "name: parcel\n  file: ../x.yaml\n", "outside of the scenario's folder", "records.file", 1),
    ("name: parcel\n", "name: parcel\n  file: x.yaml\n", "there is no file 'x.yaml'", "records.file", 1),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words", "field", "below"), SCENARIO_MISTAKES)
def test_a_mistake_in_the_scenario(
    tmp_path: Path, old: str, new: str, words: str, field: str, below: int
) -> None:
    text, line = tiny.edited(tiny.SCENARIO, old, new)
    error = refused(tiny.write(tmp_path, text))
    assert words in str(error)
    assert (error.file, error.line) == (str(tmp_path / "scenario.yaml"), line + below)
    assert error.field.startswith(field)


PLAIN = "- id: practice-plain-3\n"
PRINTED = 'truth: {qorigin: home, qprinted: "32,50"}'
RECORD_MISTAKES = [
    ("id: practice-plain-3", "id: practice-plain-2", "is already the name", 0),
    ("id: practice-plain-3", "id: practice plain", "cannot be 'practice plain'", 0),
    ("lot: practice", "lot: practise", "did you mean 'practice'?", 1),
    ("stratum: plain", "stratum: plane", "draws 2, and the practice lot has 3", None),
    ("weight: 1.50", "weight: {kg: 1}", "must be one value", 3),
    (PRINTED, "truth: {qprinted: x}", "qorigin: is missing", 5),
    (PRINTED, "truth: {qorigin: home, qprinted: ~}", "qprinted: is empty; fill it in", 5),
    (PRINTED, "truth: {qorigin: hom, qprinted: x}", "cannot be 'hom'; did you mean 'home'?", 5),
    (PRINTED, "truth: {qorigin: home, qprinted: true}", "must be text; put it in quotes", 5),
    (PRINTED, "truth: {qorigin: home, qprinted: [x]}", "must be one value", 5),
    (PRINTED, "truth: {qorigin: home, qprinted: x}", "qcost: comes out empty from its formula", 5),
    (PRINTED, PRINTED[:-1] + ", qcost: 32.51}", "is '32.51', but '32.5' follows", 5),
    (PRINTED, PRINTED[:-1] + ", qcost: cheap}", "must be a number, not 'cheap'", 5),
    (PRINTED, PRINTED[:-1] + ", pay: ~}", "is empty, but '32.5' follows", 5),
    (PRINTED, PRINTED[:-1] + ", qearlier: practice-plain-1}", "but empty follows", 5),
    (PRINTED, PRINTED[:-1] + ", qearlier: sealed-plain-1}", "is no record of this lot", 5),
    (PRINTED, PRINTED[:-1] + ", qearlier: practice-plain-3}", "names the record itself", 5),
    (PRINTED, PRINTED[:-1] + ", price: 3}", "is no field", 5),
    (PRINTED, PRINTED + "\n  partner: sealed-plain-1", "is no other record of the practice lot", 6),
    (PRINTED, PRINTED + "\n  partner: practice-plain-3", "is no other record of the practice", 6),
    (PRINTED, PRINTED + "\n  absent: [nothing]", "is no field", 6),
    (PRINTED, PRINTED + "\n  absent: [qprinted]", "is listed as absent, and is '32,50'", 5),
    (PRINTED, PRINTED + "\n  injections: [{field: paid, wrong: 1}]", "'paid' is no field; known: qorigin", 6),
    (PRINTED, PRINTED + "\n  injections: [{field: pay, wrong: 32.5}]", "is the truth", 6),
    (PRINTED, PRINTED + "\n  traps: [{field: pay, needs: abroad-double, wrong: 1}]", "'abroad-doubles'?", 6),
    (PRINTED, PRINTED + "\n  traps: [{field: paid, needs: repeats, wrong: 1}]", "'paid' is no field", 6),
    (PRINTED, PRINTED + "\n  traps: [{field: pay, needs: repeats, wrong: 1}]", "governs 'qearlier', not 'pay'", 6),
    (PRINTED, PRINTED + "\n  traps: [{field: pay, needs: abroad-doubles, wrong: 32.501}]", "is the truth", 6),
    (PRINTED, PRINTED + "\n  traps: [{field: pay, needs: abroad-doubles, wrong: x}]", "must be a number", 6),
    (PRINTED, PRINTED + "\n  traps: [{field: pay, needs: abroad-doubles, luck: 2, wrong: 1}]", "must be at most 1", 6),
    (PRINTED, PRINTED + "\n  traps:\n" + 2 * "    - {field: pay, needs: abroad-doubles, wrong: 1}\n", "is the second trap on 'pay'", 8),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words", "below"), RECORD_MISTAKES)
def test_a_mistake_in_the_records(
    tmp_path: Path, old: str, new: str, words: str, below: int | None
) -> None:
    start = RECORDS.index(PLAIN)
    head, tail = RECORDS[:start], RECORDS[start:]
    error = refused(tiny.write(tmp_path, records_text=head + tiny.edited(tail, old, new)[0]))
    assert words in str(error)
    if below is not None:
        assert error.file == str(tmp_path / "records.yaml")
        assert error.line == head.count("\n") + 1 + below


def test_a_duplicate_without_its_partner_could_be_drawn_alone(tmp_path: Path) -> None:
    text, line = tiny.edited(RECORDS, "  partner: sealed-plain-2\n", "")
    error = refused(tiny.write(tmp_path, records_text=text))
    assert "add 'partner: sealed-plain-2'" in str(error)
    assert error.line == line - 1


def test_the_partners_that_come_along_must_fit_into_the_sample(tmp_path: Path) -> None:
    text = RECORDS
    for number in (1, 2):
        id_ = rf"(id: (\w+)-abroad-{number}\n)"
        text = re.sub(id_, rf"\1  partner: \2-plain-{number + 2}\n", text)
    load_scenario(tiny.write(tmp_path, records_text=text))
    scenario, line = tiny.edited(tiny.SCENARIO, "plain: 2", "plain: 1")
    error = refused(tiny.write(tmp_path, scenario, text))
    assert "draws 1, and a sample of the practice lot gets 0" in str(error)
    assert abs((error.line or 0) - line) <= 1


def test_a_record_that_no_sample_draws_is_idle(tmp_path: Path) -> None:
    extra = RECORDS[RECORDS.index(PLAIN) :].split("\n- id")[0].replace("plain", "plane")
    error = refused(tiny.write(tmp_path, records_text=RECORDS + extra.replace("-3", "-9") + "\n"))
    assert "no sample draws 'plane'; did you mean 'plain'?" in str(error)


def test_what_follows_from_what_is_absent_is_absent(tmp_path: Path) -> None:
    absent = "truth: {qorigin: home, qprinted: ~}\n  absent: [qprinted]"
    text = RECORDS.replace(PRINTED, absent)
    record = load_scenario(tiny.write(tmp_path, records_text=text)).record["sealed-plain-3"]
    assert [record.truth[name] for name in ("qprinted", "qcost", "pay")] == [None, None, None]


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("text", "1.50", "1.50"),
        ("text", "007", "007"),
        ("money", "'2.345'", 2.35),
        ("money", "3", 3.0),
        ("number", "1e3", 1000.0),
        ("date", "2024-05-01", "2024-05-01"),
        ("boolean", "yes", True),
        ("boolean", "false", False),
        ("record", "~", None),
        ("text, list: true", "[1.50, x]", ("1.50", "x")),
        ("money, list: true", "[]", ()),
    ],
)
def test_truth_has_the_type_of_its_field(
    tmp_path: Path, kind: str, written: str, value: object
) -> None:
    more = f"fields:\n  - {{name: extra, hidden: true, type: {kind}}}"
    scenario = tiny.SCENARIO.replace("fields:", more)
    records = RECORDS.replace("truth: {", f"truth: {{extra: {written}, ")
    found = load_scenario(tiny.write(tmp_path, scenario, records)).record["sealed-plain-1"]
    assert found.truth["extra"] == value
    assert type(found.truth["extra"]) is type(value)


@pytest.mark.parametrize(
    ("kind", "written", "words"),
    [
        ("date", "01.05.2024", "write YYYY-MM-DD"),
        ("date", "20240501", "write YYYY-MM-DD"),
        ("boolean", "perhaps", "must be true or false"),
        ("number", "1e30", "is too large a number"),
        ("number", "true", "must be a number"),
        ("text, list: true", "x", "must be a list"),
        ("text, list: true", "[x, ~]", "has an empty item"),
        ("text", "{a: b}", "must be one value"),
    ],
)
def test_truth_of_another_type_is_refused(
    tmp_path: Path, kind: str, written: str, words: str
) -> None:
    more = f"fields:\n  - {{name: extra, hidden: true, type: {kind}}}"
    scenario = tiny.SCENARIO.replace("fields:", more)
    records = RECORDS.replace("truth: {", f"truth: {{extra: {written}, ")
    error = refused(tiny.write(tmp_path, scenario, records))
    assert words in str(error)
    assert error.line == 6


def _csv(scenario: Scenario) -> str:
    lines = ["id,lot,stratum,partner,text,column.sender,column.received,column.weight,"
             "truth.qorigin,truth.qprinted,truth.qearlier"]  # fmt: skip
    for record in scenario.record.values():
        cells = [
            record.id, record.lot, record.stratum, record.partner or "", record.text,
            record.columns["sender"], record.columns["received"], "1.50",
            record.truth["qorigin"], record.truth["qprinted"], record.truth["qearlier"] or "",
        ]  # fmt: skip
        lines.append(",".join(f'"{cell}"' for cell in cells))
    return "\n".join(lines) + "\n"


def test_records_may_be_a_table(tmp_path: Path) -> None:
    yaml = load_scenario(tiny.write(tmp_path))
    text = tiny.SCENARIO.replace("  name: parcel\n", "  file: r.csv\n")
    (tiny.write(tmp_path, text) / "r.csv").write_text(_csv(yaml))
    table = load_scenario(tmp_path)
    bare = {id_: record.model_copy(update={"traps": ()}) for id_, record in yaml.record.items()}
    assert table.record == bare


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ("column.weight", "weight", "unknown column 'weight'", 1),
        ("column.weight", "column.sender", "has the column 'column.sender' twice", 1),
        ("truth.qorigin", "truth.origin", "did you mean 'truth.qorigin'", 1),
        ('"preview-plain-2",', "", "has 10 cells where the first line names 11 columns", 3),
        ('"preview-plain-2"', '""', "is missing", 3),
        ('"preview-plain-2"', '"preview-plain-2', "is not CSV", 3),
        ('"home","22,50"', '"hom","22,50"', "did you mean 'home'?", 3),
    ],
)
def test_a_mistake_in_a_table(tmp_path: Path, old: str, new: str, words: str, line: int) -> None:
    yaml = load_scenario(tiny.write(tmp_path))
    text = tiny.SCENARIO.replace("  name: parcel\n", "  file: r.csv\n")
    (tiny.write(tmp_path, text) / "r.csv").write_text(tiny.edited(_csv(yaml), old, new)[0])
    error = refused(tmp_path)
    assert words in str(error)
    assert (error.file, error.line) == (str(tmp_path / "r.csv"), line)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rates.csv", "country,country\n", "line 1 of rates.csv has the column 'country' twice"),
        ("rates.csv", "country,rate\nx\n", "line 2 of rates.csv has 1 cells"),
        ("rates.csv", "", "rates.csv is empty"),
        ("rules.md", "Nothing.", "does not stand in rules.md"),
        ("rules.md", "a\nb\x1b[2J", "not text (U+001B)"),
        ("extra.md", "Unused.", "is a document that the scenario does not name"),
    ],
)
def test_a_mistake_in_a_document(tmp_path: Path, name: str, content: str, words: str) -> None:
    error = refused(tiny.write(tmp_path, documents={**tiny.DOCUMENTS, name: content}))
    assert words in str(error)


def test_a_link_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "parcels")
    (tmp_path / "secret.md").write_text("parcels from abroad cost double")
    (folder / "documents" / "rules.md").unlink()
    (folder / "documents" / "rules.md").symlink_to(tmp_path / "secret.md")
    assert "is outside of the folder documents" in str(refused(folder))


_FILES = {"scenario.yaml": tiny.SCENARIO, "records.yaml": RECORDS}
_WORDS = st.sampled_from(["~", "7", "x", "[]", "{}", "[x]", "{x: y}", "pay", "rules", "true", "-1"])


@given(st.sampled_from(sorted(_FILES)), st.integers(0, 300), _WORDS, st.booleans())
def test_a_line_gone_wrong_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, number: int, word: str, delete: bool
) -> None:
    lines = _FILES[name].splitlines()
    number %= len(lines)
    key, colon, _ = lines[number].partition(":")
    lines[number] = "" if delete else f"{key}{colon} {word}"
    folder = tiny.write(tmp_path_factory.mktemp("parcels"))
    (folder / name).write_text("\n".join(lines))
    try:
        load_scenario(folder)
    except InputError as error:
        assert error.file
        assert not re.search(r"Input should|Value error|Traceback", str(error))
    finally:
        shutil.rmtree(folder)


def test_the_library_is_sound() -> None:
    assert list(library()) == sorted(library())
    for name, file in library().items():
        scenario = library_scenario(name)
        assert scenario.id == name
        assert find_scenario(name) == file
    with pytest.raises(InputError, match="there is no scenario 'nowhere'"):
        library_scenario("nowhere")


def test_a_scenario_is_found_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.write(tmp_path / "parcels")
    file = tmp_path / "parcels" / "scenario.yaml"
    assert find_scenario(file) == find_scenario(str(file.parent)) == file
    monkeypatch.chdir(tmp_path)
    assert find_scenario("parcels").resolve() == file.resolve()
    for wrong in ("parcel", "", "x" * 5000, "a\0b"):
        with pytest.raises(InputError, match="there is no scenario"):
            find_scenario(wrong)


def test_concepts_may_be_one_alternative_or_several() -> None:
    one = "concepts: [[double, 2], [abroad]]\n    governs: pay"
    several = "concepts: [[[double, '2'], [abroad]]]\n    governs: pay"
    found = [
        build(Scenario, parse(tiny.SCENARIO.replace("governs: pay", text), "f")).requirements[0]
        for text in (one, several)
    ]
    assert found[0] == found[1]
    assert found[0].concepts == ((("double", "2"), ("abroad",)),)
