"""The learner's attempts among other plans: figures as they were run, names only when earned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agents import population as module
from agents.population import Came
from simulator.storage.store import FILE, Attempt, Store
from tests.office import folder, invoices
from tests.tui.conftest import Intern
from tui.outcomes import standing as shown
from tui.outcomes.standing import standing

CAME = [
    Came("reference", "naive", 0.0, 900.0, 0.1, 1.0),
    Came("reference", "sum-check", 0.5, 90.0, 0.4, 2.0),
    Came("reference", "expert", 0.9, 9.0, 1.0, 4.0),
    Came("bot", "", 0.7, 40.0, 0.8, 3.0),
    Came("bot", "", 0.6, 50.0, 0.9, 3.0),
]


def attempt(
    number: int, *, lot: str = "practice", revealed: bool = False, **summary: Any
) -> Attempt:
    whole = {
        name: {"mean": value}
        for name, value in
        {"reliability": 0.4, "loss": 100.0, "cost": 0.2, "minutes": 1.5}.items()
    }  # fmt: skip
    return Attempt(number, "2026-01-01T10:00:00+00:00", "1", "invoices", "mine.yaml", "", lot,
                   "sim", 1, 80, revealed, {**whole, **summary})  # fmt: skip


def test_reference_plans_have_no_names_before_a_medal() -> None:
    for attempts in ([], [attempt(1)], [attempt(1, lot="sealed", medal=None)],
                     [attempt(1, lot="sealed", medal="gold", revealed=True)]):  # fmt: skip
        placed = standing(CAME, attempts)
        said = shown.text(invoices(), placed) + json.dumps(
            shown.standing_object(invoices(), placed)
        )
        assert "naive" in said
        assert "sum-check" not in said
        assert "expert" not in said
        assert len(placed) == len(CAME) + sum(one.lot == "practice" for one in attempts)
    said = shown.text(invoices(), standing(CAME, [attempt(1, lot="sealed", medal="bronze")]))
    assert "sum-check" in said


def test_the_front_is_marked_and_the_dominated_are_not() -> None:
    placed = standing(CAME, [attempt(7)])
    best = {(one.kind, one.cost) for one in placed if one.front}
    assert best == {("reference", 0.1), ("attempt", 0.2), ("reference", 0.4), ("bot", 0.8),
                    ("reference", 1.0)}  # fmt: skip


def test_every_figure_is_where_it_belongs() -> None:
    placed = standing(CAME, [attempt(7)])
    assert placed[0][:6] == ("attempt", "attempt 7", 0.4, 100.0, 0.2, 1.5)
    assert [one[2:6] for one in placed[1:]] == [one[2:] for one in CAME]
    said = shown.text(invoices(), placed)
    row = next(line for line in said.splitlines() if line.strip().startswith("attempt 7"))
    assert row.split()[2:7] == ["40", "%", "100", "0.2", "1.5"]
    for measure in shown.MEASURES:
        rows = shown.histogram(placed, measure).splitlines()[1:]
        assert sum(int(row.split()[3]) for row in rows) == len(placed)
        assert sum("you: 7" in row for row in rows) == 1
    grid = shown.drawn(placed).splitlines()[1:13]
    assert sum(line.count("#") for line in grid) == 1


def test_a_sealed_attempt_is_not_among_them() -> None:
    assert len(standing(CAME, [attempt(1, lot="sealed")])) == len(CAME)
    assert len(standing(CAME, [attempt(1, reliability={"mean": None})])) == len(CAME)


def test_the_command_says_where_one_stands(
    intern: Intern, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BOTS", 3)
    monkeypatch.setattr(module, "TRIALS", 8)
    monkeypatch.setattr(module, "references", lambda _: [folder() / "plans" / "naive.yaml"])
    intern("run", str(folder() / "plans" / "split.yaml"), "--trials", "8", "--json")
    status, out, err = intern("standing", "invoices", "--json")
    found = json.loads(out)
    assert (status, err, found["schema"]) == (0, "", 1)
    kept = Store(tmp_path / "kept" / FILE).attempt(1).summary
    mine = found["plans"][0]
    assert (mine["kind"], mine["name"]) == ("attempt", "attempt 1")
    for name in ("reliability", "loss", "cost", "minutes"):
        assert mine[name] == kept[name]["mean"]
    assert [one["kind"] for one in found["plans"]][:2] == ["attempt", "reference"]
    out = intern("standing", "invoices").out
    assert "attempt 1" in out
    assert out.isascii()
    assert max(map(len, out.splitlines())) <= 100
    assert intern("standing", "nowhere").status == 2
