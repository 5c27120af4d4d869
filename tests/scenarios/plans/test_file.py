"""Plans: every mistake is one error at its line, and none tells what the learner has not seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import InputError, Persona, PlanFile, Scenario, load_plan, load_scenario
from scenarios import parse as parse_yaml
from scenarios.files.source import Source
from scenarios.plans.file import read_plan
from tests.scenarios import tiny

CAST = {
    "mira": Persona(id="mira", name="Mira", tier="mid", cv="..."),
    "oswin": Persona(id="oswin", name="Oswin", tier="frontier", cv="..."),
    "tally": Persona(id="tally", name="Tally", kind="code", cv="..."),
    "you": Persona(id="you", name="You", kind="you", cv="..."),
}


@cache
def parcels(rename: tuple[tuple[str, str], ...] = ()) -> Scenario:
    scenario, records = tiny.SCENARIO, tiny.records()
    for old, new in rename:
        scenario, records = (re.sub(rf"\b{old}\b", new, text) for text in (scenario, records))
    with TemporaryDirectory() as folder:
        return load_scenario(tiny.write(Path(folder), scenario, records))


def find(name: str) -> Scenario:
    if name != "parcels":
        raise InputError(f"there is no scenario '{name}'", mend="try another")
    return parcels()


def plan(text: str, scenarios: Callable[[str], Scenario] = find) -> PlanFile:
    return read_plan(parse_yaml(text, "plan.yaml"), scenarios, CAST)


def test_a_good_plan_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(tiny.PLAN)
    found = load_plan(path, find, CAST)
    assert [step.id for step in found.plan.steps] == ["look", "sums"]
    assert found.scenario is parcels()
    assert str(found.source.error(("steps", 0, "batch"), "is x")) == (
        f"{path}:11: steps.look.batch: is x"
    )


def test_values_in_quotes_and_without_are_the_same_plan() -> None:
    text = tiny.PLAN.replace("batch: 6", "batch: '6'").replace("redo: 1", "redo: '1'")
    assert plan(text).plan == plan(tiny.PLAN).plan


@dataclass(frozen=True)
class Bad:
    old: str
    new: str
    words: str
    field: str = ""
    below: int = 0
    """How many lines below the first changed one the error is."""


SHAPE = [
    Bad("scenario: parcels", "scenario:", "is empty", "scenario"),
    Bad("scenario: parcels", "# nothing", "is missing; add 'scenario: ...'", "scenario", 1),
    Bad("scenario: parcels", "scenario: parcel", "there is no scenario 'parcel'; try another"),
    Bad("    assignee: mira\n", "", "is missing", "steps.look.assignee", -1),
    Bad("assignee: mira", "asignee: mira", "did you mean 'assignee'?", "steps.look.asignee"),
    Bad("assignee: mira", "assignee: [mira]", "must be text; write one value"),
    Bad("id: look", "id: Look", "cannot be 'Look'; use small letters", "steps.Look.id"),
    Bad("batch: 6", "batch: 0", "must be at least 1 or all", "steps.look.batch"),
    Bad("batch: 6", "batch: many", "must be a whole number or all"),
    Bad("batch: 6", "batch: 2.5", "must be a whole number or all"),
    Bad("batch: 6", "otherwise: you", "is not known here; known: id, assignee"),
    Bad("batch: 6", "takes: {}", "takes nothing in particular; add 'where', 'most' or 'by'"),
    Bad("batch: 6", "takes: {most: 0}", "must be at least 1", "steps.look.takes.most"),
    Bad("batch: 6", "takes: {by: wieght}", "did you mean 'weight'?", "steps.look.takes.by"),
    Bad("batch: 6", "takes: {where: raw}", "uses an unknown name 'raw'", "steps.look.takes.where"),
    Bad("of: [raw]", "of: [raw], takes: {where: rwa}", "mean 'raw'?"),
    Bad("by: oswin", "by: you, blind: true", "is for colleagues; delete it: you look at"),
    Bad("redo: 1", "redo: 6", "must be at most 5", "steps.look.redo"),
    Bad("redo: 1", "redo: -1", "must be at least 0"),
    Bad("else: you", "else: me", "must be one of you, keep, drop"),
    Bad("else: you", "else: drp", "did you mean 'drop'?"),
    Bad("reads: [records, rules]", "reads: records", "must be a list; write ['records']"),
    Bad("produces: {pay: ~}", "produces: pay", "must be lines of 'name: value'"),
    Bad("produces: {pay: ~}", "produces: {}", "must hold at least 1, not 0"),
    Bad("produces: {pay: ~}", "produces: {Pay: ~}", "cannot be 'Pay'", "steps.sums.produces.Pay"),
    Bad("choices: [here", "choice: [here", "did you mean 'choices'?"),
    Bad("choices: [here", "choices: [true", "must be text; put it in quotes"),
    Bad(
        "parse_money: raw", "parse_mony: raw", "did you mean 'parse_money'", "steps.sums.does.cost"
    ),
    Bad(
        "{set: cost, parse_money: raw, decimal: comma}", "cost", "is not one of Tally's operations"
    ),
    Bad(
        "decimal: comma",
        "decimal: cama",
        "must be one of point, comma, last; did you mean 'comma'?",
        "steps.sums.does.cost.decimal",
    ),
    Bad("decimal: comma", "places: 2", "is not known here", "steps.sums.does.cost.places"),
    Bad("set: cost", "set: 7", "cannot be '7'"),
    Bad("compare: [cost, cost]", "compare: [cost]", "is missing", "steps.sums.does.same.compare.2"),
    Bad("compare: [cost, cost]", "compare: [cost, cost, cost]", "must hold at most 2"),
    Bad("of: [raw]", "of: [Raw]", "cannot be 'Raw'; use small letters", "steps.look.review.of.1"),
    Bad("days: 3", "days: three", "must be a whole number", "steps.sums.does.before.within.days"),
    Bad("reliability: 0.5", "reliability: 50", "must be at most 1", "predict.reliability"),
    Bad("reliability: 0.5", "reliability: .nan", "must be a number"),
    Bad("pay: 0.1", "pay: 1.5", "must be at most 1", "predict.wrong.pay"),
]

SENSE = [
    Bad("assignee: mira", "assignee: mirra", "is no colleague; did you mean 'mira'?"),
    Bad("id: sums", "id: look", "'look' is already the name of what is on line 3"),
    Bad("id: sums", "id: records", "'records' is already the name of the records"),
    Bad("id: sums", "id: menu", "'menu' is already the name of a document"),
    Bad("[records, rules]", "[records, rulez]", "did you mean 'rules'?", "steps.look.reads.2"),
    Bad("[records, rules]", "[records, records]", "reads 'records' twice"),
    Bad("[records, rules]", "[records, sums]", "goes in a circle: look reads sums reads look"),
    Bad("[records, rules]", "[look]", "goes in a circle: look reads look"),
    Bad("raw: the cost as printed", "raw:", "say in your own words what it means"),
    Bad("raw: the cost as printed", "raw: '  '", "(the deliverable is: pay)"),
    Bad("raw: the cost as printed", "payy:", "(did you mean 'pay'?)"),
    Bad("{pay: ~}", "{pay: the cost}", "the brief says what it means; write 'pay: ~'"),
    Bad("{pay: ~}", "{pay: {list: true}}", "the brief says what it means"),
    Bad("{pay: ~}", "{cost: what it costs}", "no step produces 'pay': what we owe", "steps", -16),
    Bad(
        "raw: the cost as printed",
        "pay:",
        "'look' produces it already",
        "steps.sums.produces.pay",
        11,
    ),
    Bad("[archive-plain-1]", "[archive-plain-9]", "is no solved record of the archive"),
    Bad("[archive-plain-1]", "[sealed-plain-1]", "is no solved record of the archive"),
    Bad("by: oswin", "by: tally", "is no intern; known: mira, oswin", "steps.look.review.by"),
    Bad("by: oswin, of", "by: you, blind: true, of", "is for colleagues"),
    Bad("of: [raw]", "of: [rau]", "did you mean 'raw'?", "steps.look.review.of.1"),
    Bad("pay: 0.1", "cost: 0.1", "is no field of the deliverable; known: pay"),
    Bad("redo: look}", "redo: lok}", "is no step; did you mean 'look'?"),
    Bad("that: cost >= 0", "that: cost >=", "is not an expression", "steps.sums.checks.1.that"),
    Bad("that: cost >= 0", "that: costs >= 0", "did you mean 'cost'"),
    Bad("that: cost >= 0", "that: __import__('os')", "uses an unknown function"),
    Bad("redo: 1", "does: [{set: raw, to: '1'}]", "is for code, and this step is not"),
    Bad("redo: 1", "does: []", "is for code, and this step is not"),
    Bad("redo: 1", "checks: [{that: raw, redo: sums}]", "neither this step nor one before it"),
    Bad("redo: 1", "checks: [{that: sender == raw and cost}]", "uses an unknown name 'cost'"),
]

CODE = [
    Bad("produces: {pay: ~}", "produces: {pay: ~, more: x}", "is set by no operation"),
    Bad(
        "produces: {pay: ~}", "produces: {pay: ~}\n    batch: 6", "code takes each record", below=1
    ),
    Bad("produces: {pay: ~}", "produces: {pay: ~}\n    batch: all", "is not for code", below=1),
    Bad("produces: {pay: ~}", "produces: {pay: ~}\n    examples: []", "is not for code", below=1),
    Bad(
        "produces: {pay: ~}",
        "produces: {pay: ~}\n    instructions: Add.",
        "is not for code",
        below=1,
    ),
    Bad(
        "produces: {pay: ~}",
        "produces: {pay: ~}\n    review: {by: mira, of: [pay]}",
        "this step is code",
        below=1,
    ),
    Bad("parse_money: raw", "parse_money: row", "is no value; did you mean 'raw'?"),
    Bad("parse_money: raw", "parse_money: before", "is no value"),
    Bad(
        "compare: [cost, cost]",
        "compare: [cost, cst]",
        "is no value",
        "steps.sums.does.same.compare.2",
    ),
    Bad("duplicate_of: [sender", "duplicate_of: [sended", "did you mean 'sender'"),
    Bad(
        "of: received",
        "of: recieved",
        "did you mean 'received'?",
        "steps.sums.does.before.within.of",
    ),
    Bad("else cost", "else costs", "did you mean 'cost'", "steps.sums.does.pay.to"),
    Bad("else cost", "els cost", "is not an expression", "steps.sums.does.pay.to"),
    Bad('like: "[0-9,]+"', 'like: "[0-9"', "is not a pattern", "steps.sums.does.ok.like"),
    Bad("document: rates", "document: menu", "is no table that this step reads; known: rates"),
    Bad("match: country", "match: county", "did you mean 'country'?", "steps.sums.does.rate.match"),
    Bad("give: rate}", "give: rates}", "is no column of 'rates'; did you mean 'rate'?"),
    Bad(
        "[records, look, rates]",
        "[look, rates]",
        "looks into records that the step does not",
        below=6,
    ),
    Bad("[records, look, rates]", "[records, look]", "is no table that this step reads", below=4),
]


@pytest.mark.parametrize("bad", [*SHAPE, *SENSE, *CODE], ids=lambda bad: f"{bad.old} -> {bad.new}")
def test_a_mistake_is_one_error_at_its_line(bad: Bad) -> None:
    text, line = tiny.edited(tiny.PLAN, bad.old, bad.new)
    with pytest.raises(InputError) as caught:
        plan(text)
    assert bad.words in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("plan.yaml", line + bad.below)
    assert caught.value.field.startswith(bad.field)
    assert "Input should" not in str(caught.value)


def test_two_steps_that_give_one_name_cannot_both_be_read() -> None:
    more = "  - {id: again, assignee: mira, produces: {raw: the cost as printed}}\n  - id: sums\n"
    text = tiny.PLAN.replace("  - id: sums\n", more).replace("look, rates]", "look, again, rates]")
    with pytest.raises(InputError, match=r"gets 'raw' from both 'look' and 'again'"):
        plan(text)


def test_code_without_operations_has_nothing_to_do() -> None:
    text = tiny.PLAN[: tiny.PLAN.index("    does:")]
    with pytest.raises(InputError, match=r"steps\.sums: is code and has nothing to do"):
        plan(text)


def test_a_redo_may_go_any_number_of_steps_back() -> None:
    between = """\
  - id: between
    assignee: mira
    reads: [look]
    produces: {seen: whether it was looked at}
    checks: [{that: raw == raw, redo: look}, {that: seen == 'yes', redo: between}]
  - id: after
    assignee: mira
    reads: [between]
    produces: {fine: whether it is fine}
    checks: [{that: fine, redo: look}]
  - id: sums
