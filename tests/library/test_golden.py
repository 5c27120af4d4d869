"""What invoices comes to, to the byte: whoever changes the engine sees when its outcome moves.

The reader is a fixed one, so that its training moves nothing here. Where a change is meant to move
the outcome, the failing test prints the new digest: put it in the place of the old one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

import pytest

from agents.session import Session
from scenarios.scenario import Requirement
from simulator import sampling
from simulator.reading import Reading, SentenceReading, sentences
from simulator.scoring.evaluation import score
from tests.office import cast, invoices, reference

TRIALS = 8
GOLDEN = {"naive": "f273d1e90bf4a4ca", "expert": "5f788ee9d71f885d"}


class FixedReader:
    """Takes every text for .9 clear on everything that is asked, and an empty one for nothing."""

    def read(self, text: str, requirements: Sequence[Requirement]) -> tuple[Reading, ...]:
        clear = 0.9 if text.strip() else 0.0
        return tuple(Reading(clear, 0.0, 0.0, 1.0 - clear, text) for _ in requirements)

    def read_sentences(
        self, text: str, requirements: Sequence[Requirement]
    ) -> tuple[SentenceReading, ...]:
        found = sentences(text)
        return tuple(SentenceReading(one, self.read(one.text, requirements)) for one in found)


def digest(name: str) -> str:
    """A hash of what the reference plan delivers, costs and slips on, in eight trials."""
    team = Session(invoices(), reference(name), cast(), texts=FixedReader()).team
    told = []
    for trial in team.run(sampling.keys(invoices(), "practice", seed=1, trials=TRIALS)):
        scored, verdict, slips = score(invoices(), team.blueprints, trial)
        told.append(
            [
                trial.key[:2], trial.delivered, trial.minutes, trial.your_minutes, trial.calls,
                trial.escalations, round(trial.cost, 9), scored.tokens, scored.accepted,
                verdict.wrong_records, verdict.losses,
                [(s.record, s.cause, s.step, s.result, s.field, s.requirement) for s in slips],
            ]
        )  # fmt: skip
    return sha256(json.dumps(told).encode()).hexdigest()[:16]


@pytest.mark.parametrize("name", GOLDEN)
def test_the_outcome_is_what_it_was(name: str) -> None:
    assert digest(name) == GOLDEN[name]
