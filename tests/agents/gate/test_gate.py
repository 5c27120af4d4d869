"""Flaws put into a scenario are found, named, and told in words that help to mend them."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.gate import VOICES, Gate
from agents.gate.attacks import ESCALATED, REPEATED
from scenarios import InputError
from tests.agents.gate.parcels import ABROAD, BARE_NOUN, EXPERT, gate, plan


def test_bare_nouns_say_nothing_in_a_sound_scenario(tmp_path: Path) -> None:
    (result,) = gate(tmp_path).attack("bare-nouns")
    assert result.text == "Parcels from abroad.\nParcels that came before."
    assert not result.pays, result.in_words()


@pytest.mark.parametrize("name", ["bare-nouns", REPEATED])
def test_an_exemplar_that_is_a_bare_noun_is_found(tmp_path: Path, name: str) -> None:
    (result,) = gate(tmp_path, BARE_NOUN).attack(name)
    assert result.pays
    understood = result.understood[0]
    assert understood.requirement == "abroad-doubles"
    assert understood.words == "Parcels from abroad."
    assert understood.clear > 0.9
    assert "'abroad-doubles'" in result.in_words()
    assert "'Parcels from abroad.'" in result.in_words()


def test_an_authors_own_attack_is_run_with_the_others(tmp_path: Path) -> None:
    author = gate(tmp_path, BARE_NOUN)
    assert author.attacks[-2:] == (REPEATED, ESCALATED)
    assert "shrug" not in author.attacks
    (tmp_path / "attacks.yaml").write_text(
        "attacks: [{id: shrug, says: 'Parcels from abroad.', why: it might}]", encoding="utf-8"
    )
    again = Gate(tmp_path, trials=40)
    assert [one.pays for one in again.attack("shrug")] == [True]


def test_an_attack_of_a_made_ones_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "attacks.yaml").write_text(
        "attacks: [{id: padding, says: Please.}]", encoding="utf-8"
    )
    with pytest.raises(InputError, match="'padding' is the name of an attack that is made"):
        gate(tmp_path)


def test_a_voice_that_leaves_a_rule_out_is_unfair(tmp_path: Path) -> None:
    voices = dict.fromkeys(VOICES, EXPERT) | {"expert-terse": plan("Pay a parcel once.")}
    made = gate(tmp_path, plans=voices)
    unfair = [pair for pair in made.voices() if pair.unfair]
    assert len(unfair) == 4
    assert {"expert-terse"} <= set.intersection(*({pair.one, pair.other} for pair in unfair))
    assert "which says the same in other words" in unfair[0].in_words()


def test_equal_voices_are_fair(tmp_path: Path) -> None:
    made = gate(tmp_path, plans=dict.fromkeys(VOICES, EXPERT))
    assert not [pair for pair in made.voices() if pair.unfair]


def test_a_voice_that_copies_an_exemplar_is_found(tmp_path: Path) -> None:
    voices = {
        "expert-terse": plan("Parcels from abroad count double."),
        "expert-chatty": plan(f"Hello there! {ABROAD}"),
    }
    (copy,) = gate(tmp_path, plans=voices).copies()
    assert (copy.voice, copy.step, copy.requirement) == ("expert-terse", "pay", "abroad-doubles")
    assert copy.exemplar == "Parcels from abroad cost double."


def test_voices_that_nobody_wrote_are_named(tmp_path: Path) -> None:
    made = gate(tmp_path, plans={"expert-terse": EXPERT})
    assert made.missing() == VOICES[1:]


def test_an_expert_who_gains_nothing_is_no_measure(tmp_path: Path) -> None:
    made = gate(tmp_path, plans={"expert": plan("Please.")})
    assert set(made.unmeasured()) == {"loss", "wrong_records", "accepted"}


def test_one_sample_is_too_few(tmp_path: Path) -> None:
    folder = gate(tmp_path).folder
    with pytest.raises(ValueError, match="more than 8 trials"):
        Gate(folder, trials=8)
