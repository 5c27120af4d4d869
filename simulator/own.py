"""Interns of one's own: personas with figures of their own, checked against the parameters."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.files.source import read
from scenarios.loading import load_cast, load_persona
from scenarios.persona import Persona
from simulator.parameters import parameters

ENDING = ".persona.yaml"
"""How the files of personas end."""
_SHARED = ("skill_", "you_", "trained_")
_SHARES = (
    "follow_alone", "contradicted_luck", "vague_bonus", "conflict_pick", "bare_negative",
    "document_states", "example_shows", "invent", "injected", "distractor_loss", "form_list",
    "form_object", "form_schema", "detect", "detect_own", "false_alarm", "repair",
    "yield_to_reviewer", "over_broad", "asks", "asks_right", "in_pieces",
)  # fmt: skip
_ABOVE_ZERO = ("handled_n0", "handled_h", "length_l50", "length_h", "distractor_k0", "position_m")


def own_figures() -> list[str]:
    """The names of the figures that a persona may have of its own."""
    return [name for name in parameters() if not name.startswith(_SHARED)]


def load_own(path: Path) -> Persona:
    """The persona that a file describes, with its own figures.

    Raises InputError where the file is no persona, where a figure is not known, belongs to the
    tier as a whole (the hardness of records is shared; `odds` says a persona's own), or cannot
    have its value.
    """
    persona = load_persona(path)
    names = own_figures()
    for name, value in persona.figures.items():
        if name not in names:
            problem, mend = "is no figure of an intern", did_you_mean(name, names)
        elif name in _SHARES and not 0 <= value <= 1:
            problem, mend = f"must be between 0 and 1, not {value:g}", "write a share"
        elif name in _ABOVE_ZERO and value <= 0:
            problem, mend = f"must be above 0, not {value:g}", "write a larger number"
        elif value < 0:
            problem, mend = f"must be at least 0, not {value:g}", "write a larger number"
        else:
            continue
        raise read(path).error(("figures", name), problem, mend)
    if persona.figures and persona.kind != "intern":
        raise read(path).error(("figures",), "are for interns only", "delete them")
    return persona


def cast_beside(folder: Path) -> Mapping[str, Persona]:
    """The cast that ships, and the personas of the files `NAME.persona.yaml` in `folder`.

    Raises InputError where one is not as it should be, or has somebody else's id.
    """
    cast = dict(load_cast())
    for path in sorted(folder.glob(f"*{ENDING}")):
        persona = load_own(path)
        if persona.id in cast:
            problem, mend = f"{quoted(persona.id)} is somebody already", "give it another id"
            raise InputError(problem, file=str(path), field="id", mend=mend)
        cast[persona.id] = persona
    return cast
