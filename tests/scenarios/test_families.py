"""Records whose truth hangs together are drawn together, and loading sees that they can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.chance import uniform
from scenarios.errors import InputError
from scenarios.families import drawn, families
from scenarios.language.values import group_members, group_totals
from scenarios.loading import load_scenario
from scenarios.scenario import Record
from tests.scenarios import tiny

GROUP = "  - {name: spent, type: money, hidden: true, group: {keys: [sender], total_of: qcost}}\n"
GROUPED = tiny.SCENARIO.replace("requirements:\n", GROUP + "requirements:\n")


def record(id_: str, stratum: str, partner: str | None = None) -> Record:
    return Record(id=id_, lot="practice", stratum=stratum, text="One.", partner=partner)


def test_a_group_is_worked_out_over_the_lot(tmp_path: Path) -> None:
    scenario = load_scenario(tiny.write(tmp_path, GROUPED))
    spent = {name: found.truth["spent"] for name, found in scenario.record.items()}
    assert spent["practice-plain-1"] == spent["practice-twice-1"] == 25.0
    assert spent["practice-plain-3"] == 32.5
    assert scenario.parents["spent"] == ("qcost",)


def test_a_total_that_the_author_gives_is_compared(tmp_path: Path) -> None:
    text = tiny.records().replace("truth: {", "truth: {spent: 1.00, ", 1)
    with pytest.raises(InputError, match="is '1', but '25' follows from the other values"):
        load_scenario(tiny.write(tmp_path, GROUPED, text))


def test_records_that_count_together_must_be_one_family(tmp_path: Path) -> None:
    text = tiny.records().replace('sender: "practice plain 4"', 'sender: "practice plain 1"')
    with pytest.raises(InputError, match=r"and 'practice-plain-4' count together in spent") as e:
        load_scenario(tiny.write(tmp_path, GROUPED, text))
    assert e.value.mend == "add 'partner: practice-plain-4'"
    four = "- id: practice-plain-4\n"
    mended = text.replace(four, f"{four}  partner: practice-plain-1\n")
    scenario = load_scenario(tiny.write(tmp_path, GROUPED, mended))
    assert scenario.record["practice-twice-1"].truth["spent"] == 67.5


def test_a_family_that_never_fits_is_an_error_of_the_sample(tmp_path: Path) -> None:
    plain = [f"practice-plain-{number}" for number in (1, 2, 3, 4)]
    text = tiny.records()
    for one in plain[1:]:
        text = text.replace(f"- id: {one}\n", f"- id: {one}\n  partner: {plain[0]}\n")
    with pytest.raises(InputError, match="a sample of the practice lot gets 0"):
        load_scenario(tiny.write(tmp_path, GROUPED, text))


def test_a_root_may_have_several() -> None:
    records = [record("a", "x"), record("b", "x", "a"), record("c", "y", "a"), record("d", "y")]
    assert families(records) == {
        "a": ("a", "b", "c"), "b": ("a", "b", "c"), "c": ("a", "b", "c"), "d": ("d",),
    }  # fmt: skip


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_a_family_is_drawn_whole_or_not_at_all(seed: int, size: int) -> None:
    records = [record(f"s{n}", "split", f"s{n - n % 3}" if n % 3 else None) for n in range(12)]
    records += [record(f"p{n}", "plain") for n in range(12)]
    sizes = {"plain": 5, "split": 3 * size}
    chosen = set(drawn(records, sizes, lambda one: uniform(f"{seed}|{one.id}")))
    assert len(chosen) == 5 + 3 * size
    assert all(set(mates) <= chosen or not set(mates) & chosen for mates in
               families(records).values())  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(1, 9), st.integers(1, 28)),
        min_size=1,
        max_size=8,
    ),
    st.one_of(st.none(), st.integers(0, 9)),
)
def test_a_total_is_that_of_its_members(rows: list[tuple[str, int, int]], days: int | None) -> None:
    keys = {str(n): (key,) for n, (key, _, _) in enumerate(rows)}
    dates = {str(n): f"2024-02-{day:02}" for n, (_, _, day) in enumerate(rows)}
    amounts = {str(n): amount for n, (_, amount, _) in enumerate(rows)}
    members = group_members(keys, dates, days)
    totals = group_totals(keys, dates, days, amounts)
    counts = group_totals(keys, dates, days)
    for name, mates in members.items():
        assert mates is not None
        assert name in mates
        assert totals[name] == sum(amounts[mate] for mate in mates)
        assert counts[name] == len(mates)
        assert all(name in (members[mate] or ()) for mate in mates)
