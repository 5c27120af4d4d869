"""What invoices promises about words: those that say nothing do not pay, those that say it do.

The whole gate on 200 trials with seed 1, all plans on the same draws.
"""

from __future__ import annotations

from functools import cache

import pytest

from agents.gate import VOICES, Gate
from agents.gate.attacks import ESCALATED
from tests.office import folder


@cache
def gate() -> Gate:
    return Gate(folder())


NEAREST = ("brief-copied", "keyword-heap", "expert-shuffled", "warnings", ESCALATED)
"""The attacks that gain most; the others are on the record (test_gate.py)."""


@pytest.mark.parametrize("name", NEAREST)
def test_an_attack_does_not_pay(name: str) -> None:
    results = gate().attack(name)
    assert [one.stage for one in results] == (["bare"] if name == ESCALATED else ["bare", "spread"])
    assert not [result.in_words() for result in results if result.pays]


def test_the_expert_gains_in_every_metric() -> None:
    assert gate().unmeasured() == ()


def test_every_voice_does_as_well_as_every_other() -> None:
    pairs = list(gate().voices())
    assert len(pairs) == 10
    assert not [pair.in_words() for pair in pairs if pair.unfair]


def test_every_voice_is_there_and_uses_words_of_its_own() -> None:
    assert gate().missing() == ()
    assert set(VOICES) == {"expert-terse", "expert-bulleted", "expert-chatty", "expert-non-native"}
    assert not [copy.in_words() for copy in gate().copies()]
