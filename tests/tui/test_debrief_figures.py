"""Every figure of the debrief is the figure of the run behind it, on the screen and off.

The run is made again beside the page, trial by trial, and what stands on the page must be a figure
of that: no number on it may come from anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from agents.debriefing import Debrief, Debriefer
from scenarios.files.source import parse
from scenarios.plans.file import read_plan
from simulator.coaching import Without
from simulator.debriefing.heard import NOT_TOLD
from simulator.scoring.evaluation import Evaluation
from simulator.slip import SlipKey
from tests.office import cast, folder, invoices, session
from tests.tui.conftest import Intern
from tests.tui.pilots import at_stage, debriefed, settle, shown, wait_for, wait_for_screen
from tests.tui.played import played
from tui.app import InternApp
from tui.outcomes import costs, feedback
from tui.printing import number, percent
from tui.printing import shown as value_shown
from tui.screens import evaluation as evaluation_module
from tui.widgets.plain import Plain

TRIALS = 16
SAID = {"reliability": 0.6, "wrong": {"pay": 0.02}}
pytestmark = pytest.mark.timeout(300)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_FIXED = {"0", "1", "95", "24"}
"""No error, one trial, the interval's 95 %, and the invoices of a sample."""


@pytest.fixture(autouse=True)
def _kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("INTERN_NO_ANIMATION", "1")
    monkeypatch.setattr(evaluation_module, "TRIALS", TRIALS)


