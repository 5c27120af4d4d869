"""The small scenario of parcels with an expert's plan, sound or with one seeded flaw."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from agents.gate import Gate
from tests.scenarios.tiny import SCENARIO, write

ABROAD = "Whatever was posted in another country is charged at two times its figure."
ONCE = "If it already came, we owe nothing for the second one."
SAID = "said: [Parcels from abroad cost double.]"
SOUND = SCENARIO.replace(
    SAID,
    "said: [Parcels from abroad cost double.]\n"
    "    vague: [Parcels from abroad.]\n"
    "    object: [parcels from abroad]",
).replace(
    "said: [Pay a parcel once.]",
    f'said: [Pay a parcel once., "{ONCE}"]\n'
    "    object: [parcels that came before]\n"
    "    vague: [Parcels that came before.]",
)
BARE_NOUN = SOUND.replace("vague: [Parcels from abroad.]", "vague: []").replace(
    SAID, "said: [Parcels from abroad cost double., Parcels from abroad.]"
)
"""A requirement with a topic among the sentences that say it."""


def plan(*instructions: str) -> str:
    words = "\n".join(f"      {line}" for line in instructions)
    return (
        "scenario: parcels\nsteps:\n  - id: pay\n    assignee: oswin\n"
        f"    produces: {{pay: ~}}\n    instructions: |\n{words}\n"
    )


EXPERT = plan("Parcels from abroad cost double.", "Pay a parcel once.")


def gate(folder: Path, scenario: str = SOUND, plans: Mapping[str, str] | None = None) -> Gate:
    """The gate of the scenario written into `folder`, with an expert's plan and others."""
    write(folder, scenario)
    (folder / "plans").mkdir()
    for name, text in {"expert": EXPERT, **(plans or {})}.items():
        (folder / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Gate(folder, trials=160)
