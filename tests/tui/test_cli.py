"""The commands: what they print, keep and exit with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agents.session import Session
from scenarios.loading import library
from simulator.scoring.evaluation import Scored
from simulator.scoring.statistics import Estimate
from simulator.storage.store import FILE, Store
from tests.tui.conftest import Intern
from tui.outcomes.comparison import verdict

ROOT = Path(__file__).parents[2]
PLANS = library()["invoices"].parent / "plans"
NAIVE = str(PLANS / "naive.yaml")
RULES = str(PLANS / "rules.yaml")


def program(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """`intern` in a process of its own."""
    start = ["-c", code] if code else ["-m", "tui.cli", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *start], capture_output=True, text=True, timeout=60, check=False,
        env=environment,
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_imports_nothing_slow(arguments: list[str]) -> None:
    code = (
        "import sys; from tui.cli import main; status = main(" + repr(arguments) + ");"
        "slow = {'textual', 'langgraph', 'pydantic', 'sqlalchemy', 'yaml'} & set(sys.modules);"
        "sys.exit(f'{status} {slow}' if status or slow else 0)"
    )
    done = program(code=code)
    assert (done.returncode, done.stderr) == (0, "")
    assert "intern" in done.stdout


def test_every_command_has_the_help_that_is_promised(intern: Intern) -> None:
    from tui.command_line import COMMANDS

    for name in COMMANDS:
        status, out, _ = intern(name, "--help")
        assert status == 0
        assert out.startswith(f"Usage: intern {name}")


def test_run_prints_one_object(intern: Intern) -> None:
    status, out, err = intern("run", NAIVE, "--trials", "16", "--seed", "3", "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert list(found) == [
        "schema", "scenario", "plan", "model", "reader", "lot", "seed", "trials", "samples",
        "reliability", "pass_k", "wrong_records", "loss", "cost", "piloted", "minutes", "limits",
        "foresight", "inferred", "slips", "faults", "stopped",
    ]  # fmt: skip
    assert (found["schema"], found["scenario"], found["plan"]) == (1, "invoices", "naive.yaml")
    assert (found["model"], found["reader"]) == ("sim", "sim")
    assert (found["lot"], found["seed"]) == ("practice", 3)
    assert (found["trials"], found["samples"], len(found["pass_k"])) == (16, 2, 8)
    assert set(found["reliability"]) == {"mean", "low", "high"}
    assert found["slips"][0]["cause"] == "unstated"
    assert {slip["requirement"] for slip in found["slips"]} == {None}
    assert all(list(s) == ["cause", "step", "field", "requirement", "per_trial"]
               for s in found["slips"])  # fmt: skip
    looks = [(s["cause"], s["step"], s["field"]) for s in found["slips"]]
    assert len(looks) == len(set(looks))
    assert [s["per_trial"] for s in found["slips"]] == sorted(
        (s["per_trial"] for s in found["slips"]), reverse=True
    )


def test_the_number_of_jobs_changes_no_byte() -> None:
    said = [
        program("run", RULES, "--trials", "24", "--json", "--jobs", jobs) for jobs in ("1", "2")
    ]
    assert said[0].returncode == 0
    assert said[0].stdout == said[1].stdout


def test_a_few_trials_have_no_pass_8(intern: Intern) -> None:
    found = json.loads(intern("run", NAIVE, "--trials", "3", "--json").out)
    assert found["pass_k"] == [0.0, 0.0, 0.0, None, None, None, None, None]
    assert found["reliability"] == {"mean": 0.0, "low": None, "high": None}


def test_revealing_adds_names_and_marks_the_attempt(intern: Intern, tmp_path: Path) -> None:
    found = json.loads(intern("run", NAIVE, "--trials", "8", "--json", "--reveal").out)
    assert any(slip["requirement"] for slip in found["slips"])
    assert any(slip["hidden_field"] for slip in found["slips"])
    intern("run", NAIVE, "--trials", "8", "--json")
    kept = Store(tmp_path / "kept" / FILE).attempts()
    assert [attempt.revealed for attempt in kept] == [True, False]
    beside = ("card", "wrong_by_trial")
    assert {k: v for k, v in kept[0].summary.items() if k not in beside} == found
    assert kept[0].plan_text == (PLANS / "naive.yaml").read_text("utf-8")


def test_the_table_leads_with_money_lost(intern: Intern) -> None:
    status, out, err = intern("run", NAIVE, "--trials", "8", "--jobs", "1")
    lines = out.splitlines()
    assert status == 0
    assert lines[3].split()[:2] == ["money", "lost"]
    assert lines[4].split()[:2] == ["wrong", "invoices"]
    assert "nobody told them" in out
    assert "Kept as attempt 1" in err
    assert max(map(len, lines)) <= 100
    assert out.isascii()
    assert "Medal" not in out


@pytest.mark.parametrize("columns", ["40", "80"])
@pytest.mark.parametrize(
    "arguments",
    [("show", "invoices"), ("list",), ("backbrief", RULES), ("run", NAIVE, "--trials", "8")],
)
def test_narrow_terminals(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, columns: str, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    widest = max(map(len, intern(*arguments).out.splitlines()))
    assert widest <= (80 if columns == "80" else 64)


def test_a_bar_that_is_missed(intern: Intern) -> None:
    assert intern("run", NAIVE, "--trials", "8", "--json", "--bar", "0.5").status == 1
    assert intern("run", NAIVE, "--trials", "8", "--json", "--bar", "0").status == 0


def test_what_is_interrupted_is_reported(intern: Intern, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Session._scored

    def stopped(self: Session, *args: Any) -> Iterator[list[Scored]]:
        yield next(iter(whole(self, *args)))
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "_scored", stopped)
    status, out, _ = intern("run", NAIVE, "--trials", "80", "--json", "--jobs", "1")
    assert status == 130
    assert json.loads(out)["trials"] == 8
    status, out, _ = intern("explain", NAIVE, "--trials", "80", "--jobs", "1")
    assert status == 130
    assert "8 times before it was interrupted" in out


def test_a_store_that_cannot_be_written_costs_a_warning(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "file"))
    status, out, err = intern("run", NAIVE, "--trials", "8", "--json")
    assert status == 0
    assert json.loads(out)["trials"] == 8
    assert err.startswith("intern: this attempt is not kept: ")
    assert err.count("\n") == 1


def test_sealed_has_its_own_trials_and_seed(
    intern: Intern, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agents.session.SEALED_TRIALS", 16)
    found = json.loads(intern("run", RULES, "--sealed", "--json", "--jobs", "1").out)
    assert (found["lot"], found["seed"], found["trials"]) == ("sealed", 1, 16)
    assert "medal" in intern("run", RULES, "--sealed", "--jobs", "1").out.casefold()


def test_explain_says_why_and_what_would_help(intern: Intern) -> None:
    status, out, err = intern("explain", NAIVE, "--trials", "16", "--jobs", "1")
    assert (status, err) == (0, "")
    assert "naive.yaml did the job 16 times" in out
    assert "nobody told them (unstated)" in out
    assert "it rests on: nothing you wrote" in out
    assert "What would help most" in out
    assert "Measured: loss" in out
    assert "The words:" not in out
    assert "The words:" in intern("explain", NAIVE, "--trials", "8", "--reveal").out


def test_explain_as_one_object(intern: Intern) -> None:
    found = json.loads(intern("explain", NAIVE, "--trials", "16", "--json", "--jobs", "1").out)
    ran = json.loads(intern("run", NAIVE, "--trials", "16", "--json", "--jobs", "1").out)
    assert {key: found[key] for key in ran} == ran
    assert found["causes"][0]["cause"] == "unstated"
    assert sum(cause["loss"] for cause in found["causes"]) == pytest.approx(
        ran["loss"]["mean"], rel=1e-4
    )
    assert found["advice"]["loss"]["mean"] < 0
    assert "answer" not in found["advice"]


def test_explain_says_which_parts_do_nothing(intern: Intern, tmp_path: Path) -> None:
    plan = Path(NAIVE).read_text("utf-8")
    assert "instructions: |" in plan
    polite = plan.replace("instructions: |\n", "instructions: |\n      You are wonderful.\n", 1)
    told = tmp_path / "polite.yaml"
    told.write_text(polite, "utf-8")
    out = intern("explain", str(told), "--trials", "16", "--idle").out
    idle = out.partition("What does nothing")[2]
    assert '`ledger`, "You are wonderful.": wages -' in " ".join(idle.split())
    assert "What does nothing" not in intern("explain", str(told), "--trials", "16").out


def test_compare_says_which_is_better(intern: Intern) -> None:
    status, out, _ = intern("compare", NAIVE, RULES, "--trials", "40", "--json")
    found = json.loads(out)["metrics"]
    assert status == 0
    assert found["wrong_records"]["b_is"] == "better"
    assert found["wrong_records"]["difference"]["mean"] == pytest.approx(
        found["wrong_records"]["b"] - found["wrong_records"]["a"], abs=1e-4
    )
    out = intern("compare", NAIVE, NAIVE, "--trials", "16").out
    assert "same" in out
    assert "better" not in out


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (Estimate(-2.0, -3.0, -1.0), "better"),
        (Estimate(2.0, 1.0, 3.0), "worse"),
        (Estimate(-1.0, -3.0, 1.0), "no more than noise"),
        (Estimate(0.0, 0.0, 0.0), "same"),
        (Estimate(-1.0, None, None), "one sample says nothing of luck"),
    ],
)
def test_differences_in_words(estimate: Estimate, words: str) -> None:
    assert verdict(estimate, more_is_better=False) == words


def test_a_new_plan_can_be_run_as_it_is(intern: Intern, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    status, out, err = intern("new", "plan", "invoices", "-o", str(path))
    assert (status, out) == (0, "")
    assert f"Wrote {path}" in err
    assert path.read_text("utf-8") == intern("new", "plan", "invoices").out
    assert intern("run", str(path), "--trials", "8", "--json").status == 0
    path.write_text("mine")
    assert intern("new", "plan", "invoices", "-o", str(path)).status == 2
    assert intern("new", "plan", "invoices", "-o", str(path), "--force").status == 0
    assert path.read_text("utf-8") != "mine"


def test_an_interview_is_remembered_until_it_is_started_over(intern: Intern) -> None:
    question = "How do you treat credit notes?"
    first = intern("ask", "invoices", question)
    assert first.status == 0
    assert "with a minus" in first.out
    assert "(4 answers left)" in first.out
    again = intern("ask", "invoices", question).out
    assert "As I said" in again
    assert "(it cost nothing; 4 answers left)" in again
    strange = intern("ask", "invoices", "Blargh elephant qwertz?").out
    assert "(not understood, or not known; it cost nothing; 4 answers left)" in strange
    assert intern("ask", "invoices", "--start-over").status == 0
    assert intern("ask", "invoices", question).out == first.out


def test_doctor_finds_nothing_wrong_and_tells_no_secret(
    intern: Intern, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://me:hunter2@localhost:8000/v1?token=abc")
    status, out, _ = intern("doctor")
    assert status == 0, out
    assert "is set (14 characters)" in out
    assert "http://localhost:8000/v1" in out
    assert not any(secret in out for secret in ("very-secret", "hunter2", "token"))


def test_doctor_finds_a_foreign_package_and_a_broken_store(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tui.checkup.packages_distributions", lambda: {"agents": ["openai-agents"]})
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / FILE).write_bytes(b"this is no database" * 100)
    status, out, _ = intern("doctor")
    assert status == 1
    assert "openai-agents" in out
    assert "2 wrong." in out


def test_progress_is_drawn_where_somebody_looks(
    intern: Intern, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = intern("run", NAIVE, "--trials", "8", "--json", "--jobs", "1")
    monkeypatch.setattr("tui.progress.watched", lambda: True)
    drawn = intern("run", NAIVE, "--trials", "8", "--json", "--jobs", "1")
    assert quiet.err == ""
    assert "trials" in drawn.err
    assert drawn.out == quiet.out


def test_a_first_look(intern: Intern, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agents.session.TRIALS", 16)
    status, out, _ = intern()
    assert status == 0
    assert "nobody told them" in out
    assert out.rstrip().endswith("intern explain my-plan.yaml")
    assert Store(tmp_path / "kept" / FILE).attempts() == []
