"""Who can be given a step. What a learner sees of an intern is its CV; the rest its work shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field as Spec

from scenarios.model import Id, Model, Name
from scenarios.scenario import Work

Tier = Literal["small", "mid", "frontier"]


class Persona(Model):
    """A colleague: an intern (with a tier), code, you, or somebody trained."""

    id: Id
    """What plans assign steps to."""
    name: str
    kind: Literal["intern", "code", "you", "specialist"] = "intern"
    """Whether they are an intern, code, you, or somebody trained."""
    tier: Tier | None = None
    """For an intern: how able the model behind them is."""
    cv: str
    """What a learner reads about them."""
    price: Annotated[float, Spec(ge=0)] = 0
    """Money for 1,000 tokens, read or written."""
    seconds: Annotated[float, Spec(ge=0)] = 0
    """Seconds for 1,000 tokens, read or written; for you, seconds for a record."""
    hands: Annotated[int, Spec(ge=1)] = 1
    """Calls that they work on side by side."""
    odds: Mapping[Work, Annotated[float, Spec(gt=0)]] = {}
    """By kind of work: what multiplies the odds of an error of skill; 1 is the tier's own."""
    figures: Mapping[Name, float] = {}
    """Numbers of the behaviour model that are this intern's own instead of the tier's."""
