"""What a scenario's author suspects might pay without saying anything: texts beside the scenario.

Most attacks are made from the scenario itself (`agents.gate`). An author writes down only what
nobody could make from it: a phrase of the trade that sounds like a rule and is none.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field as Spec

from scenarios.files.source import is_file, read
from scenarios.files.validation import build
from scenarios.model import Id, Model
from scenarios.plans.plan import Text
from scenarios.references import unique

FILE = "attacks.yaml"


class WrittenAttack(Model):
    """Instructions that say nothing, and so must not pay."""

    id: Id
    """Its name in reports."""
    says: Text = Spec(min_length=1)
    """The instructions that every intern gets."""
    why: str = ""
    """What the author was afraid of: for whoever reads the file."""


class Attacks(Model):
    """Texts that say nothing."""

    attacks: tuple[WrittenAttack, ...] = Spec(min_length=1)
    """Texts that say nothing, besides those made for every scenario."""


def load_attacks(folder: Path) -> tuple[WrittenAttack, ...]:
    """The attacks of a scenario's folder: none where it has no `attacks.yaml`.

    Raises InputError where the file is not as it should be, or names two attacks alike.
    """
    path = folder / FILE
    if not is_file(path):
        return ()
    source = read(path)
    found = build(Attacks, source).attacks
    unique(((("attacks", i, "id"), one.id) for i, one in enumerate(found)), source)
    return found
