"""Who sits at the desks and who reads for them: `sim`, or a real model, `local` or elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.errors import InputError
from scenarios.persona import Persona
from simulator.text_reader import LOCAL, TextReader

if TYPE_CHECKING:
    from agents.colleague import Colleague
    from agents.models.account import Account
    from agents.models.line import Line

MODELS = "sim, local, or openai:NAME"
LOCAL_MODEL = "local"
READERS = "sim, or openai:NAME"


def hirer(
    model: str, texts: TextReader = LOCAL, account: Account | None = None
) -> Callable[[Persona], Colleague]:
    """How to staff a desk with `model`; `texts` reads for simulated colleagues.

    `account` is where what a real one costs is kept.

    Raises InputError for a model that is not known, and for the local one where it is not there.
    """
    if model == LOCAL_MODEL:
        from agents.models import local
        from agents.models.real import RealColleague

        line = local.line()
        line.account = account or line.account
        return lambda persona: RealColleague(persona, line, max_concurrency=local.AT_ONCE)
    name = _real(model, "--model", MODELS)
    if name is None:
        from agents.colleague import SimulatedColleague
        from agents.specialist import SpecialistColleague

        def simulated(persona: Persona) -> Colleague:
            if persona.kind == "specialist":
                return SpecialistColleague(persona)
            return SimulatedColleague(persona, texts)

        return simulated

    from agents.models.account import LONGEST
    from agents.models.dialing import AT_ONCE, dial
    from agents.models.real import RealColleague

    # One line for all: what its endpoint does not take is found out once.
    limited = account is not None and account.limit is not None
    openai = dial(name, option="--model", longest=LONGEST if limited else None)
    openai.account = account or openai.account
    return lambda persona: RealColleague(persona, openai, max_concurrency=AT_ONCE)


def reader(model: str) -> TextReader:
    """Who reads the instructions: the small reader of the simulator, or a real model.

    Raises InputError for a model that is not known or that cannot be had.
    """
    name = _real(model, "--reader", READERS)
    if name is None:
        return LOCAL

    from agents.models.reader import engage

    return engage(name)


def dialled(name: str) -> tuple[Line, int]:
    """A line to `local` or to a model at an endpoint, and how many calls it takes at a time.

    Raises InputError as `hirer` does.
    """
    if name == LOCAL_MODEL:
        from agents.models import local

        return local.line(), local.AT_ONCE
    from agents.models.dialing import AT_ONCE, dial

    return dial(name, option="--model"), AT_ONCE


def check_real(model: str) -> None:
    """Raise InputError where `model` is none but simulated or not known. Starts nothing."""
    if model == "sim":
        raise InputError("is not a real model", field="--model", mend="use local, or openai:NAME")
    if model != LOCAL_MODEL:
        _real(model, "--model", MODELS)


def _real(model: str, option: str, known: str) -> str | None:
    """The name of a real model; None for the simulator's own."""
    kind, _, name = model.partition(":")
    if model != "sim" and (kind != "openai" or not name):
        raise InputError(f"there is no model {model!r}", field=option, mend=f"use {known}")
    return name or None
