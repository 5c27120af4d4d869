"""Prose goes by its points: they are decided, composed, read back and judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.errors import InputError
from scenarios.scenario import Field, Scenario
from simulator import prose, sampling
from simulator.meaning import Meaning
from simulator.scoring.evaluation import score
from simulator.trial import Trial
from tests.simulator import mails


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return mails.load(tmp_path_factory.mktemp("mails"))


def point(name: str, said: str) -> Field:
    return Field.model_validate({"name": name, "type": "boolean", "wording": {"said": [said]}})


POINTS = (
    point("qsent", "Your order was sent on 3 May"),
    point("qbalance", "The balance of your account is 1200 euros."),
    point("qvoucher", "A voucher for the next visit is enclosed."),
    point("qlawyer", "Our lawyer has to look at the contract first."),
)


@given(st.sets(st.sampled_from([one.name for one in POINTS])))
def test_what_is_composed_is_read_back_as_its_points(names: set[str]) -> None:
    text = prose.compose(POINTS, names)
    wanted = tuple(one.name for one in POINTS if one.name in names)
    assert prose.heard(text, POINTS) == (wanted or None)
    assert text == prose.compose(POINTS, sorted(names))


def test_a_text_without_a_point_says_nothing() -> None:
    assert prose.compose(POINTS, ()) is None
    for value in (None, "", "Good day. Kind regards", ()):
        assert prose.heard(value, POINTS) is None


def test_the_truth_of_prose_is_its_true_points(scenario: Scenario) -> None:
    assert scenario.record["practice-1"].truth["answer"] == ("qdated",)


def test_a_free_point_is_right_either_way_and_a_forbidden_one_is_not(scenario: Scenario) -> None:
    record, field = scenario.record["practice-1"], scenario.field["answer"]
    points = scenario.points["answer"]

    def judged(*names: str) -> tuple[list[str], list[str]]:
        found = prose.judge(scenario, record, field, prose.compose(points, names))
        return [p.name for p in found.missing], [p.name for p in found.wrongly_said]

    assert judged("qdated") == ([], [])
    assert judged("qdated", "qthanks") == ([], [])
    assert judged() == (["qdated"], [])
    assert judged("qtold") == (["qdated"], ["qtold"])


def test_two_texts_that_make_the_same_points_agree(scenario: Scenario) -> None:
    means = Meaning("answer", scenario.field["answer"], {}, points=scenario.points["answer"])
    text = means.tell(("qdated",))
    assert means.hear(text) == ("qdated",)
    assert means.agree(text, "Hello there. Your order was sent on 3 May. See you")
    assert not means.agree(text, "Hello there.")
    assert means.agree(None, "Hello there.")


TOLD = "Always say in the reply on which day the order was sent."


def test_a_point_that_nobody_was_told_of_is_missed_and_shown_in_the_proses_name(
    tmp_path: Path,
) -> None:
    trap = "  traps: [{field: qdated, needs: date-it, wrong: false, luck: 0}]\n"
    every = {f"{lot}-{n}": trap for lot in ("practice", "sealed") for n in range(1, 13)}
    scenario = mails.load(tmp_path, mails.records(every))
    untold, told = (
        mails.session(scenario, mails.step(instructions=words))
        for words in ("Answer the mails.", TOLD)
    )
    keys = sampling.keys(scenario, "practice", seed=1, trials=6)
    missed = [slip for t in untold.team.run(keys) for s in t.work["write"].slips.values()
              for slip in s if slip.result == "answer"]  # fmt: skip
    # What is said of the mail is a trace of the point to the reader, on some days.
    assert "unstated" in {slip.cause for slip in missed} <= {"unstated", "vague"}
    assert {(slip.field, slip.requirement) for slip in missed} == {("qdated", "date-it")}
    assert rate(untold.team.run(keys)) < 0.05
    assert rate(told.team.run(keys)) > 0.7


def rate(trials: list[Trial]) -> float:
    answers = [row["answer"] for trial in trials for row in trial.delivered.values()]
    return sum("sent on 3 May" in (answer or "") for answer in answers) / len(answers)


def test_who_is_given_a_draft_passes_its_points_on(scenario: Scenario) -> None:
    polish = mails.step("polish", reads=["write"], produces={"answer": None, "does": None})
    team = mails.session(scenario, mails.step(produces={"answer": None, "does": None}), polish).team
    for trial in team.run(sampling.keys(scenario, "practice", seed=1, trials=8)):
        for record, row in trial.delivered.items():
            assert row["answer"] == trial.work["write"].values[record]["answer"]


MEASURED = mails.SCENARIO.replace(
    "accept: [{metric: wrong_records, at_most: 0}]",
    "accept: [{metric: points, at_least: 0.9}, {metric: said_wrongly, at_most: 0}]",
)


def test_points_made_and_things_said_wrongly_are_measured(tmp_path: Path) -> None:
    scenario = mails.load(tmp_path, scenario=MEASURED)
    session = mails.session(scenario, mails.step())
    trial = session.team.run(sampling.keys(scenario, "practice", seed=1, trials=1))[0]
    points = scenario.points["answer"]
    texts = [prose.compose(points, names) for names in (("qtold",), ("qdated", "qtold"))]
    for record, text in zip(trial.delivered, [*texts, None], strict=False):
        trial.delivered[record]["answer"] = text
    last = list(trial.delivered)[-1]
    for record in list(trial.delivered)[3:]:
        trial.delivered[record]["answer"] = prose.compose(points, ("qdated",))
    del trial.delivered[last]
    measures = score(scenario, session.team.blueprints, trial)[1].measures
    assert list(measures) == [0.5, 2]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("  label: {answer: x}\n", "is for prose; name a point of answer instead"),
        ("  traps: [{field: answer, needs: write-it, wrong: x}]\n", "is for prose"),
        ("  injections: [{field: answer, wrong: ~}]\n", "is for prose"),
        ("  absent: [answer]\n", "is worked out from its points"),
    ],
)
def test_an_author_says_points_and_never_the_prose(line: str, words: str, tmp_path: Path) -> None:
    text = mails.SCENARIO.replace(
        "requirements:\n",
        "requirements:\n  - {id: write-it, statement: Write., governs: answer, said: [Write.], "
        "hints: [a, b, c]}\n",
    )
    with pytest.raises(InputError, match=words) as caught:
        mails.load(tmp_path, mails.records({"archive-1": line}), text)
    assert caught.value.line


def test_truth_of_prose_is_not_written(tmp_path: Path) -> None:
    written = mails.records().replace("{does: reply,", "{answer: Hello, does: reply,", 1)
    with pytest.raises(InputError, match="is worked out from its points"):
        mails.load(tmp_path, written)
