"""The whole gate of a small scenario: each seeded flaw is found by the item whose work it is."""

from __future__ import annotations

from pathlib import Path

from agents.gate import VOICES
from agents.gate.finding import Finding
from agents.gate.items import Item, full, quick
from agents.gate.subject import load
from tests.agents.gate.parcels import BARE_NOUN, EXPERT, SOUND, gate, plan
from tests.scenarios.tiny import edited, records

TRIALS = 48
REMOVALS = """\
plan: expert
removals:
  - {requirement: abroad-doubles, edits: [{cut: Parcels from abroad cost double.}]}
  - {requirement: repeats, edits: [{cut: Pay a parcel once.}]}
"""
USELESS = REMOVALS.replace("cut: Pay a parcel once.", "cut: Please., put: Thanks.")


def items(folder: Path, scenario: str = SOUND, **plans: str) -> dict[str, Item]:
    """The items of the small scenario with these plans beside the expert's."""
    gate(folder, scenario, {"naive": plan("Please."), **plans})
    (folder / "plans" / "removals.yaml").write_text(REMOVALS, encoding="utf-8")
    return loaded(folder)


def loaded(folder: Path) -> dict[str, Item]:
    return {item.name: item for item in full(load(folder, lambda _: []), trials=TRIALS)}


def by_reading(folder: Path) -> dict[str, list[Finding]]:
    """The items that fail without a trial, with what they find."""
    asked = {item.name: item.ask() for item in quick(load(folder, lambda _: []))}
    failing = {name: [one for one in found if one.fails] for name, found in asked.items()}
    return {name: found for name, found in failing.items() if found}


def failing(asked: dict[str, Item], *names: str) -> list[Finding]:
    return [one for name in names for one in asked[name].ask() if one.fails]


def test_every_part_is_an_item_with_a_name(tmp_path: Path) -> None:
    names = list(items(tmp_path))
    assert names[: len(quick(load(tmp_path, lambda _: [])))] == [
        "learnable", "needed", "read as meant", "in other words", "told clearly", "pointers",
        "read back", "removals", "contested", "unbuilt",
    ]  # fmt: skip
    assert {
        "naive fails", "expert earns gold", "bands signed", "band expert practice",
        "band naive sealed", "attack bare-nouns", "without requirement repeats",
        *(f"voice {name}" for name in VOICES),
    } <= set(names)  # fmt: skip


def test_a_sound_scenario_passes_what_reads(tmp_path: Path) -> None:
    asked = items(tmp_path)
    assert not by_reading(tmp_path)
    assert not failing(asked, "naive fails", "attacks can be measured", "attack bare-nouns")


def test_a_rule_that_nobody_tells_cannot_be_learned(tmp_path: Path) -> None:
    scenario, _ = edited(SOUND, "        requirement: repeats\n", "")
    scenario, _ = edited(scenario, "    learn_from: [bo]\n", "")
    items(tmp_path, scenario)
    assert list(by_reading(tmp_path)) == ["learnable"]
    (found,) = by_reading(tmp_path)["learnable"]
    line = (tmp_path / "scenario.yaml").read_text("utf-8").split("\n").index("  - id: repeats") + 1
    assert (found.file, found.line, found.field) == ("scenario.yaml", line, "requirements.repeats")
    assert "A parcel that came before is not paid again." in found.says
    assert "requirement: repeats" in found.mend


def test_a_trap_nobody_needs_is_found(tmp_path: Path) -> None:
    # Twice nothing is nothing: whoever does not know the rule pays the same.
    text = records().replace(
        "  traps: [{field: qearlier, needs: repeats, wrong: ~}]\n",
        "  traps: [{field: qorigin, needs: where, wrong: abroad}]\n",
    )
    rule = """\
  - id: where
    statement: The stamp says where it is from.
    governs: qorigin
    learn_from: [bo]
    said: [Look at the stamp to see where it was posted.]
    hints: [Where from?, Ask Bo., Look at the stamp.]
"""
    scenario, _ = edited(SOUND, "loss: {each", f"{rule}loss: {{each")
    scenario, _ = edited(scenario, "requirement: repeats", "requirement: where")
    scenario = scenario.replace(
        "learn_from: [bo]\n    said: [Pay", "learn_from: []\n    said: [Pay"
    )
    items(tmp_path, scenario)
    (tmp_path / "records.yaml").write_text(text, encoding="utf-8")
    found = by_reading(tmp_path)["needed"]
    catches = [one for one in found if "catches nobody" in one.says]
    assert {one.field for one in catches} == {
        f"{lot}-twice-{n}.traps"
        for lot in ("preview", "archive", "practice", "sealed")
        for n in (1, 2)
    }
    assert all(one.file == "records.yaml" and one.line for one in catches)
    idle = {one.field for one in found if "needs the rule" in one.says}
    assert idle == {"requirements.repeats"}