"""
    assert len(plan(tiny.PLAN.replace("  - id: sums\n", between)).plan.steps) == 4


def test_errors_of_the_scenario_itself_name_its_own_file() -> None:
    def broken(name: str) -> Scenario:
        raise InputError("is broken", file="scenario.yaml", line=3)

    with pytest.raises(InputError, match=r"^scenario\.yaml:3: is broken$"):
        plan(tiny.PLAN, broken)


HIDDEN = ("qorigin", "qprinted", "qcost", "qearlier", "abroad-doubles", "repeats")
NEW = ("zblue", "zgreen", "zred", "zpink", "ztea", "zmilk")


def _outcome(text: str, scenario: Scenario) -> str:
    try:
        return repr(plan(text, lambda _: scenario).plan)
    except InputError as error:
        return str(error)


# Guesses at what is hidden, wherever a name can stand: they must look like any other wrong name.
GUESSES = [
    Bad(old, old.replace(name, guess), "")
    for guess in ("qcosts", "qearlie", "abroad-double", "qq")
    for old, name in [
        ("[records, rules]", "rules"),
        ("raw: the cost as printed", "raw: the cost as printed"),
        ("of: [raw]", "raw"),
        ("parse_money: raw", "raw"),
        ("duplicate_of: [sender", "sender"),
        ("of: received", "received"),
        ("else cost", "cost"),
        ("that: cost", "cost"),
        ("pay: 0.1", "pay"),
        ("[archive-plain-1]", "archive-plain-1"),
        ("document: rates", "rates"),
        ("give: rate}", "rate"),
        ("assignee: mira", "mira"),
    ]
]


@pytest.mark.parametrize("bad", [*SHAPE, *SENSE, *CODE, *GUESSES], ids=lambda bad: bad.new)
def test_renaming_what_is_hidden_changes_no_error(bad: Bad) -> None:
    text = tiny.edited(tiny.PLAN, bad.old, bad.new)[0]
    renamed = parcels(tuple(zip(HIDDEN, NEW, strict=True)))
    assert _outcome(text, parcels()) == _outcome(text, renamed)


_WORDS = st.sampled_from(
    ["~", "7", "x", "[]", "{}", "[x]", "{x: y}", "pay", "look", "records", "-1", "true", "tally"]
)


@given(st.integers(0, tiny.PLAN.count("\n") - 1), _WORDS, st.booleans())
def test_a_line_gone_wrong_is_read_or_refused(number: int, word: str, delete: bool) -> None:
    lines = tiny.PLAN.splitlines()
    key, colon, _ = lines[number].partition(":")
    lines[number] = "" if delete else f"{key}{colon} {word}"
    _refused_plainly("\n".join(lines))


_YAML: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from(["look", "pay", ""]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["scenario", "steps", "id", "assignee", "reads", "produces", "pay", "does", "set", "to",
             "compare", "review", "by", "of", "checks", "that", "predict", "wrong", "batch", "redo"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@given(_YAML, st.sampled_from(["", "steps", "does", "produces", "review", "checks", "predict"]))
def test_any_data_is_read_or_refused(data: Any, where: str) -> None:
    source = parse_yaml(tiny.PLAN, "plan.yaml")
    steps = source.data["steps"]
    if where in ("does", "checks"):
        steps[1][where] = data
    elif where in ("produces", "review"):
        steps[0][where] = data
    elif where:
        source.data[where] = data
    else:
        source = Source("plan.yaml", data, {(): 1})
    try:
        read_plan(source, find, CAST)
    except InputError as error:
        _check_plain(error)


def _refused_plainly(text: str) -> None:
    try:
        plan(text)
    except InputError as error:
        _check_plain(error)


def _check_plain(error: InputError) -> None:
    assert error.problem
    assert "Input should" not in str(error)
    assert "Value error" not in str(error)
    assert "\n" not in str(error)
