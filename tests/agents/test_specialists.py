"""A specialist: trained on solved records, cheap and narrow, right about what it was shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.session import Session
from scenarios import Plan, Scenario
from scenarios.errors import InputError
from scenarios.files.source import parse
from scenarios.plans.file import read_plan
from simulator import sampling
from simulator.backbrief import backbrief
from simulator.behaviour.trained import error
from simulator.scoring.evaluation import Evaluation
from simulator.staffing import fee
from simulator.trial import Trial
from tests.agents import bills
from tests.office import cast

CALM = {
    "id": "calm", "statement": "What got warm is urgent.", "governs": "sort",
    "said": ["What got warm is urgent, however calmly it is said."],
    "hints": ["Read them.", "Ask.", "Warm is urgent."],
}  # fmt: skip
SORTS = ("normal", "urgent")
SIZES = {"archive": 30, "practice": 40}


def desk(labels: Mapping[str, str] | None = None, **keys: Any) -> Scenario:
    """Mails to be sorted: most are what they look like; of three one is urgent and calm.

    `labels` are what the archive wrongly says of some.
    """
    lots = {lot: [_mail(lot, n, labels or {}) for n in range(size)] for lot, size in SIZES.items()}
    fields = [{"name": "sort", "type": "choice", "choices": list(SORTS), "work": "classify",
               "description": "how urgent it is"}]  # fmt: skip
    given: dict[str, Any] = {
        "fields": fields, "requirements": [CALM], "lots": lots,
        "records": {"sample": {"plain": 8, "calm": 4}, "name": "mail"},
        "loss": {"each": "1 if got.sort != true.sort else 0", "missing": "1"},
    }  # fmt: skip
    return bills.scenario(**(given | keys))


def _mail(lot: str, n: int, labels: Mapping[str, str]) -> dict[str, Any]:
    name, calm = f"{lot}-{n}", n % 3 == 2
    mail = {
        "id": name, "lot": lot, "stratum": "calm" if calm else "plain",
        "text": "The socket got a bit warm." if calm else f"Mail {n}.",
        "truth": {"sort": "urgent" if calm or n % 2 else "normal"},
        "injections": [{"field": "sort", "wrong": "normal", "base": 1.0}] if n % 5 == 0 else [],
    }  # fmt: skip
    if calm:
        mail["traps"] = [{"field": "sort", "needs": "calm", "wrong": "normal", "luck": 0.0}]
    if name in labels:
        mail["label"] = {"sort": labels[name]}
    return mail


def plan(examples: Sequence[str] | str = "all", **keys: Any) -> Plan:
    step = {"id": "sort", "assignee": "sorter", "produces": {"sort": None}, **keys}
    trained = {"id": "sorter", "examples": examples}
    return Plan.model_validate({"scenario": "bills", "steps": [step], "specialists": [trained]})


def run(one: Plan, scenario: Scenario | None = None, trials: int = 32) -> list[Trial]:
    scenario = scenario or desk()
    keys = sampling.keys(scenario, "practice", seed=2, trials=trials)
    return Session(scenario, one, cast()).team.run(keys)


def wrong(trials: Sequence[Trial]) -> set[tuple[str, str]]:
    """The records that were answered wrongly at least once, with the cause."""
    return {
        (slip.record, slip.cause)
        for trial in trials
        for slips in trial.work["sort"].slips.values()
        for slip in slips
    }


PLAIN = [f"archive-{n}" for n in range(30) if n % 3 != 2]
WARM = [f"archive-{n}" for n in range(30) if n % 3 == 2]


def test_what_it_was_never_shown_it_answers_as_somebody_untold() -> None:
    found = wrong(run(plan(PLAIN)))
    seen = {name for trial in run(plan(PLAIN)) for name in trial.key.records}
    calm = {name for name in seen if desk().record[name].stratum == "calm"}
    assert {record for record, cause in found if cause == "unstated"} == calm
    assert "unstated" not in {cause for _, cause in wrong(run(plan("all")))}


@given(st.permutations(PLAIN), st.permutations(WARM), st.integers(1, 20), st.integers(1, 10))
@settings(max_examples=15)
def test_more_solved_records_never_make_a_right_answer_wrong(
    plain: list[str], warm: list[str], many: int, few: int
) -> None:
    less = plan([*plain[: max(1, many // 2)], *warm[: max(1, few // 2)], "archive-0", "archive-1"])
    more = plan(list(dict.fromkeys([*plain[:many], *warm[:few], *_examples(less)])))
    before, after = ({record for record, _ in wrong(run(p, trials=8))} for p in (less, more))
    assert after <= before


def _examples(one: Plan) -> list[str]:
    return list(one.specialists[0].examples)


def test_wrong_labels_are_learnt() -> None:
    labels = dict.fromkeys(WARM, "normal")
    found = wrong(run(plan("all"), desk(labels)))
    calm = {record for record, cause in found if cause == "contradicted"}
    assert calm
    assert all(desk().record[record].stratum == "calm" for record in calm)
    few = wrong(run(plan("all"), desk(dict.fromkeys(WARM[:3], "normal"))))
    assert {r for r, _ in wrong(run(plan("all")))} <= {r for r, _ in few} <= {r for r, _ in found}


def test_it_answers_alike_in_every_trial_and_obeys_nobody() -> None:
    answers: dict[str, set[object]] = {}
    for trial in run(plan("all"), trials=64):
        for record, row in trial.delivered.items():
            answers.setdefault(record, set()).add(row["sort"])
    assert all(len(values) == 1 for values in answers.values())
    assert all(cause == "beyond-skill" for _, cause in wrong(run(plan("all"))))


def test_it_knows_no_word_that_it_was_not_shown() -> None:
    normal = [name for name in PLAIN if desk().record[name].truth["sort"] == "normal"]
    for trial in run(plan(normal)):
        assert {row["sort"] for row in trial.delivered.values()} == {"normal"}


def test_the_fee_is_in_each_trial_once_and_the_records_cost_next_to_nothing() -> None:
    for examples, labels in (("all", 30), (WARM, len(WARM))):
        for trial in run(plan(examples), trials=8):
            assert fee(labels) < trial.cost < fee(labels) + 0.01
    assert fee(30) > fee(10) > 0
    # It has one answer, so that it is asked again in vain; and it is trained once.
    again = plan("all", checks=[{"that": "sort == 'urgent'"}], redo=2)
    for trial in run(again, trials=8):
        assert fee(30) < trial.cost < fee(30) + 0.03


def test_what_it_was_not_shown_is_blamed_on_the_rule() -> None:
    evaluation: Evaluation = Session(desk(), plan(PLAIN), cast()).evaluate(trials=16)
    key = next(iter(evaluation.blame))
    assert (key.cause, key.requirement, key.step) == ("unstated", "calm", "sort")


def test_the_learning_curve_falls_and_never_to_nothing() -> None:
    curve = [error(shown) for shown in (1, 2, 8, 64, 1000)]
    assert curve == sorted(curve, reverse=True)
    assert curve[-1] > 0
    # SetFit 2022: .224 with eight examples a class and .123 with sixty-four.
    assert curve[2:4] == pytest.approx([0.224, 0.123], abs=0.005)


def test_it_says_what_it_was_shown() -> None:
    (brief,) = backbrief(desk(), plan("all"), cast())
    counts = Counter(desk().record[f"archive-{n}"].truth["sort"] for n in range(30))
    assert dict(brief.learnt) == counts
    assert (brief.sentences, brief.span) == ((), None)


TEXT = """\
scenario: bills
steps:
  - id: sort
    assignee: sorter
    produces: {sort: ~}
