"""Hidden names reach nobody: with all of them renamed, every byte of what is shown is the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scenarios.loading import library
from tests.agents.eager import always
from tests.tui.conftest import Intern
from tests.tui.renaming import renamed

SCENARIO = library()["invoices"].parent
COPIER = """\
scenario: invoices
steps:
  - id: copy
    assignee: mira
    produces:
      raw: the total exactly as it is printed
      rows: {{means: the amounts above the total as printed, list: true}}
      kind: {{means: "whether it is an invoice or a credit note", choices: [bill, credit]}}
      odd: the mood of whoever wrote it
    instructions: |
      Copy the total of the last page. Credit notes need care. Be careful!
  - id: sums
    assignee: tally
    reads: [records, copy]
    produces: {{pay: ~}}
    does:
      - {{set: amount, parse_money: raw}}
      - {{set: pay, to: "{expression}"}}
"""
COPYING = COPIER.format(expression="-amount if kind == 'credit' else amount")
ASKING = """\
scenario: invoices
steps:
  - {id: ledger, assignee: pip, produces: {pay: ~}, instructions: Mind credit notes., ask: true}
"""
WRONG = {
    "unknown-name": COPIER.format(expression="amount + totl"),
    "unknown-function": COPIER.format(expression="frobnicate(amount)"),
    "no-deliverable": COPYING.replace("pay", "sum"),
    "described-deliverable": COPYING.replace("pay: ~", "pay: the amount to be paid"),
    "no-description": COPYING.replace("odd: the mood of whoever wrote it", "total: ~"),
    "unknown-document": COPYING.replace("[records, copy]", "[records, copy, style-guide]"),
    "example-of-practice": COPYING.replace("assignee: mira", "assignee: mira\n    examples: [x]"),
    "unknown-prediction": COPYING + "predict: {wrong: {lines: 0.5}}\n",
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The scenario as it ships and with hidden names renamed, each as `here` in a folder."""
    home = tmp_path_factory.mktemp("folders")
    shutil.copytree(SCENARIO, home / "a" / "here")
    words = renamed(SCENARIO, home / "b" / "here")
    assert len(words) > 10
    for place in ("a", "b"):
        plans = home / place / "here" / "plans"
        (plans / "copying.yaml").write_text(COPYING, "utf-8")
        (plans / "asking.yaml").write_text(ASKING, "utf-8")
        for name, text in WRONG.items():
            (plans / f"{name}.yaml").write_text(text, "utf-8")
    return home / "a", home / "b"


def both(
    intern: Intern, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, *arguments: str
) -> tuple[str, str]:
    """What a command writes in either folder, its status included."""
    said = []
    for number, folder in enumerate(folders):
        monkeypatch.chdir(folder)
        monkeypatch.setenv("INTERN_DATA_DIR", str(folder / f"kept-{number}"))
        said.append("\n".join(map(str, intern(*arguments))))
    return said[0], said[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "here"),
        ("show", "here", "--document", "handbook"),
        ("show", "here", "--record", "inv-0447"),
        ("show", "here", "--record", "inv-0478"),
        ("show", "here", "--record", "nothing"),
        ("new", "plan", "here"),
        ("ask", "here", "How do you treat credit notes?"),
        ("backbrief", "here/plans/copying.yaml"),
        ("backbrief", "here/plans/expert.yaml"),
        ("run", "here/plans/naive.yaml", "--trials", "16", "--json", "--jobs", "1"),
        ("run", "here/plans/copying.yaml", "--trials", "16", "--json", "--jobs", "1"),
        ("run", "here/plans/copying.yaml", "--trials", "8", "--jobs", "1"),
        ("explain", "here/plans/copying.yaml", "--trials", "16", "--json", "--jobs", "1"),
        ("explain", "here/plans/naive.yaml", "--trials", "16", "--jobs", "1"),
        ("compare", "here/plans/naive.yaml", "here/plans/copying.yaml", "--trials", "8",
         "--jobs", "1"),
        *(("backbrief", f"here/plans/{name}.yaml") for name in WRONG),
    ],
    ids=" ".join,
)  # fmt: skip
def test_renaming_what_is_hidden_changes_no_byte(
    intern: Intern, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
) -> None:  # fmt: skip
    before, after = both(intern, folders, monkeypatch, *arguments)
    assert before == after
    wrong = Path(arguments[1]).stem in WRONG or "nothing" in arguments
    assert before.startswith("2" if wrong else "0")


def test_what_is_revealed_has_the_hidden_names(
    intern: Intern, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = both(
        intern, folders, monkeypatch,
        "run", "here/plans/naive.yaml", "--trials", "8", "--json", "--reveal", "--jobs", "1",
    )  # fmt: skip
    assert before != after
    assert "xj" in after
    assert "_wombat" in after


def test_questions_say_nothing_of_what_is_hidden(
    intern: Intern, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with always():
        before, after = both(
            intern, folders, monkeypatch,
            "run", "here/plans/asking.yaml", "--follow", "--trials", "1", "--jobs", "1",
        )  # fmt: skip
    assert before == after
    assert "asks you: About pay: " in before


@pytest.fixture(scope="module", params=["minutes", "expenses", "inbox-under-attack"])
def others(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """As `folders`: rows that are to be found, generated and grouped records, prose with points."""
    home = tmp_path_factory.mktemp(request.param)
    source = library()[request.param].parent
    shutil.copytree(source, home / "a" / "here")
    assert len(renamed(source, home / "b" / "here")) > 10
    return home / "a", home / "b"


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "here"),
        ("backbrief", "here/plans/expert.yaml"),
        ("run", "here/plans/expert.yaml", "--trials", "2", "--json", "--jobs", "1"),
        ("explain", "here/plans/naive.yaml", "--trials", "2", "--jobs", "1"),
    ],
    ids=" ".join,
)
def test_nor_does_it_in_scenarios_of_other_kinds(
    intern: Intern, others: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
) -> None:  # fmt: skip
    before, after = both(intern, others, monkeypatch, *arguments)
    assert before == after
    assert before.startswith("0")
