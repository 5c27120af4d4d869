"""Who there is to be given a step of a plan: the cast, and the specialists whom it trains."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.persona import Persona
from scenarios.plans.plan import Plan, Specialist
from simulator.parameters import parameters


def staffed(cast: Mapping[str, Persona], plan: Plan) -> Mapping[str, Persona]:
    """The cast, and with it the specialists of a plan."""
    if not plan.specialists:
        return cast
    return {**cast, **{one.id: _persona(one) for one in plan.specialists}}


def _persona(one: Specialist) -> Persona:
    return Persona(
        id=one.id, name=one.id, kind="specialist", price=trained_figure("trained_price"),
        seconds=trained_figure("trained_seconds"),
        cv="Trained on solved records: sorts as they are sorted, and reads no instructions.",
    )  # fmt: skip


def fee(labels: int) -> float:
    """What it costs to train a specialist on so many solved records, in wages."""
    return trained_figure("trained_fee") + labels * trained_figure("trained_label")


def trained_figure(name: str) -> float:
    """A parameter that is the same for all specialists."""
    value = parameters()[name].all
    assert value is not None
    return value
