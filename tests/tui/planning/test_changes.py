"""What changed from one plan to another, as its learner would say it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scenarios.errors import InputError
from tests.office import folder
from tui.planning.changes import plan_changes, told

PLAN = """\
scenario: invoices
steps:
- {id: a, assignee: mira, produces: {raw: the total}, instructions: "One rule. Another rule."} # x
- {id: b, assignee: tally, reads: [a], produces: {pay: ~}, does: [{set: pay, to: "1"}]}
predict: {reliability: .5}
"""


def lines(before: str, after: str) -> list[str]:
    return [change.line for change in plan_changes(before, after)]


def test_layout_comments_order_and_predictions_are_no_changes() -> None:
    rows = PLAN.splitlines()
    other = "\n".join([*rows[:2], rows[3], rows[2].replace(" # x", ""), "predict: {}"])
    assert lines(PLAN, other) == []
    assert told([]) == "The plans are the same."


@pytest.mark.parametrize(("cut", "put", "said"), [
    ("mira", "pip", ["~ a, who: mira -> pip"]),
    (" Another rule.", " A third rule.",
     ["- a, told: Another rule.", "+ a, told: A third rule."]),
    ("the total", "the net", ["~ a, gives: raw: the total -> raw: the net"]),
    ('to: "1"', 'to: "2"', ["~ b, does: pay = 1 -> pay = 2"]),
    ("assignee: mira", "assignee: mira, batch: 6", ["~ a, records a call: all -> 6"]),
    ("assignee: mira", "assignee: mira, schema: true", ["~ a, form: asked for -> enforced"]),
    ("assignee: mira", "assignee: mira, examples: [x]", ["+ a, example: x"]),
    ("assignee: mira", "assignee: mira, checks: [{that: raw, redo: a}]",
     ["+ a, check: raw, else redo a"]),
    ("assignee: mira", "assignee: mira, review: {by: oswin, of: [raw]}",
     ["~ a, review: nobody -> by oswin, of raw"]),
])  # fmt: skip
def test_a_change_is_told_in_the_learners_words(cut: str, put: str, said: list[str]) -> None:
    assert lines(PLAN, PLAN.replace(cut, put)) == said


def test_steps_come_go_and_change_their_names() -> None:
    renamed = PLAN.replace("id: a,", "id: c,").replace("reads: [a]", "reads: [c]")
    assert lines(PLAN, renamed) == ["~ a: is called c now", "~ b, reads: a -> c"]
    fewer = "\n".join(line for line in PLAN.splitlines() if "id: a" not in line)
    assert lines(PLAN, fewer) == ["- a: the step is gone (mira gives raw)"]
    assert lines(fewer, PLAN) == ["+ a: a new step (mira gives raw)"]


def test_back_again_is_the_same_with_the_signs_turned() -> None:
    plans = [path.read_text("utf-8") for path in sorted((folder() / "plans").glob("expert*.yaml"))]
    for before, after in pairwise(plans):
        there, back = plan_changes(before, after), plan_changes(after, before)
        assert sorted(c.sign for c in there) == sorted({"+": "-", "-": "+"}.get(c.sign, c.sign)
                                                       for c in back)  # fmt: skip
        assert plan_changes(before, before) == []


def test_a_text_that_is_no_plan_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match="is no plan"):
        plan_changes(PLAN, "[]")
