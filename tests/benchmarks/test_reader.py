"""The reader's benchmark: sets from elsewhere, intervals, rivals."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("sklearn")

from scenarios.errors import InputError
from simulator.reading.corpus import Domain, Labelled
from simulator.reading.network import VERDICTS
from simulator.reading.scoring import Judged, tally
from tests.benchmarks.reader import main
from tests.benchmarks.reader_figures import SHARES, by_group, development, measured
from tests.benchmarks.reader_rivals import RIVALS, Rival, tuned
from tests.benchmarks.reader_sets import outside
from tests.benchmarks.reader_worst import worst

RULE = "{id: minus, statement: Credit notes count as minus., governs: pay}"
LINE = {"id": "1", "domain": "pay", "text": "Credit notes: minus.", "labels": {"minus": "clear"}}


class Files:
    """Writes the two files of a set and loads them."""

    def __init__(self, folder: Path) -> None:
        self.rules, self.texts = folder / "rules.yaml", folder / "texts.jsonl"
        self.notes: list[str] = []

    def write(self, rules: str, *lines: Any) -> None:
        self.rules.write_text(rules, "utf-8")
        rows = [one if isinstance(one, str) else json.dumps(one) for one in lines]
        self.texts.write_text("\n".join(rows), "utf-8")

    def load(self, rules: str, *lines: Any) -> list[Domain]:
        self.write(rules, *lines)
        return outside([self.rules], [self.texts], self.notes.append)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.mark.parametrize(
    "rules",
    [
        f"domain: pay\nrequirements: [{RULE}]",
        f"id: pay\ntitle: A scenario\nbudget: {{money: 1}}\nrequirements: [{RULE}]",
        f"requirements: [{RULE}]",
        f"[{RULE}]",
        f"- domain: pay\n  requirements: [{RULE}]",
        f"domains: [{{domain: pay, requirements: [{RULE}]}}]",
        f"domains: {{pay: [{RULE}]}}",
        f"pay: {{requirements: [{RULE}]}}",
        "requirements: {minus: {statement: Credit notes count as minus.}}",
        "[{id: minus, said: [Credit notes count as minus.], domain: pay}]",
    ],
)
def test_requirements_come_in_many_forms(files: Files, rules: str) -> None:
    (found,) = files.load(rules, LINE)
    (requirement,) = found.requirements
    assert (requirement.id, requirement.said) == ("minus", ("Credit notes count as minus.",))
    assert found.texts == (Labelled("1", "Credit notes: minus.", {"minus": "clear"}),)


def test_a_text_is_labelled_against_its_own_domain(files: Files) -> None:
    rules = "[{id: a, statement: A., domain: x}, {id: b, statement: B., domain: y}]"
    both = [{"domain": name, "text": name, "labels": {}} for name in "xy"]
    one, two = files.load(rules, *both)
    assert [(r.id, t.text) for d in (one, two) for r in d.requirements for t in d.texts] == [
        ("a", "x"), ("b", "y"),
    ]  # fmt: skip


def test_what_is_left_out_is_absent_and_what_is_strange_is_noted(files: Files) -> None:
    rules = f"domain: pay\nrequirements: [{RULE}, {{id: A rule!, statement: B., colour: red}}]"
    line = {**LINE, "domain": None, "labels": {"minus": " Clear", "A rule!": None}, "writer": "x"}
    (found,) = files.load(rules, line, "", {"text": "b", "labels": {"minus": "absent"}})
    labels = [text.label(rule) for text in found.texts for rule in found.requirements]
    assert labels == ["clear", "absent", "absent", "absent"]
    assert found.texts[1].id == "texts:3"
    assert [note.rpartition(": ")[2] for note in files.notes] == ["colour", "writer"]


def test_one_domain_takes_texts_under_another_single_name(files: Files) -> None:
    (found,) = files.load(f"[{RULE}]", LINE)
    assert found.name == "rules"
    assert "'pay'" in files.notes[0]
    with pytest.raises(InputError, match=r"texts.jsonl:2: domain: 'other' has no requirements"):
        files.load(f"[{RULE}]", LINE, {**LINE, "domain": "other"})


def test_words_and_numbers_stand_where_lists_of_texts_belong(files: Files) -> None:
    rules = "[{id: a, statement: Wait 30 days., value: 30, rivals: [no, 7], concepts: [[wait], [30]], object: ~}]"  # noqa: E501
    (found,) = files.load(rules, {"text": "a", "labels": {}})
    rule = found.requirements[0]
    assert (rule.value, rule.rivals, rule.object) == (("30",), ("no", "7"), ())
    assert rule.concepts == ((("wait",), ("30",)),)


@pytest.mark.parametrize(
    ("rules", "line", "said"),
    [
        ("a: [", LINE, "rules.yaml:1: is not YAML"),
        ("just words", LINE, "rules.yaml:1: holds no requirement"),
        ("requirements: []", LINE, "rules.yaml: holds no requirement; write `requirements:`"),
        ("requirements: 3", LINE, "rules.yaml:1: requirements: is no list of requirements"),
        ("- words", LINE, "rules.yaml:1: 1: is no requirement"),
        ("- statement: A.", LINE, "rules.yaml:1: 1.id: is missing; give"),
        ("\n- id: a", LINE, "rules.yaml:2: a.statement: is missing; write"),
        (f"[{RULE},\n {RULE}]", LINE, "rules.yaml:2: minus.id: 'minus' is given twice; rename"),
        ("[{id: a, statement: A.,\n concepts: [a, b]}]", LINE, "rules.yaml:2: a.concepts"),
        (f"[{RULE}]", "{", "texts.jsonl:1: is not JSON"),
        (f"[{RULE}]", "[]", "texts.jsonl:1: is no JSON object"),
        (f"[{RULE}]", "", "texts.jsonl: holds no text"),
        (f"[{RULE}]", {**LINE, "text": None}, "texts.jsonl:1: text: is missing; quote"),
        (f"[{RULE}]", {**LINE, "labels": None}, "texts.jsonl:1: labels: is missing; write"),
        (f"[{RULE}]", {**LINE, "labels": {"minos": "clear"}}, "did you mean 'minus'?"),
        (f"[{RULE}]", {**LINE, "labels": {"minus": "cleer"}}, "did you mean 'clear'?"),
        ("{x: [{id: a, statement: A.}], y: [{id: a, statement: A.}]}", LINE, "known: x, y"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    files: Files, capsys: pytest.CaptureFixture[str], rules: str, line: Any, said: str
) -> None:
    if "known: x, y" in said:
        said = "texts.jsonl:1: domain: 'pay' has no requirements; with requirements: x, y"
    files.write(rules, line)
    code = main(["--texts", str(files.texts), "--requirements", str(files.rules)])
    shown = capsys.readouterr()
    assert (code, shown.out) == (2, "")
    assert shown.err.count("\n") == 1
    assert said in shown.err


def test_a_missing_file_and_half_a_set_are_told(
    files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--texts", "none.jsonl", "--requirements", "none.yaml"]) == 2
    assert capsys.readouterr().err == "none.yaml: there is no such file; check the path\n"
    for wrong in (["--texts", "a"], ["--texts", "a", "--requirements", "b", "--write"]):
        with pytest.raises(SystemExit) as raised:
            main(wrong)
        assert raised.value.code == 2


@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_file_of_texts_loads_or_is_refused_in_a_line(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    files = Files(tmp_path_factory.mktemp("set"))
    try:
        files.load(f"[{RULE}]", *lines)
    except InputError as error:
        assert "\n" not in str(error)


def test_json_has_the_figures_of_a_set_at_the_top(
    files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    files.write(f"[{RULE}]", LINE, {**LINE, "text": "Hello.", "labels": {}})
    assert main(["--json", "--texts", str(files.texts), "--requirements", str(files.rules)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {*SHARES, "us_per_pair", "load_s", "groups", "confusion", "rivals"} <= found.keys()
    assert (found["texts"], found["pairs"], found["f1_clear"]) == (2, 2, 1.0)
    assert found["rivals"].keys() == set(RIVALS)
    low, high = found["intervals"]["whole_text"]
    assert low <= found["whole_text"] <= high


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda *one: tally([Judged(*one)]),
            st.sampled_from(VERDICTS), st.sampled_from(VERDICTS), st.floats(0.25, 1.0),
        ),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_intervals_are_ordered_and_the_same_every_time(some: Sequence[Any]) -> None:
    found = measured(some)
    assert all(0.0 <= low <= high <= 1.0 for low, high in found.intervals.values())
    assert found.intervals == measured(some).intervals
    alike = measured([some[0]] * 5)
    assert all(math.isclose(*span, abs_tol=1e-9) for span in alike.intervals.values())


@pytest.mark.parametrize(
    ("name", "variant"),
    [(RIVALS[0], "word 1 1"), (RIVALS[1], "sentence"), (RIVALS[2], "ratio")],
)
def test_a_rival_reads_the_authors_own_words(files: Files, name: str, variant: str) -> None:
    rule = "{id: minus, statement: Credit notes count as minus., concepts: [[credit note], [minus]], contradicted: [Pay them in full.]}"  # noqa: E501
    opposite = {"text": "Pay them in full.", "labels": {}}
    (domain,) = files.load(f"[{rule}]", {**LINE, "text": "Credit notes count as minus."}, opposite)
    said = [one.said for row in Rival(name, variant, 0.9)(domain) for one in row]
    assert said == ["clear", "absent" if name == "concepts only" else "contradicted"]


def test_a_rival_is_tuned_on_the_texts_it_is_given() -> None:
    known = development()[:1]
    best = by_group(tuned("concepts only", known), {"": known})[""].score
    other = by_group(Rival("concepts only", "clause", 0.9), {"": known})[""].score
    assert best.f1_clear + best.macro_f1 >= other.f1_clear + other.macro_f1


def test_the_worst_mistakes_come_first() -> None:
    lines = list(worst(development()[:1], 2))
    kinds = [line.rpartition(":")[0] for line in lines if line[0].isalpha()]
    assert kinds == ["missed clear", "false clear", "contradicted as clear"]
    missed = [line for line in lines if " clear -> " in line]
    assert [float(line[:4]) for line in missed] == sorted(float(one[:4]) for one in missed)[::-1]
    assert len(missed) == 2
