"""Bad input is one clear line, with file and line number, and exit status 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.loading import library
from tests.tui.conftest import Intern

GOOD = """\
scenario: invoices
steps:
  - id: ledger
    assignee: mira
    reads: [records]
    produces:
      pay: ~
"""
SECOND = """\
  - id: again
    assignee: mira
    reads: [{reads}]
    produces: {{{produces}: {means}}}
"""
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
PLANS = {
    "not YAML": ("steps: [", 1),
    "a list": ("- 1\n", 1),
    "empty": ("", None),
    "control characters": (GOOD + "    instructions: \x1b[2J\n", 8),
    "unknown key": (GOOD + "    instruction: Do it.\n", 8),
    "unknown colleague": (GOOD.replace("mira", "mirra"), 4),
    "unknown document": (GOOD.replace("[records]", "[records, handbok]"), 5),
    "unknown scenario": (GOOD.replace("invoices", "inovices"), 1),
    "cycle": (GOOD.replace("[records]", "[again]")
              + SECOND.format(reads="ledger", produces="note", means="a note"), 5),
    "nobody produces it": (GOOD.replace("pay: ~", "other: a thing"), 2),
    "two produce it": (GOOD + SECOND.format(reads="records", produces="pay", means="~"), 11),
    "same step twice": (GOOD + SECOND.format(reads="records", produces="x", means="it").replace(
        "again", "ledger"), 8),
    "bomb": (BOMB, None),
    "deep": ("x: " + "[" * 500 + "]" * 500, 1),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", PLANS)
@pytest.mark.parametrize("command", ["run", "explain", "backbrief"])
def test_a_wrong_plan(intern: Intern, case: str, command: str) -> None:
    text, line = PLANS[case]
    Path("plan.yaml").write_text(text, "utf-8")
    status, out, err = intern(command, "plan.yaml")
    assert status == 2
    assert out == ""
    where = "plan.yaml:" if line is None else f"plan.yaml:{line}:"
    assert err.startswith(f"intern: {where}")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert "\x1b" not in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "nowhere.yaml"), "intern: nowhere.yaml: there is no such file"),
        (("run", "."), "intern: .: this is a folder"),
        (("run", "nul\0.yaml"), "cannot be read"),
        (("run", "good.yaml", "--trials", "0"), "intern: --trials: must be at least 1, not 0"),
        (("run", "good.yaml", "--trials", "-3"), "intern: --trials: must be at least 1, not -3"),
        (("run", "good.yaml", "--trials", "many"), "intern: --trials: must be a whole number"),
        (("run", "good.yaml", "--trials", "1000000000"), "intern: --trials: must be at most"),
        (("run", "good.yaml", "--jobs", "0"), "intern: --jobs: must be at least 1"),
        (("run", "good.yaml", "--seed", "x"), "intern: --seed: must be a whole number"),
        (("run", "good.yaml", "--bar", "7"), "--bar"),
        (("run", "good.yaml", "--model", "gtp"), "intern: --model: there is no model 'gtp'"),
        (("run", "good.yaml", "--sealed", "--trials", "9"), "intern: --trials: does not go with"),
        (("run", "good.yaml", "--sealed", "--seed", "9"), "intern: --seed: does not go with"),
        (("explain", "good.yaml", "--sealed"), "intern: --sealed: cannot be explained"),
        (("explain", "good.yaml", "--trials", "0"), "intern: --trials: must be at least 1"),
        (("run",), "intern: missing argument 'PLAN'"),
        (("run", "good.yaml", "--tirals", "9"), "--tirals"),
        (("frobnicate",), "intern: no such command 'frobnicate'"),
        (("show", "inovices"), "did you mean 'invoices'?"),
        (("show", "invoices", "--document", "handbok"), "did you mean 'handbook'?"),
        (("ask", "invoices"), "intern: there is no question"),
        (("ask", "invoices", " "), "intern: there is no question"),
        (("ask", "invoices", "Why?", "--whom", "bob"), "there is nobody called 'bob'"),
        (("new", "plan", "invoices", "-o", "good.yaml"), "intern: good.yaml: is there already"),
        (("new", "plan", "invoices", "-o", "no/where.yaml"), "no/where.yaml: cannot be written"),
        (("compare", "good.yaml", "nowhere.yaml"), "intern: nowhere.yaml: there is no such file"),
    ],
    ids=lambda value: " ".join(value).replace("\0", "?") if isinstance(value, tuple) else "",
)  # fmt: skip
def test_wrong_arguments(intern: Intern, arguments: tuple[str, ...], said: str) -> None:
    Path("good.yaml").write_text(GOOD, "utf-8")
    status, out, err = intern(*arguments)
    assert status == 2
    assert out == ""
    assert said in err
    assert err.startswith("intern: ")
    assert err.count("\n") == 1
    assert Path("good.yaml").read_text("utf-8") == GOOD


def test_no_sealed_or_practice_record_can_be_looked_at(intern: Intern) -> None:
    from scenarios.loading import load_scenario

    scenario = load_scenario(library()["invoices"])
    nothing = intern("show", "invoices", "--record", "inv-none").err
    for lot in ("sealed", "practice"):
        name = scenario.lots[lot][0].id
        status, out, err = intern("show", "invoices", "--record", name)
        assert (status, out) == (2, "")
        assert err.split(";")[0] == nothing.split(";")[0].replace("inv-none", name)


def test_a_fault_of_the_system_is_one_line(intern: Intern, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device", "/some/where")

    monkeypatch.setattr("scenarios.loading.library", full)
    status, out, err = intern("list")
    assert (status, out) == (2, "")
    assert err.startswith("intern: ")
    assert err.count("\n") == 1


def test_what_is_typed_cannot_steer_the_terminal(intern: Intern) -> None:
    for arguments in (("ask", "invoices", "How\x1b[2J do you\x9b1m check?"), ("run", "\x1b[2J")):
        _, out, err = intern(*arguments)
        assert not {"\x1b", "\x9b"} & set(out + err)