specialists:
  - {id: sorter, examples: all}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("examples: all", "examples: [archive-99]", 7, "'archive-99' is no solved record"),
        ("examples: all", "examples: []", 7, "must hold at least 1"),
        ("sorter", "mira", 7, "somebody who is there already"),
        ("{sort: ~}", "{sort: ~}\n    instructions: Sort.", 6, "they read none"),
        ("{sort: ~}", "{sort: ~}\n    votes: 3", 6, "they give the same answer each time"),
        ("{sort: ~}", "{sort: ~, why: a reason}", 5, "a specialist gives one"),
        ("{sort: ~}", "{why: a reason}", 5, "a specialist only sorts"),
        ("{sort: ~}", "{sort: ~}\n    reads: []", 6, "has to have the records"),
    ],
)
def test_what_a_specialist_cannot_be_given_is_said_at_its_line(
    old: str, new: str, line: int, said: str
) -> None:
    text = TEXT.replace(old, new)
    if "why" in new and "sort" not in new:
        text += "  \n"
        text = text.replace(
            "steps:", "steps:\n  - {id: other, assignee: mira, produces: {sort: ~}}"
        )
        line += 1
    with pytest.raises(InputError) as caught:
        read_plan(parse(text, "plan.yaml"), lambda _: desk(), cast())
    assert said in str(caught.value)
    assert caught.value.line == line


def test_labels_have_a_budget() -> None:
    scenario = desk(budget={"money": 1, "minutes": 10, "labels": 20})
    with pytest.raises(InputError, match="are 30 records, and there is a budget for 20"):
        read_plan(parse(TEXT, "plan.yaml"), lambda _: scenario, cast())
    few = TEXT.replace("all}", "[archive-1, archive-2]}")
    assert read_plan(parse(few, "plan.yaml"), lambda _: scenario, cast()).plan.specialists
