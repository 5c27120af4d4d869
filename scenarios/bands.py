"""In which band each reference plan lands: what an author promises of a scenario, and signs.

Bands are measured and never typed in: `intern check --accept` proposes them. A band broken later
means that something changed: the scenario, a plan, the reader or the engine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field as Spec

from scenarios.files.source import Source, is_file, read
from scenarios.files.validation import build
from scenarios.model import Id, Model, Name, Share

FILE = "bands.yaml"
Tried = Literal["practice", "sealed"]
"""A lot that plans are tried on."""
TRIED: tuple[Tried, ...] = ("practice", "sealed")
Figure = Literal["reliability", "wrong_records", "loss"]
FIGURES: tuple[Figure, ...] = ("reliability", "wrong_records", "loss")


class Band(Model):
    """A figure of a plan, as it was when the band was proposed, and how far it may move."""

    low: float
    """The least that holds."""
    was: float
    """What the trials gave when the band was proposed."""
    high: float
    """The most that holds."""

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


class Usual(Model):
    """What a reference plan comes to, for attempts to be compared with: means over the trials."""

    reliability: Share
    """The share of trials that are accepted."""
    wrong: Mapping[Name, Share]
    """By deliverable field the share of records on which it is wrong."""
    cost: Annotated[float, Spec(ge=0)]
    """Wages of a trial."""
    minutes: Annotated[float, Spec(ge=0)]
    """Minutes of a trial on the critical path."""
    your_minutes: Annotated[float, Spec(ge=0)]
    """Your own minutes in a trial."""


class Bands(Model):
    """The bands of a scenario's reference plans, with the trials that they are about."""

    trials: Annotated[int, Spec(ge=16)] = 200
    """How many trials of each plan on each lot; more than one sample of eight."""
    seed: Annotated[int, Spec(ge=0)] = 1
    """Which luck they draw."""
    signed: str | None = None
    """Who has read the bands and stands for them: your name. Empty where nobody has yet."""
    plans: Mapping[Id, Mapping[Tried, Mapping[Figure, Band]]] = {}
    """By plan, lot (practice or sealed) and figure (reliability, wrong_records, loss)."""
    usual: Mapping[Id, Mapping[Tried, Usual]] = {}
    """By plan and lot what it comes to; without plans that say the same in other words."""


def load_bands(folder: Path) -> tuple[Bands, Source] | None:
    """The bands of a scenario's folder and their file; None where it has none.

    Raises InputError where the file is not as it should be.
    """
    path = folder / "plans" / FILE
    if not is_file(path):
        return None
    source = read(path)
    bands = build(Bands, source)
    for plan, lots in bands.plans.items():
        for lot, figures in lots.items():
            for name, band in figures.items():
                if not band.low <= band.was <= band.high:
                    raise source.error(
                        ("plans", plan, lot, name), f"does not hold {band.was:g}, what it was",
                        "propose it anew: intern check --accept",
                    )  # fmt: skip
    return bands, source


def bands_text(bands: Bands, first: str = "") -> str:
    """The bands as their file holds them; `first` is its first line, a comment for editors."""
    lines = [first] if first else []
    lines += [
        "# What the reference plans come to, as `intern check --accept` measured it.",
        "# Read it; where each band is what its plan is there to show, sign with your name.",
        f"trials: {bands.trials}",
        f"seed: {bands.seed}",
        f"signed: {json.dumps(bands.signed, ensure_ascii=False) if bands.signed else '~'}",
        "plans:",
    ]
    for plan, lots in bands.plans.items():
        lines.append(f"  {plan}:")
        for lot, figures in lots.items():
            lines.append(f"    {lot}:")
            lines += [
                f"      {name}: {{low: {band.low:.10g}, was: {band.was:.10g}, "
                f"high: {band.high:.10g}}}"
                for name, band in figures.items()
            ]
    if bands.usual:
        lines += ["# What attempts are compared with: the same trials, measured and not promised.",
                  "usual:"]  # fmt: skip
    for plan, usual in bands.usual.items():
        lines.append(f"  {plan}:")
        lines += [f"    {lot}: {_usual_text(one)}" for lot, one in usual.items()]
    return "\n".join(lines) + "\n"


def _usual_text(one: Usual) -> str:
    wrong = ", ".join(f"{name}: {share:.6g}" for name, share in one.wrong.items())
    figures = one.model_dump(exclude={"wrong"})
    rest = ", ".join(f"{name}: {value:.6g}" for name, value in figures.items())
    return f"{{{rest}, wrong: {{{wrong}}}}}"