def test_an_exemplar_that_another_rule_steals_is_found(tmp_path: Path) -> None:
    scenario, _ = edited(
        SOUND, "said: [Pay a parcel once.", "said: [Parcels from abroad cost double."
    )
    items(tmp_path, scenario)
    found = by_reading(tmp_path)["read as meant"]
    assert {one.file for one in found} == {"scenario.yaml"}
    assert {one.field for one in found} == {"requirements.abroad-doubles", "requirements.repeats"}
    assert all("is also taken to say the rule of" in one.says for one in found)


def test_an_attack_that_works_is_found_at_the_rule_that_it_gets_across(tmp_path: Path) -> None:
    asked = items(tmp_path, BARE_NOUN)
    (found,) = failing(asked, "attack bare-nouns")
    assert (found.file, found.field) == ("scenario.yaml", "requirements.abroad-doubles")
    assert "'Parcels from abroad.'" in found.says
    assert "`vague`" in found.mend
    assert not failing(asked, "attack padding", "attack magic-words")


def test_an_unfair_a_copied_and_a_missing_voice_are_found(tmp_path: Path) -> None:
    asked = items(tmp_path, **{"expert-terse": plan("Pay a parcel once.")})
    (copied, *unfair) = failing(asked, "voice expert-terse")
    assert (copied.file, copied.field) == ("plans/expert-terse.yaml", "steps.pay.instructions")
    assert "is nearly the exemplar" in copied.says
    assert any("which says the same in other words" in one.says for one in unfair)
    assert {one.file for one in unfair} == {"plans/expert-terse.yaml"}
    (missing,) = failing(asked, "voice expert-chatty")
    assert missing.says == "There is no plan 'expert-chatty'."
    assert missing.file == "plans/expert-chatty.yaml"


def test_a_rule_that_does_not_matter_is_found(tmp_path: Path) -> None:
    polite = EXPERT + "      Please.\n"
    asked = items(tmp_path)
    assert not failing(asked, "without requirement abroad-doubles", "without requirement repeats")
    (tmp_path / "plans" / "expert.yaml").write_text(polite, encoding="utf-8")
    (tmp_path / "plans" / "removals.yaml").write_text(USELESS, encoding="utf-8")
    (found,) = failing(loaded(tmp_path), "without requirement repeats")
    assert "does as well without the rule" in found.says
    assert found.file == "plans/removals.yaml"


def test_a_removal_that_does_not_fit_its_plan_is_found_at_its_line(tmp_path: Path) -> None:
    items(tmp_path)
    text = REMOVALS.replace("cut: Pay a parcel once.", "cut: Pay it thrice.")
    (tmp_path / "plans" / "removals.yaml").write_text(text, encoding="utf-8")
    asked = loaded(tmp_path)
    (found,) = failing(asked, "removals")
    assert (found.file, found.line) == ("plans/removals.yaml", 4)
    assert "'Pay it thrice.' occurs 0 times in the plan" in found.says
    (same,) = failing(asked, "without requirement repeats")
    assert "occurs 0 times" in same.says


def test_a_removal_that_leaves_no_plan_is_found(tmp_path: Path) -> None:
    items(tmp_path)
    text = REMOVALS.replace("cut: Pay a parcel once.", "cut: 'assignee: oswin', put: 'assignee: x'")
    assert text != REMOVALS
    (tmp_path / "plans" / "removals.yaml").write_text(text, encoding="utf-8")
    (found,) = failing(loaded(tmp_path), "removals")
    assert (found.file, found.line) == ("plans/removals.yaml", 4)
    assert "'x' is no colleague" in found.says


def test_a_rule_of_which_nothing_says_what_carries_it_is_found(tmp_path: Path) -> None:
    items(tmp_path)
    (tmp_path / "plans" / "removals.yaml").unlink()
    (found,) = failing(loaded(tmp_path), "without requirement repeats")
    assert "Nothing says what carries the rule" in found.says


def test_a_naive_plan_that_does_well_is_found(tmp_path: Path) -> None:
    asked = items(tmp_path, naive=EXPERT)
    found = failing(asked, "naive fails")
    assert {one.file for one in found} == {"plans/naive.yaml"}
    assert all("whoever tells nothing must fail" in one.says for one in found)
    (band, *_) = failing(asked, "band naive practice")
    assert "There is no band for the reliability of plan 'naive'" in band.says


def test_without_an_experts_plan_only_reading_is_done(tmp_path: Path) -> None:
    items(tmp_path)
    (tmp_path / "plans" / "removals.yaml").unlink()
    (tmp_path / "plans" / "expert.yaml").unlink()
    asked = loaded(tmp_path)
    (found,) = failing(asked, "expert")
    assert "Write plans/expert.yaml" in found.mend
    assert "attack bare-nouns" not in asked
