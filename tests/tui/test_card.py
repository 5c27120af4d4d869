"""The report card: every figure of it is the figure of the run behind it, on the screen and off."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from simulator.debriefing.report_card import JUDGEMENT
from simulator.debriefing.skills import ANSWERS_FOR, NOT_PASSED_ON, SKILLS
from simulator.debriefing.track_record import ENOUGH
from simulator.scoring.evaluation import Evaluation
from simulator.storage.store import Store
from tests.office import folder, invoices, reference, session
from tests.tui.conftest import Intern
from tests.tui.pilots import at_stage, screen, settle, shown, wait_for, wait_for_screen
from tests.tui.played import played
from tui import printing
from tui.app import InternApp
from tui.printing import number, percent
from tui.screens import handin
from tui.screens.card import CardScreen

TRIALS = 32
PREDICTED = "\npredict: {reliability: 0.6, wrong: {pay: 0.02}}\n"
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@pytest.fixture(autouse=True)
def _kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("INTERN_NO_ANIMATION", "1")


def written(tmp_path: Path, name: str, more: str = "") -> str:
    """A reference plan as a file of the learner's own."""
    path = tmp_path / f"{name}.yaml"
    path.write_text((folder() / "plans" / path.name).read_text("utf-8") + more, "utf-8")
    return str(path)


def mean(evaluation: Evaluation, name: str) -> float:
    values = [float(getattr(trial, name)) for trial in evaluation.scored]
    return sum(values) / len(values)


def from_the_run(evaluation: Evaluation) -> dict[str, float]:
    """What the card says of a run, counted trial by trial."""
    trials = evaluation.scored
    found = {
        "reliability": mean(evaluation, "accepted"), "caught": mean(evaluation, "caught"),
        "alarms": mean(evaluation, "alarms"), "through": mean(evaluation, "wrong_records"),
        "cost": mean(evaluation, "cost"), "your_minutes": mean(evaluation, "your_minutes"),
    }  # fmt: skip
    failed = sum(not t.accepted and (t.wrong_records > 0 or t.breaches > 0) for t in trials)
    found["missing"] = failed / len(trials)
    whole = sum(count for trial in trials for _, _, count in trial.blame)
    for skill, causes in ANSWERS_FOR.items():
        counts: dict[Any, int] = {}
        for trial in trials:
            for key, _, count in trial.blame:
                # Nothing was heard, so that a rule that nobody was told is a matter of discovery.
                owner = "discovery" if key.requirement else "clarity"
                if key.cause in causes and (key.cause not in NOT_PASSED_ON or skill == owner):
                    counts[key] = counts.get(key, 0) + count
        part = sum(counts.values())
        found[f"lost {skill}"] = found["missing"] * part / whole if whole else 0.0
        found[f"worst {skill}"] = max(counts.values(), default=0) / len(trials)
    return found


def test_the_card_is_the_run_counted_again(intern: Intern, tmp_path: Path) -> None:
    path = written(tmp_path, "sum-check", PREDICTED)
    run = json.loads(intern("run", path, "--trials", str(TRIALS), "--json").out)
    found = json.loads(intern("card", "--json").out)
    evaluation = session(reference("sum-check")).evaluate(trials=TRIALS)
    counted = from_the_run(evaluation)
    card = found["card"]
    skills = {one["skill"]: one for one in card["skills"]}
    assert list(skills) == list(SKILLS)
    assert card["parts"][0]["score"] == pytest.approx(counted["reliability"], rel=1e-5)
    assert card["parts"][0]["points"] == pytest.approx(50 * counted["reliability"], rel=1e-5)
    for skill in ANSWERS_FOR:
        if skills[skill]["score"] is not None:
            expected = 1 - counted[f"lost {skill}"]
            assert skills[skill]["score"] == pytest.approx(expected, abs=1e-5)
    looked = skills["verification"]["figures"]
    assert looked["caught"] == pytest.approx(counted["caught"], rel=1e-5)
    caught = 2 * counted["caught"]
    f1 = caught / (caught + counted["alarms"] + counted["through"])
    assert skills["verification"]["score"] == pytest.approx(f1, rel=1e-5)
    assert skills["foresight"]["score"] == run["foresight"]["score"]
    assert skills["economics"]["figures"]["cost"] == pytest.approx(counted["cost"], rel=1e-5)
    parts = {part["name"]: part for part in card["parts"]}
    for skill, name in JUDGEMENT.items():
        assert parts[name]["score"] == skills[skill]["score"]
    weights = sum(part["weight"] for part in card["parts"])
    points = sum(part["points"] for part in card["parts"])
    assert card["possible"] == pytest.approx(weights, rel=1e-5)
    assert card["total"] == pytest.approx(100 * points / weights, rel=1e-5)


