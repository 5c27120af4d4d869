"""What people see of prose: its text, and its points in the author's words, never their names."""

from __future__ import annotations

from pathlib import Path

from agents.gate import checks
from agents.gate.finding import Finding
from agents.gate.subject import Subject
from scenarios import load_cast
from tests.simulator import mails
from tui import brief
from tui.outcomes import story


def test_a_debrief_says_which_points_a_text_makes_and_lacks(tmp_path: Path) -> None:
    trap = "  traps: [{field: qdated, needs: date-it, wrong: false, luck: 0}]\n"
    every = {f"{lot}-{n}": trap for lot in ("practice", "sealed") for n in range(1, 13)}
    scenario = mails.load(tmp_path, mails.records(every))
    debrief = mails.session(scenario, mails.step()).explain(seed=1, trials=4)
    text = " ".join(story.tell(debrief, "plan").split())
    assert 'answer: does not say "Your order was sent on 3 May.", and should' in text
    assert "qdated" not in text
    assert "qdated" not in str(story.debrief_object(debrief, "plan", "sim"))


def test_a_solved_record_shows_the_text_and_what_the_archive_says(tmp_path: Path) -> None:
    scenario = mails.load(tmp_path)
    assert "prose" in brief.deliverable(scenario)
    text = brief.record(scenario, "archive-1")
    assert "Good day. Your order was sent on 3 May. Kind regards" in text
    assert "The right answer:" in text
    assert "qdated" not in text
    labelled = mails.load(tmp_path, mails.records({"archive-1": "  label: {does: none}\n"}))
    assert "The archive says:" in brief.record(labelled, "archive-1")
    assert "none" in brief.record(labelled, "archive-1")


def test_an_author_hears_of_points_that_cannot_be_told_apart(tmp_path: Path) -> None:
    def found(text: str) -> list[Finding]:
        scenario = mails.load(tmp_path, scenario=text)
        return list(checks.read_back(Subject(tmp_path, scenario, {}, load_cast())))

    assert not found(mails.SCENARIO)
    twice = mails.SCENARIO.replace(
        "We are glad to have you as a customer.", "Your order was sent on 3 May."
    )
    said = found(twice)
    assert {one.field for one in said} == {"fields.qdated.wording", "fields.qthanks.wording"}
    assert all("read as saying too" in one.says and one.fails for one in said)