@pytest.fixture(params=["rules", "sum-check"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A reference plan with something predicted."""
    text = (folder() / "plans" / f"{request.param}.yaml").read_text("utf-8")
    path = tmp_path / "plan.yaml"
    said = f"predict: {{reliability: {SAID['reliability']}, wrong: {{pay: 0.02}}}}"
    path.write_text(f"{text}\n{said}\n", "utf-8")
    return path


@cache
def _again(text: str, trials: int) -> Debrief:
    plan = read_plan(parse(text, "plan"), lambda _: invoices(), cast()).plan
    find = Debriefer(session(plan))
    evaluation = find.session.evaluate(trials=trials)
    found = find.blame(find.advise(find.show(evaluation)), costs.costliest(evaluation))
    return find.weed(find.look_at_controls(found))


@dataclass
class Behind:
    """The run behind a page, made again."""

    path: Path
    idle: bool = False

    @cached_property
    def debrief(self) -> Debrief:
        found = _again(self.path.read_text("utf-8"), TRIALS)
        return found if self.idle else replace(found, idle=())

    @property
    def evaluation(self) -> Evaluation:
        return self.debrief.evaluation

    def numbers(self) -> set[str]:
        """All that may stand on the page, as it would be written."""
        told = [*self._counted(), *self._blamed(), *self._measured(), *self._exhibited()]
        return {found for text in told for found in _NUMBER.findall(text)} | _FIXED

    def words(self) -> Iterable[str]:
        """Texts of the scenario, the coach and the learner, whose numbers are their own."""
        debrief = self.debrief
        yield from (one.part.part for one in (*debrief.controls, *debrief.idle))
        if debrief.best is not None:
            change = debrief.best.change
            yield from (change.says, change.pointer, change.answer)
        if debrief.exhibit is not None:
            yield " ".join(debrief.exhibit.slip.words.split())
            yield debrief.exhibit.record
        if debrief.cause is not None:
            yield feedback.question(debrief.cause.cause, debrief.cause.step)

    def _counted(self) -> Iterable[str]:
        """Means over the trials, one by one, and what had been said of them."""
        trials = self.evaluation.scored
        assert len(trials) == TRIALS

        def mean(values: Iterable[float]) -> float:
            return sum(values) / len(trials)

        good = mean(t.accepted for t in trials)
        wrong = mean(t.wrong_records for t in trials)
        for name in ("loss", "cost", "minutes", "escalations"):
            yield number(mean(float(getattr(t, name)) for t in trials))
        yield from (number(wrong), percent(good), str(TRIALS), str(sum(t.accepted for t in trials)))
        pay = wrong / 24
        scores = []
        usual = [lots["practice"] for lots in invoices().usual.values()]
        bases = (
            sum(plan.reliability for plan in usual) / max(1, len(usual)),
            sum(plan.wrong["pay"] for plan in usual) / max(1, len(usual)),
        )
        for said, came, base in ((0.6, good, bases[0]), (0.02, pay, bases[1])):
            yours, chance = (said - came) ** 2, came * (1 - came)
            yield from (percent(said), percent(came), f"{100 * (came - said):+.0f}", percent(base))
            yield from (number(yours + chance), number(yours))
            scores.append((yours, chance, (base - came) ** 2 + chance))
        brier = sum(yours + chance for yours, chance, _ in scores) / 2
        mine, usually = (sum(row[i] for row in scores) / 2 for i in (0, 2))
        yield from (number(brier), number(mine), number(brier - mine), "2")
        yield number(1 - brier / usually)

    def _blamed(self) -> Iterable[str]:
        """What goes back to each cause, from the trials; alone and with those that look alike."""
        sums: dict[Any, list[float]] = {}
        for trial in self.evaluation.scored:
            for key, loss, count in trial.blame:
                unasked = key.requirement if key.cause in NOT_TOLD else None
                for name in (key, (key.cause, key.step, key.result), unasked):
                    row = sums.setdefault(name, [0.0, 0.0])
                    row[0] += loss / TRIALS
                    row[1] += count / TRIALS
        whole = sum(row[0] for name, row in sums.items() if isinstance(name, SlipKey))
        for lost, records in sums.values():
            yield from (number(lost), number(records), percent(lost / whole))
        yield str(sum(len(one.knows) for one in invoices().stakeholders))

    def _measured(self) -> Iterable[str]:
        """What was run again."""
        debrief = self.debrief
        whole = 0.0
        for one in debrief.blamed:
            lost = one.left + one.loss.mean
            yield from _written(*(None if x is None else x / lost for x in one.loss), share=True)
            whole += one.loss.mean / lost
        yield from _written(whole, share=True)
        for part in (*debrief.controls, *debrief.idle):
            yield from _without(part)
        if debrief.best is not None:
            before = sum(t.loss for t in self.evaluation.scored) / TRIALS
            yield from _written(before, before + debrief.best.loss.mean, *debrief.best.loss)
            yield from (percent(debrief.best.before), percent(debrief.best.after))
            yield number(debrief.best.cost.mean)

    def _exhibited(self) -> Iterable[str]:
        """What came out on the record that is shown, and what is true of it."""
        exhibit = self.debrief.exhibit
        if exhibit is None:
            return
        yield from (str(exhibit.trial + 1), number(exhibit.loss))
        record = invoices().record[exhibit.record]
        yield value_shown(record.truth["pay"])
        yield value_shown(next(got for name, got, _ in exhibit.delivered if name == "pay"))
        yield from (value_shown(exhibit.slip.got), value_shown(exhibit.slip.wanted))


def _without(part: Without) -> Iterable[str]:
    for estimate in (part.loss, part.wrong_records, part.cost, part.minutes, part.your_minutes):
        yield from _written(*estimate)


def _written(*values: float | None, share: bool = False) -> Iterable[str]:
    for value in values:
        if value is not None:
            yield f"{100 * value:.0f} %" if share else number(value)


def strangers(page: str, behind: Behind) -> list[str]:
    """Numbers of a page that are no figures of the run behind it."""
    text = " ".join(page.split())
    for words in sorted(filter(None, behind.words()), key=len, reverse=True):
        text = text.replace(" ".join(words.split()), " ")
    allowed = behind.numbers()
    return [found for found in _NUMBER.findall(text) if found not in allowed]


def test_every_figure_that_is_told_is_the_run_s(intern: Intern, path: Path) -> None:
    behind = Behind(path)
    told = intern("explain", str(path), "--trials", str(TRIALS)).out
    # The record is shown as it is, and its numbers are its own.
    lines = [line for line in told.splitlines() if not line.startswith("    |")]
    assert f"reliability {percent(_mean(behind.evaluation))}" in " ".join("\n".join(lines).split())
    assert not strangers("\n".join(lines), behind)
    assert strangers("It lost 123,456,789 EUR a trial.", behind) == ["123,456,789"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@played
async def test_every_figure_that_is_shown_is_the_run_s(path: Path, size: tuple[int, int]) -> None:
    behind = Behind(path, idle=True)
    app = InternApp()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        book = app.book("invoices")
        book.draft.load(path.read_text("utf-8"), "plan.yaml")
        await at_stage(pilot, "evaluation")
        await wait_for(pilot, lambda: "kept as attempt" in shown(pilot), "the result")
        await pilot.press("enter")
        await wait_for_screen(pilot, "DebriefScreen")
        page = await debriefed(pilot)
        text = "\n".join(
            str(part.content) for part in page.query(Plain) if part.display and part.id != "record"
        )
        assert percent(_mean(behind.evaluation)) in text
        assert "The greatest surprise" in text
        assert not strangers(text, behind)


def _mean(evaluation: Evaluation) -> float:
    return sum(trial.accepted for trial in evaluation.scored) / len(evaluation.scored)
