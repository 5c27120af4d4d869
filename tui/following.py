"""A run told in plain lines: as it happens, or from what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from agents.session import SIM, Session
from scenarios.persona import Persona
from simulator.events import Event, RunFinished, RunStarted
from simulator.recordings import Recording
from tui.printing import warn
from tui.telling import Telling, in_plain

Say = Callable[[str], None]


def follow(session: Session, seed: int, say: Say) -> None:
    """Run the first trial of an evaluation, record it, and tell it.

    Simulated, it is over at once, and told by its own clock; a real model is not waited for.
    """
    with Recording(session.scenario.id) as recording:
        if session.model == SIM:
            tell(session.watch(seed=seed, tell=recording), session.cast, say)
        else:
            asked = {s.id for s in session.plan.steps if not (s.is_code or s.is_you)}
            telling = Telling(None, asked)

            def happens(event: Event) -> None:
                nonlocal telling
                recording(event)
                if isinstance(event, RunStarted):
                    telling = Telling(event, asked)
                _tell_one(telling, event, session.cast, say)

            session.watch(seed=seed, tell=happens)
    if recording.trouble:
        warn(recording.trouble)


def tell(events: Sequence[Event], cast: Mapping[str, Persona], say: Say) -> None:
    """Tell a whole run, a line an event, and what it came to."""
    telling = Telling.of(events)
    for event in events:
        _tell_one(telling, event, cast, say)


def _tell_one(telling: Telling, event: Event, cast: Mapping[str, Persona], say: Say) -> None:
    if isinstance(event, RunFinished):
        say(telling.verdict(event))
    elif (line := telling.line(event)) is not None:
        say(in_plain(line, cast))
