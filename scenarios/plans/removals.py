"""What carries each thing in a reference plan, so that it can be taken out to see its worth.

An author lists, beside the plans, the sentence, example, document, operation or control that
carries each requirement and each control of a plan, as edits of the plan's own text.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field as Spec

from scenarios.errors import InputError
from scenarios.files.source import parse, read, read_text
from scenarios.files.validation import build
from scenarios.model import Id, Model
from scenarios.persona import Persona
from scenarios.plans.file import read_plan
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario

FILE = "removals.yaml"


class Edit(Model):
    """Replace `cut`, which must occur exactly once in the plan's text, by `put`."""

    cut: str
    """What occurs exactly once in the plan's text."""
    put: str = ""
    """What stands there instead; nothing by default."""


class Removal(Model):
    """One thing to take out of a plan."""

    requirement: Id | None = None
    """The requirement that nobody is told any more."""
    control: str | None = None
    """The check, review or redo that is taken out."""
    example: Id | None = None
    """The solved record that is no longer shown."""
    document: Id | None = None
    """The paper that is no longer given."""
    edits: tuple[Edit, ...] = Spec(min_length=1)
    """How the plan's text changes."""

    @property
    def name(self) -> str:
        kinds = ("requirement", "control", "example", "document")
        return ", ".join(f"{kind} {getattr(self, kind)}" for kind in kinds if getattr(self, kind))


class Removals(Model):
    """The removals of one plan of the same folder."""

    plan: str
    """The plan, without `.yaml`."""
    removals: tuple[Removal, ...] = Spec(min_length=1)
    """What can be taken out of it, one by one."""


def plan_without(
    plans: Path, plan: str, removal: Removal, scenario: Scenario, cast: Mapping[str, Persona]
) -> Plan:
    """The plan of the folder `plans` with one thing taken out; it can be run as any other.

    Raises InputError where the text to cut does not occur exactly once, and for what is wrong
    with the plan that is left.
    """
    text = _cut(read_text(plans / f"{plan}.yaml"), removal, plans / FILE)
    left = parse(text, f"{plan}.yaml without {removal.name}")
    return read_plan(left, lambda _: scenario, cast).plan


def _cut(text: str, removal: Removal, file: Path) -> str:
    for edit in removal.edits:
        count = text.count(edit.cut)
        if count != 1:
            raise InputError(
                f"{removal.name}: {edit.cut!r} occurs {count} times in the plan",
                file=str(file), mend="quote what is there exactly once",
            )  # fmt: skip
        text = text.replace(edit.cut, edit.put)
    return text


def load_removals(path: Path) -> Removals:
    """The removals in a file. Raises InputError where it is not as it should be."""
    return build(Removals, read(path))
