"""Editing a draft: whatever is done to it can be read again, and can be undone."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.errors import InputError
from scenarios.files.source import parse
from tests.office import cast, folder, invoices
from tui.planning import editing
from tui.planning.draft import Draft
from tui.planning.outline import outline, people

PLANS = folder() / "plans"
TEXTS = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(
    ["1e5", "007", "~", "yes", " a\n\n  b\n", "- x: [", "\x1b[31m", "\r\n", "a: b #c", "\ufeff"]
)
NAMES = st.sampled_from(["pay", "total", "lines", "kind", "odd"])
EXPRESSIONS = st.sampled_from(["total", "abs(total - sum(lines)) < 1", "kind == 'total'", "(("])


def draft_of(path: Path, plan: str = "") -> Draft:
    draft = Draft(invoices(), path)
    if plan:
        draft.load((PLANS / f"{plan}.yaml").read_text("utf-8"), plan)
    return draft


def values() -> st.SearchStrategy[Any]:
    return st.none() | TEXTS | st.fixed_dictionaries(
        {"means": TEXTS}, optional={"choices": st.lists(TEXTS, max_size=3), "list": st.booleans()}
    )  # fmt: skip


def do_something(  # noqa: PLR0912 - one branch an operation
    data: st.DataObject, draft: Draft
) -> None:
    ids = [step["id"] for step in draft.steps]
    if not ids:
        editing.add_step(draft, None, data.draw(st.sampled_from(["mira", "tally"])))
        return
    name = data.draw(st.sampled_from(ids))
    what = data.draw(st.integers(0, 14))
    produces = list(next(s for s in draft.steps if s["id"] == name).get("produces", {}))
    if what == 0:
        editing.add_step(draft, name)
    elif what == 1:
        editing.remove_step(draft, name)
    elif what == 2:
        editing.move_step(draft, name, data.draw(st.sampled_from([-1, 1])))
    elif what == 3:
        editing.rename_step(draft, name, data.draw(st.sampled_from(["a", "b-2", "Bad", "pay"])))
    elif what == 4:
        editing.split_step(draft, name, set(produces[1:]))
    elif what == 5:
        editing.merge_step(draft, name)
    elif what == 6:
        editing.set_reads(draft, name, data.draw(st.sets(st.sampled_from([*ids, "records"]))))
    elif what == 7:
        editing.assign(draft, name, data.draw(st.sampled_from(["pip", "tally", "you"])))
    elif what == 8:
        editing.put(draft, name, "instructions", data.draw(TEXTS), data.draw(st.just("typed")))
    elif what == 9:
        editing.put(draft, name, "batch", data.draw(st.sampled_from([None, 6, "all"])))
    elif what == 10:
        old = data.draw(st.sampled_from([None, *produces]))
        editing.put_result(draft, name, old, data.draw(NAMES), data.draw(values()))
    elif what == 11 and produces:
        editing.remove_result(draft, name, produces[0])
    elif what == 12:
        operation = {"set": data.draw(NAMES), "to": data.draw(EXPRESSIONS)}
        editing.put_item(draft, name, "does", None, operation)
    elif what == 13:
        editing.put_item(draft, name, "checks", None, {"that": data.draw(EXPRESSIONS)})
    elif what == 14 and draft.steps[0].get("checks"):
        editing.move_item(draft, draft.steps[0]["id"], "checks", 0, 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data(), plan=st.sampled_from(["", "naive", "expert"]))
def test_any_editing_can_be_read_again_and_undone(
    data: st.DataObject, plan: str, tmp_path: Path
) -> None:
    draft = draft_of(tmp_path / "draft.yaml", plan)
    before = copy.deepcopy(draft.data)
    changes = len(draft._past)
    for _ in range(data.draw(st.integers(1, 12))):
        standing = copy.deepcopy(draft.data)
        try:
            do_something(data, draft)
        except InputError:
            assert draft.data == standing, "what was refused changes nothing"
        assert parse(draft.text(), "draft").data == draft.data
        draft.problem()  # is told, and never raised
        if draft.data != standing:
            assert draft.path.read_text("utf-8") == draft.text()
    after = copy.deepcopy(draft.data)
    back = 0
    while len(draft._past) > changes and draft.undo():
        back += 1
    assert draft.data == before
    for _ in range(back):
        assert draft.redo()
    assert draft.data == after
    again = Draft(invoices(), draft.path)
    again.open()
    if draft.path.exists():
        assert again.data == after


def test_a_refused_change_leaves_no_trace(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "draft.yaml", "split")
    past, data = len(draft._past), copy.deepcopy(draft.data)
    for refused in ("Copy", "kind", "records", "two-page-note", ""):
        with pytest.raises(InputError):
            editing.rename_step(draft, "copy", refused)
    with pytest.raises(InputError, match="code"):
        editing.merge_step(draft, "kind")
    assert (len(draft._past), draft.data) == (past, data)


def test_a_step_is_renamed_wherever_it_is_named(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "draft.yaml", "expert")
    editing.rename_step(draft, "copy", "take-down")
    assert draft.problem() is None
    sums, adding = draft.step("sums"), draft.step("adding")
    assert sums is not None
    assert adding is not None
    assert sums["reads"] == ["records", "take-down", "again", "kind"]
    assert adding["checks"][0]["redo"] == "take-down"


def test_a_result_is_renamed_wherever_it_arrives(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "draft.yaml", "expert")
    editing.put_result(draft, "kind", "kind", "sort", {"means": "type", "choices": ["a", "kind"]})
    editing.put_result(draft, "copy", "printed_total", "raw", "the final amount")
    kind, adding, sums = draft.step("kind"), draft.step("adding"), draft.step("sums")
    assert kind is not None
    assert adding is not None
    assert sums is not None
    assert kind["review"]["of"] == ["sort"]
    assert adding["does"][0]["parse_money"] == "raw"
    assert sums["does"][0]["to"] == "second_total or raw"
    assert (
        sums["does"][-1]["to"] == "0 if earlier else (-total if sort == 'credit note' else total)"
    )
    assert draft.problem() is None


def test_split_and_merge_are_each_others_way_back(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "draft.yaml", "expert")
    whole = copy.deepcopy(draft.step("copy"))
    new = editing.split_step(draft, "copy", {"printed_lines"})
    first, second, sums = draft.step("copy"), draft.step(new), draft.step("sums")
    assert first is not None
    assert second is not None
    assert sums is not None
    assert list(first["produces"]) == ["printed_total"]
    assert list(second["produces"]) == ["printed_lines"]
    assert second["reads"] == ["records", "two-page-note", "copy"]
    assert sums["reads"] == ["records", "copy", "again", "kind", new]
    assert draft.problem() is None
    editing.merge_step(draft, "copy")
    assert draft.step("copy") == whole
    assert draft.problem() is None


def test_typing_is_one_change(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "draft.yaml", "naive")
    before = copy.deepcopy(draft.data)
    for text in ("C", "Co", "Cop"):
        editing.put(draft, "ledger", "instructions", text, "words of ledger")
    assert draft.undo()
    assert draft.data == before
    assert draft.redo()
    editing.put(draft, "ledger", "instructions", "Copy", "words of ledger")
    assert draft.undo()
    step = draft.step("ledger")
    assert step is not None
    assert step["instructions"] == "Cop"


def test_what_code_has_no_use_for_comes_back(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "draft.yaml", "expert")
    before = copy.deepcopy(draft.data)
    editing.assign(draft, "kind", "tally")
    step = draft.step("kind")
    assert step is not None
    assert not {"instructions", "examples", "batch", "review"} & set(step)
    draft.undo()
    assert draft.data == before


def test_whoever_is_trained_reads_nothing_and_goes_when_not_needed(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "plan.yaml", "expert")
    before = copy.deepcopy(draft.data)
    editing.train(draft, "kind", ["inv-0516"], ["specialist"])
    step = draft.step("kind")
    assert step is not None
    assert step["assignee"] == "specialist-2"
    assert not {"instructions", "examples", "batch", "schema"} & step.keys()
    assert people(draft, cast())["specialist-2"].kind == "specialist"
    found = next(one for one in outline(draft, cast()) if one.step.id == "kind")
    assert found.solved == ("inv-0516",)
    editing.train(draft, "kind", ["inv-0516", "inv-0478"], [])
    assert draft.data["specialists"] == [
        {"id": "specialist-2", "examples": ["inv-0516", "inv-0478"]}
    ]
    assert draft.problem() is None
    editing.assign(draft, "kind", "mira")
    assert "specialists" not in draft.data
    for _ in range(3):
        draft.undo()
    assert draft.data == before
