"""What a table of work suggests: types, guesses, rules with their cues, and fair samples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from scenarios.drafting import Proposal, propose, read_sheet
from scenarios.errors import InputError
from tests.scenarios.drafting.visits import visits


def proposal(folder: Path, text: str) -> Proposal:
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8")
    return propose("vet", read_sheet(file))


def table(truths: Sequence[str], known: Sequence[str], wrong: Sequence[str] = ()) -> str:
    head = "known,truth.answer" + (",wrong.answer" if wrong else "")
    cells = zip(known, truths, wrong, strict=True) if wrong else zip(known, truths, strict=True)
    return "\n".join([head, *(",".join(row) for row in cells)]) + "\n"


def test_rules_are_found_where_the_commonest_answer_is_wrong(tmp_path: Path) -> None:
    found = proposal(tmp_path, visits())
    rules = {rule.id: rule for rule in found.rules}
    assert {id_: (rule.field, rule.answer) for id_, rule in rules.items()} == {
        "room-1": ("room", "isolation"),
        "room-2": ("room", "quiet room"),
        "minutes-1": ("minutes", "30"),
    }
    assert rules["room-1"].cue is not None
    assert rules["room-1"].cue.where == "the text mentions coughing"
    assert not any(found.unexplained.values())


def test_every_rule_is_needed_in_every_lot_and_every_sample(tmp_path: Path) -> None:
    found = proposal(tmp_path, visits())
    for rule in found.rules:
        lots = {found.lots[case] for case in rule.cases}
        assert lots == {"preview", "archive", "practice", "sealed"}
        assert found.sample[rule.stratum] >= 1
    for stratum, drawn in found.sample.items():
        for lot in ("practice", "sealed"):
            there = zip(found.strata, found.lots, strict=True)
            assert sum(one == (stratum, lot) for one in there) >= 2 * drawn


def test_the_same_table_suggests_the_same(tmp_path: Path) -> None:
    assert proposal(tmp_path, visits()) == proposal(tmp_path, visits())


@pytest.mark.parametrize(
    ("truths", "kind"),
    [
        (["yes", "no", "yes"], "boolean"),
        (["1", "2.5", "30"], "number"),
        (["1.50", "2.00", "-3.25"], "money"),
        (["2024-02-01", "2024-03-01", "2023-12-31"], "date"),
        (["red", "green", "red"], "choice"),
        (["007", "red", ""], "choice"),
    ],
)
def test_types(tmp_path: Path, truths: list[str], kind: str) -> None:
    text = table(truths * 10, [f"k{n}" for n in range(30)])
    (answer,) = proposal(tmp_path, text).sheet.answers
    assert answer.kind == kind
    assert answer.may_be_blank == ("" in truths)


def test_answers_that_are_all_different_are_text(tmp_path: Path) -> None:
    text = table([f"word {n}" for n in range(30)], ["k"] * 30)
    assert proposal(tmp_path, text).sheet.answers[0].kind == "text"


def test_a_number_is_guessed_from_the_column_that_it_mostly_is(tmp_path: Path) -> None:
    known = [f"{n}.00" for n in range(1, 41)]
    truths = [f"-{amount}" if n % 4 == 0 else amount for n, amount in enumerate(known)]
    found = proposal(tmp_path, table(truths, known))
    assert found.guesses["answer"].how == "the column `known` as it stands"
    (rule,) = found.rules
    assert rule.answer == "the same with a minus"
    assert all(wrong == -found.sheet.answers[0].truths[case]
               for case in rule.cases for _, wrong in found.traps(case))  # fmt: skip


def test_what_is_known_to_be_answered_wrongly_is_the_trap(tmp_path: Path) -> None:
    truths = ["red", "red", "green", "red"] * 10
    wrong = ["", "", "blue", ""] * 10
    found = proposal(tmp_path, table(truths, ["k"] * 40, wrong))
    (rule,) = found.rules
    assert rule.wrong == "blue"
    assert found.sheet.answers[0].choices == ("blue", "green", "red")


def test_what_nobody_could_guess_has_no_traps(tmp_path: Path) -> None:
    found = proposal(tmp_path, table([f"word {n}" for n in range(30)], ["k"] * 30))
    assert found.rules == ()
    assert found.unexplained["answer"] == 29


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "has no column that says what was right"),
        ("a,truth.b\n1,2\n", "has 1 cases"),
        ("a,truth.b\n", "has 0 cases"),
        ("", "is empty"),
    ],
)
def test_a_table_that_is_no_use(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        proposal(tmp_path, text)


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(visits(), encoding="utf-8")
    with pytest.raises(InputError, match=r"has no column 'Animall'; did you mean 'Animal'\?"):
        read_sheet(file, truth=["Animall"])
