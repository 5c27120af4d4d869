"""The numbers of the behaviour model, read from `parameters.yaml`, by tier."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, model_validator

from scenarios.files.source import read
from scenarios.model import Model
from scenarios.persona import Persona, Tier

TIERS: tuple[Tier, ...] = ("small", "mid", "frontier")


class Parameter(Model):
    """One number, or one for each tier, and where it comes from."""

    kind: Literal["published", "fitted", "judged"]
    source: str
    all: float | None = None
    small: float | None = None
    mid: float | None = None
    frontier: float | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Parameter:
        tiers = [self.small, self.mid, self.frontier]
        if (self.all is None) == any(value is None for value in tiers):
            raise ValueError("give `all`, or small, mid and frontier")
        return self

    def of(self, tier: Tier) -> float:
        value = self.all if self.all is not None else getattr(self, tier)
        assert isinstance(value, float)
        return value


@dataclass(frozen=True, slots=True)
class Figures:
    """What `parameters.yaml` says for one tier. The names and the sources are explained there."""

    follow_alone: float
    follow_decay: float
    late_rule_odds: float
    vague_bonus: float
    contradicted_luck: float
    conflict_pick: float
    bare_negative: float
    negative_decay: float
    document_states: float
    example_shows: float
    example_odds: float
    leap_odds: float
    working_risk: float
    handled_n0: float
    handled_h: float
    easy_batch: float
    invent: float
    not_found_odds: float
    injected: float
    data_guard: float
    restate_guard: float
    distractor_loss: float
    distractor_k0: float
    ignore_loss: float
    length_l50: float
    length_h: float
    look_up_l50: float
    look_up_h: float
    form_list: float
    form_object: float
    form_schema: float
    form_example_odds: float
    detect: float
    detect_own: float
    false_alarm: float
    repair: float
    yield_to_reviewer: float
    skill_mean: float
    skill_nu: float
    skill_within: float
    over_broad: float
    over_broad_vague_odds: float
    you_right: float
    you_minutes: float
    position_m: float
    position_a: float
    position_b: float
    off_topic: float
    asks: float
    asks_right: float
    in_pieces: float
    trained_error: float
    trained_decay: float
    trained_fee: float
    trained_label: float
    trained_price: float
    trained_seconds: float


PARAMETERS = Path(__file__).with_name("parameters.yaml")
_FILE = TypeAdapter(dict[str, Parameter])


_MOVED: list[Mapping[str, Parameter]] = []


@cache
def _stock() -> Mapping[str, Parameter]:
    return _FILE.validate_python(read(PARAMETERS).data)


def parameters() -> Mapping[str, Parameter]:
    """Every parameter of the file, with its source."""
    return _MOVED[-1] if _MOVED else _stock()


@contextmanager
def using(moved: Mapping[str, Parameter]) -> Iterator[None]:
    """Behave by these numbers instead of the file's: for developers.

    Parameters that `moved` does not name stay as they are. Raises KeyError for an unknown name.
    """
    now = parameters()
    if unknown := sorted(set(moved) - set(now)):
        raise KeyError(f"there is no parameter {unknown[0]!r}")
    _MOVED.append({**now, **moved})
    _forget()
    try:
        yield
    finally:
        _MOVED.pop()
        _forget()


_REMEMBERED: list[Callable[[], None]] = []


def forgets(forget: Callable[[], None]) -> Callable[[], None]:
    """Have `forget` called when other numbers hold: for what is remembered of the last ones."""
    _REMEMBERED.append(forget)
    return forget


def _forget() -> None:
    for forget in (figures.cache_clear, span.cache_clear, *_REMEMBERED):
        forget()


@cache
def figures(tier: Tier) -> Figures:
    """The numbers that hold for one tier."""
    return Figures(**{name: parameter.of(tier) for name, parameter in parameters().items()})


def with_odds(probability: float, factor: float) -> float:
    """`probability` with its odds multiplied by `factor`."""
    if probability <= 0.0 or probability >= 1.0:
        return probability
    odds = probability / (1.0 - probability) * factor
    return odds / (1.0 + odds)


def figures_of(persona: Persona) -> Figures:
    """The numbers that hold for an intern: the tier's, with the persona's own in their place."""
    assert persona.tier is not None
    stock = figures(persona.tier)
    return replace(stock, **persona.figures) if persona.figures else stock


@cache
def span(tier: Tier) -> int:
    """How many rules in one call a tier still follows at least nine times in ten."""
    return _span(figures(tier))


def span_of(persona: Persona) -> int:
    """As `span`, for one intern with figures of their own."""
    return _span(figures_of(persona))


MOST_RULES = 999
"""The span of those whom no number of rules overloads."""


def _span(f: Figures) -> int:
    if f.follow_alone <= 0.9:
        return 1
    if f.follow_decay <= 0:
        return MOST_RULES
    return min(MOST_RULES, int(1 + math.log(f.follow_alone / 0.9) / f.follow_decay))


__all__ = [
    "TIERS", "Figures", "Parameter", "figures", "figures_of", "forgets", "parameters", "span",
    "span_of", "using", "with_odds",
]  # fmt: skip
