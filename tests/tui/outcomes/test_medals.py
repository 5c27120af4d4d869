"""A medal is bronze at most while a bought answer is in the plan, and it is said why."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.debriefing.bought import Bought, Piece
from simulator.scoring.evaluation import Evaluation
from simulator.storage.store import Store
from tests.office import folder, reference, session
from tui.command_line import run
from tui.outcomes import medals

SENTENCE = next(
    line for line in reference("expert").steps[0].instructions.splitlines() if len(line) > 40
)
ANSWER = Bought(f"In `copy`, write: {SENTENCE}", (Piece("", "words", SENTENCE),))
OTHER = Bought("batch: 2", (Piece("copy", "batch", "2"),))


@pytest.fixture(scope="module")
def sealed() -> Evaluation:
    """Every trial good enough, whatever the figures of the interns are."""
    from dataclasses import replace

    found = session(reference("expert")).evaluate("sealed", seed=1, trials=16)
    good = tuple(replace(one, accepted=True) for one in found.scored)
    return replace(found, scored=good)


def test_a_bought_answer_in_the_plan_keeps_a_medal_at_bronze(sealed: Evaluation) -> None:
    assert medals.medal(sealed) == "gold"
    assert medals.medal(sealed, [ANSWER]) == "bronze"
    assert medals.line(sealed, [ANSWER]).startswith("Medal: bronze. Bronze at most: an answer")
    assert "words of your own" in medals.line(sealed, [ANSWER])


def test_an_answer_that_is_not_in_the_plan_keeps_nothing_down(sealed: Evaluation) -> None:
    assert medals.medal(sealed, [OTHER]) == "gold"
    assert medals.line(sealed, [OTHER]) == "Medal: gold."


def test_explaining_with_the_words_notes_that_they_were_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path))
    plan = str(folder() / "plans" / "naive.yaml")
    run(["explain", plan, "--trials", "16", "--jobs", "1", "--hint", "pointer"])
    assert "Where to look: " in (free := capsys.readouterr().out)
    assert "The words: " not in free
    assert Store().bought("invoices") == []
    run(["explain", plan, "--trials", "16", "--jobs", "1", "--hint", "answer"])
    out = " ".join(capsys.readouterr().out.split())
    assert "The words: " in out
    (one,) = Store().bought("invoices")
    assert one.answer in out
