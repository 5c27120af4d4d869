"""A run told in plain lines: as it happens, or from what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from agents.session import SIM, Session
from scenarios.persona import Persona
from simulator.events import Event, Question, RunFinished, RunStarted
from tui.printing import plural, warn
from tui.telling import Telling, in_plain
from tui.terminal import reply

Say = Callable[[str], None]


def follow(session: Session, seed: int, say: Say) -> None:
    """Run the first trial of an evaluation, record it, and tell it; you are asked what comes up.

    Simulated, it is over at once, and told by its own clock; a real model is not waited for. Where
    the same run was cut off before, it goes on.
    """
    teller = _Teller(session, say)
    live, kept = session.model != SIM, list[str]()
    with session.watched(seed=seed, tell=teller.tell if live else None) as run:
        if run.gone_on_with is not None:
            done = plural(run.calls_before, "call")
            warn(f"{run.gone_on_with.stem} was cut off: it goes on, {done} done already")

        def consult(question: Question) -> str:
            if not live:
                teller.catch_up(run.events, question)
            answer = reply()
            if answer and question.about:
                kept.append(f"answers: {{{question.about}: ...}} in step {question.step}")
            return answer

        events = run.to_the_end(consult)
        if not live:
            teller.catch_up(events)
    for where in kept:
        warn(f"trials that nobody watches are answered by the plan: {where}")
    for trouble in run.troubles:
        warn(trouble)


def tell(events: Sequence[Event], cast: Mapping[str, Persona], say: Say) -> None:
    """Tell a whole run, a line an event, and what it came to."""
    telling = Telling.of(events)
    for event in events:
        _tell_one(telling, event, cast, say)


class _Teller:
    """Tells a run that is not known to its end."""

    def __init__(self, session: Session, say: Say) -> None:
        self._asked = {step.id for step in session.plan.steps if not (step.is_code or step.is_you)}
        self._telling = Telling(None, self._asked)
        self._cast = session.cast
        self._say = say
        self._told = 0

    def tell(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._telling = Telling(event, self._asked)
        _tell_one(self._telling, event, self._cast, self._say)

    def catch_up(self, events: Sequence[Event], end: Event | None = None) -> None:
        """Tell what was not told yet, to an event or to the end."""
        upto = len(events) if end is None else events.index(end) + 1
        for event in events[self._told : upto]:
            self.tell(event)
        self._told = max(self._told, upto)


def _tell_one(telling: Telling, event: Event, cast: Mapping[str, Persona], say: Say) -> None:
    if isinstance(event, RunFinished):
        say(telling.verdict(event))
    elif (line := telling.line(event)) is not None:
        say(in_plain(line, cast))