def expected_numbers(evaluation: Evaluation, card: dict[str, Any]) -> set[str]:
    """Every number that may stand on the page, as it is written there."""
    counted = from_the_run(evaluation)
    hundred = ("missing", "reliability", *(f"lost {skill}" for skill in ANSWERS_FOR))
    told = [f"{100 * counted[name]:.0f}" for name in hundred]
    told += [number(100 * counted[name]) for name in hundred]
    told += [number(value) for value in counted.values()]
    for part in card["parts"]:
        told += [f"{value:.1f}".removesuffix(".0") for value in (part["weight"], part["points"])]
        told.append("" if part["score"] is None else f"{100 * part['score']:.0f}")
    given = {one["skill"]: one["figures"] for one in card["skills"]}
    told += [percent(given["economics"][name]) for name in ("share", "usual_share")
             if name in given["economics"]]  # fmt: skip
    told += [f"{value:.1f}".removesuffix(".0") for value in (card["possible"], card["points"])]
    facts = sum(len(one.knows) for one in invoices().stakeholders)
    told += [str(given["context"][name]) for name in ("papers", "noise")
             if name in given["context"]]  # fmt: skip
    told += [f"{card['total']:.0f}", "100", "50", "30", "20", "1", "0", str(facts), str(ENOUGH)]
    return {found for text in told for found in _NUMBER.findall(text)}


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("plan", ["naive", "split", "expert"])
@played
async def test_every_figure_of_the_screen_is_the_run_s(
    intern: Intern, plan: str, size: tuple[int, int]
) -> None:
    path = str(folder() / "plans" / f"{plan}.yaml")
    intern("run", path, "--trials", str(TRIALS))
    evaluation = session(reference(plan)).evaluate(trials=TRIALS)
    card = Store().attempts()[0].summary["card"]
    allowed = expected_numbers(evaluation, card)
    app = InternApp()
    async with app.run_test(size=size) as pilot:
        page = await opened(pilot)
        text = page.text().plain
        assert f"{card['total']:.0f} of 100" in text
        strange = [found for found in _NUMBER.findall(text) if found not in allowed]
        assert not strange
        assert max(map(len, text.splitlines())) <= size[0] - 4
        for skill in SKILLS:
            assert skill in text


async def opened(pilot: Pilot[Any]) -> CardScreen:
    await wait_for_screen(pilot, "HomeScreen")
    await wait_for(pilot, lambda: "Report card" in shown(pilot), "the foot")
    await pilot.press("c")
    await wait_for_screen(pilot, "CardScreen")
    await wait_for(pilot, lambda: "attempt" in shown(pilot), "the page")
    await settle(pilot)
    found = pilot.app.screen
    assert isinstance(found, CardScreen)
    return found


@played
async def test_before_anything_was_run_there_is_no_card(intern: Intern) -> None:
    assert intern("card").status == 2
    app = InternApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = await opened(pilot)
        assert "No attempt is kept yet" in page.text().plain
        await pilot.press("escape")
        await wait_for_screen(pilot, "HomeScreen")


@played
async def test_attempts_are_leafed_through(intern: Intern) -> None:
    for plan in ("naive", "rules"):
        intern("run", str(folder() / "plans" / f"{plan}.yaml"), "--trials", "16")
    app = InternApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "attempt 2: rules.yaml" in shown(pilot)
        await pilot.press("right", "left", "left")
        await wait_for(pilot, lambda: "attempt 1: naive.yaml" in shown(pilot), "the first")
        await pilot.press("right")
        await wait_for(pilot, lambda: "attempt 2: rules.yaml" in shown(pilot), "the second")


@played
async def test_after_a_hand_in_its_card_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handin, "TRIALS", TRIALS)
    app = InternApp()
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        book = app.book("invoices")
        book.draft.load((folder() / "plans" / "rules.yaml").read_text("utf-8"), "rules")
        await at_stage(pilot, "handin")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "your report card" in shown(pilot), "the end")
        await pilot.press("enter")
        await wait_for_screen(pilot, "CardScreen")
        await wait_for(pilot, lambda: "sealed records" in shown(pilot), "the card")
        for record in book.scenario.lots["sealed"]:
            assert record.id not in shown(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, "HandinScreen")
        await pilot.press("enter")
        await wait_for(pilot, lambda: screen(pilot) != "HandinScreen", "what is next")


def test_what_was_foretold_counts_once_and_is_drawn_when_there_is_enough(
    intern: Intern, tmp_path: Path
) -> None:
    path = written(tmp_path, "rules", PREDICTED)
    for _ in range(2):
        intern("run", path, "--trials", "16")
    found = json.loads(intern("card", "--json").out)
    assert found["predictions"]["predictions"] == 2
    assert found["predictions"]["groups"] == []
    assert f"From {ENOUGH} on" in " ".join(intern("card").out.split())
    kept = Store().attempts()[0]
    steps = (folder() / "plans" / "rules.yaml").read_text("utf-8")
    for place in range(ENOUGH):
        text = f"{steps}\n".replace("batch:", f"redo: {place % 6}\n    batch:")
        text = text.replace("ledger", f"ledger-{place}")
        Store().add_attempt(plan_text=text, summary=kept.summary, revealed=False, program="0")
    many = json.loads(intern("card", "--json").out)["predictions"]
    assert sum(group["size"] for group in many["groups"]) == many["predictions"] >= ENOUGH
    with printing.columns(80):
        drawn = intern("card").out
    assert "what you said (to the right)" in " ".join(drawn.split())


def test_a_plan_that_was_seen_is_no_longer_foretold(intern: Intern, tmp_path: Path) -> None:
    intern("run", written(tmp_path, "rules"), "--trials", "16")
    intern("run", written(tmp_path, "rules", PREDICTED), "--trials", "16")
    found = json.loads(intern("card", "--json").out)
    assert found["predictions"]["predictions"] == 0
    skills = {one["skill"]: one for one in found["card"]["skills"]}
    assert skills["foresight"]["score"] is None
