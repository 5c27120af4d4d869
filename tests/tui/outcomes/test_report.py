"""`intern report`: where it writes, what it refuses, and in how many words."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.storage.store import FILE, Store
from tests.office import folder
from tests.tui.conftest import Intern
from tests.tui.page.reading import read

NAIVE = folder() / "plans" / "naive.yaml"


def test_an_attempt_and_the_portfolio_are_written(intern: Intern, tmp_path: Path) -> None:
    page, whole = tmp_path / "page.html", tmp_path / "all.html"
    assert intern("run", str(NAIVE), "--trials", "8", "--json").status == 0
    status, out, err = intern("report", "1", "-o", str(page), "--jobs", "1")
    assert (status, out) == (0, "")
    assert f"Wrote {page}." in err
    assert "nobody told them" in read(page.read_text("utf-8")).section("causes").text
    assert intern("report", "-o", str(whole)).status == 0
    assert "1 attempt at 1 scenario" in read(whole.read_text("utf-8")).text


def test_what_is_there_is_not_overwritten_unless_that_is_asked(
    intern: Intern, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text("mine")
    status, out, err = intern("report", "-o", str(path))
    assert (status, out) == (2, "")
    assert err == f"intern: {path}: is there already; choose another name, or add --force\n"
    assert path.read_text() == "mine"
    assert intern("report", "-o", str(path), "--force").status == 0
    assert "No attempt is kept yet" in path.read_text("utf-8")


@pytest.mark.parametrize(("arguments", "said"), [
    (("report", "7", "-o", "page.html"), "there is no attempt 7"),
    (("report", "mine", "-o", "page.html"), "must be a whole number"),
    (("report", "0", "-o", "page.html"), "must be at least 1"),
    (("report",), "--output"),
    (("report", "-o", "nowhere/page.html"), "nowhere/page.html: cannot be written"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_line(
    intern: Intern, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...],
    said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    status, out, err = intern(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "page.html").exists()


def test_a_scenario_that_is_not_there_any_more_is_named(intern: Intern, tmp_path: Path) -> None:
    text = NAIVE.read_text("utf-8").replace("scenario: invoices", "scenario: gone")
    summary = {"scenario": "gone", "plan": "p", "lot": "practice", "model": "sim", "seed": 1,
               "trials": 8}  # fmt: skip
    Store(tmp_path / "kept" / FILE).add_attempt(
        plan_text=text, summary=summary, revealed=False, program="1"
    )
    status, _, err = intern("report", "1", "-o", str(tmp_path / "page.html"))
    assert status == 2
    assert "attempt 1" in err
    assert "gone" in err
    # The portfolio has what was kept of it all the same.
    assert intern("report", "-o", str(tmp_path / "all.html")).status == 0
    assert "gone" in (tmp_path / "all.html").read_text("utf-8")
