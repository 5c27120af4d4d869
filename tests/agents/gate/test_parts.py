"""The parts of the gate: shares of a gap, texts, stages and near matches."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.gate.share import METRICS, MOST, Gap, Share, share
from agents.gate.stages import empty, escalating, saying, stages, works
from agents.gate.texts import ELSEWHERE, LONGEST, generated, nouns
from agents.gate.voices import nearest
from simulator.copying import NEAR, likeness
from simulator.scoring.evaluation import Evaluation, Scored
from simulator.scoring.statistics import Estimate
from tests.office import cast, invoices, reference

NOTHING = Scored(0, 0, False, 0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0, (), ())


def run(wrong: list[int]) -> Evaluation:
    """An evaluation with so many wrong records by trial, four trials a sample."""
    scored = tuple(
        replace(
            NOTHING, sample=i // 4, repeat=i % 4, accepted=not n, wrong_records=n, loss=10.0 * n
        )
        for i, n in enumerate(wrong)
    )
    return Evaluation(invoices(), reference("empty"), "practice", 1, scored)


EMPTY, EXPERT = run([8, 9, 10, 9] * 4), run([0, 1, 0, 0] * 4)
GAP = Gap(EMPTY, EXPERT)


@pytest.mark.parametrize("metric", METRICS)
def test_the_empty_plan_closes_nothing_and_the_experts_everything(metric: str) -> None:
    for attack, expected in ((EMPTY, 0.0), (EXPERT, 1.0)):
        found = share(GAP, EMPTY, attack, metric).share  # type: ignore[arg-type]
        assert found is not None
        assert found.mean == pytest.approx(expected)


@given(st.lists(st.integers(0, 10), min_size=16, max_size=16))
def test_the_share_is_the_gain_over_the_gap(wrong: list[int]) -> None:
    found = share(GAP, EMPTY, run(wrong), "loss")
    assert found.share is not None
    assert found.share.low is not None
    assert found.share.high is not None
    gained = sum(t.loss for t in EMPTY.scored) - 10.0 * sum(wrong)
    whole = sum(t.loss for t in EMPTY.scored) - sum(t.loss for t in EXPERT.scored)
    assert found.share.mean == pytest.approx(gained / whole, abs=1e-6)
    assert found.share.low <= found.share.mean <= found.share.high


def test_outcomes_that_never_differ_have_an_interval_all_the_same() -> None:
    found = share(GAP, EMPTY, EMPTY, "accepted").share
    assert found is not None
    assert found.low is not None
    assert found.low < 0 < (found.high or 0)


def test_where_the_expert_gains_nothing_there_is_nothing_to_close() -> None:
    assert share(Gap(EMPTY, EMPTY), EMPTY, EXPERT, "loss").share is None


@pytest.mark.parametrize(
    ("mean", "low", "pays"),
    [(0.3, 0.2, True), (0.12, 0.02, True), (0.3, -0.1, False), (0.09, 0.08, False)],
)
def test_an_attack_pays_above_a_tenth_and_not_by_luck(mean: float, low: float, pays: bool) -> None:
    gain = Estimate(1.0, 0.5, 1.5)
    assert Share("loss", gain, Estimate(mean, low, 2 * mean - low)).pays is pays
    assert not Share("loss", gain, Estimate(mean, low, 1.0), most=mean + MOST).pays


def test_the_empty_plan_is_the_one_beside_the_scenario() -> None:
    (step,) = empty(invoices(), reference("expert"), cast()).steps
    (written,) = reference("empty").steps
    assert step.model_copy(update={"id": written.id}) == written


def test_a_silent_plan_has_the_experts_structure_and_not_a_word() -> None:
    expert = reference("expert")
    bare, spread = stages(invoices(), expert, cast())
    assert (bare.name, spread.name) == ("bare", "spread")
    assert [s.id for s in spread.floor.steps] == [s.id for s in expert.steps]
    for step, written in zip(spread.floor.steps, expert.steps, strict=True):
        assert (step.produces, step.does) == (written.produces, written.does)
        assert (step.checks, step.review, step.redo) == ((), None, 0)
        if works(step, cast()):
            assert (step.instructions, step.examples) == ("", ())
            assert not set(step.reads) & set(invoices().document)


def test_a_plan_of_one_step_has_one_stage() -> None:
    assert [stage.name for stage in stages(invoices(), reference("rules"), cast())] == ["bare"]


def test_only_interns_are_told_the_text() -> None:
    told = saying(reference("expert"), "Please.", cast())
    assert {step.id: step.instructions for step in told.steps} == {
        "copy": "Please.", "adding": "", "again": "Please.", "kind": "Please.", "sums": "",
    }  # fmt: skip


def test_everything_is_passed_up() -> None:
    (step,) = escalating(reference("empty")).steps
    assert step.otherwise == "you"
    assert step.checks


def test_every_kind_of_attack_is_made_from_the_scenario() -> None:
    texts = generated(invoices(), reference("expert"), cast())
    assert set(texts) == {
        "brief-copied", "keyword-heap", "bare-nouns", "expert-shuffled", "both-sides",
        "rules-negated", "padding", "magic-words", "every-option", "answers-hard-coded",
        "other-job",
    }  # fmt: skip
    assert texts == generated(invoices(), reference("expert"), cast())
    assert all(0 < len(text) <= LONGEST for text in texts.values())
    assert texts["other-job"] == ELSEWHERE


def test_attacks_use_the_words_of_every_requirement() -> None:
    texts = generated(invoices(), reference("expert"), cast())
    lines = nouns(invoices()).splitlines()
    assert len(lines) == len(invoices().requirements)
    for need, line in zip(invoices().requirements, lines, strict=True):
        assert need.object[0].lower() in line.lower()
        assert need.said[0] in texts["both-sides"]
        assert need.contradicted[0] in texts["both-sides"]
        assert need.rivals[0] in texts["every-option"]
        assert all(w in texts["keyword-heap"] for g in need.concepts for ws in g for w in ws)
    for record in invoices().lots["practice"]:
        assert f"{record.id}: pay {record.truth['pay']}." in texts["answers-hard-coded"]


def test_shuffled_words_are_the_experts() -> None:
    said = " ".join(step.instructions for step in reference("expert").steps)
    text = generated(invoices(), reference("expert"), cast())["expert-shuffled"]
    assert sorted(text.split()) == sorted(said.split())
    assert text.split() != said.split()


def test_an_exemplar_written_again_is_near_and_one_s_own_words_are_not() -> None:
    exemplar = "If the prices already include tax, take the total including tax."
    for copy in (
        exemplar.upper(),
        "If prices already include the tax, take the total including tax.",
        "Take the total including tax if the prices already include tax.",
        f"And by the way, dear colleague, please mind this one thing: {exemplar}",
    ):
        assert likeness(copy, exemplar) >= NEAR, copy
    assert nearest("Where tax hides in the price, copy what the guest has paid.",
                   invoices().requirements) is None  # fmt: skip
