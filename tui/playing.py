"""A run, played: its events told to a view, at whatever time of the run's own clock it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from scenarios.plans.plan import YOU
from simulator.events import (
    Answered,
    Asked,
    CameToYou,
    Event,
    Found,
    Question,
    Replied,
    RunFinished,
    RunStarted,
    StepFinished,
    StepStarted,
    Voted,
)
from tui.telling import Line, Telling, sheet, state_of


class View(Protocol):
    """What a run is shown on. States are those of `tui.vocabulary`."""

    def begin(self, colleagues: Sequence[str], records: Sequence[str]) -> None:
        """Who is there, and which records it is about."""

    def desk(self, who: str, state: str, what: str) -> None:
        """What a colleague is busy with."""

    def record(self, record: str, state: str) -> None:
        """What became of a record."""

    def line(self, line: Line) -> None:
        """Something happened."""

    def finish(self, end: RunFinished) -> None:
        """The run is over."""


@dataclass(slots=True)
class _Call:
    asked: Asked
    answered: Answered | None

    def done(self, now: float) -> float:
        """The share of its time that has gone by."""
        if self.answered is None:
            return 0.0
        length = self.answered.at - self.asked.at
        return 1.0 if length <= 0 else min(1.0, (now - self.asked.at) / length)


class Playing:
    """Tells a view the events of a run up to a time; what it says depends on nothing else."""

    def __init__(self, events: Sequence[Event], view: View) -> None:
        self.events = events
        self.view = view
        self.telling = Telling.of(events)
        self.now = 0.0
        self.length = max((event.at for event in events), default=0.0)
        self.came_to_you = 0
        self._next = 0
        self._calls = _paired(events)
        self._open: list[_Call] = []
        self._last: dict[str, str] = {}
        self._paid = 0.0
        self._records: tuple[str, ...] = ()
        self._asked_with: tuple[str, ...] = ()
        """The records of the last reply."""
        self.writers = {e.who for e in events if isinstance(e, Answered)}
        """Who writes anything in this run."""

    @property
    def over(self) -> bool:
        """Whether everything was told."""
        return self._next >= len(self.events)

    @property
    def cost(self) -> float:
        """Wages until now; a call is paid as it is written."""
        running = sum(c.answered.cost * c.done(self.now) for c in self._open if c.answered)
        return self._paid + running

    def writing(self, who: str) -> str:
        """What a colleague is writing now, as far as it is written, or else has written last."""
        mine = [call for call in self._open if call.asked.who == who and call.answered]
        if not mine:
            return self._last.get(who, "")
        call = mine[0]
        assert call.answered is not None
        text = call.answered.text
        return text[: int(len(text) * call.done(self.now))]

    def advance(self, now: float) -> None:
        """Tell what happens until `now`."""
        self.now = max(self.now, min(now, self.length))
        while not self.over and self.events[self._next].at <= self.now:
            event = self.events[self._next]
            self._tell(event, self._calls.get(self._next))
            self._next += 1

    def skip(self) -> None:
        """Tell all the rest at once."""
        self.advance(self.length)

    def _tell(self, event: Event, call: _Call | None) -> None:
        match event:
            case RunStarted():
                self._begin(event)
            case StepStarted():
                state = "again" if event.again else "working"
                self.view.desk(event.who, state, self._busy(event))
                if event.again:
                    self._mark(event.records, state)
            case Asked():
                assert call is not None
                self._open.append(call)
                self.view.desk(event.who, state_of(event), self._busy(event))
                self._mark(event.records, state_of(event))
            case Answered():
                self._answered(event)
            case Question() | Replied():
                # What it came with is no work yet.
                self._mark(self._asked_with, "waiting")
                asks = isinstance(event, Question)
                self.view.desk(event.who, state_of(event) if asks else "working", event.step)
            case Found() | Voted():
                self._mark((event.record,), state_of(event))
            case CameToYou():
                self.came_to_you += 1
                self.view.desk(YOU, "you", f"{event.step}: {event.record}")
                self._mark((event.record,), "you")
            case StepFinished():
                if not any(one.asked.who == event.who for one in self._open):
                    self.view.desk(event.who, "done", event.step)
            case RunFinished():
                self._finished(event)
        line = self.telling.line(event)
        if line is not None:
            self.view.line(line)

    def _begin(self, event: RunStarted) -> None:
        self._records = event.records
        people = [name for seat in event.seats for name in (seat.who, seat.reviewer) if name]
        if any(isinstance(other, CameToYou) for other in self.events):
            people.append(YOU)
        self.view.begin(list(dict.fromkeys(people)), event.records)

    def _finished(self, event: RunFinished) -> None:
        wrong = set(map(sheet, event.wrong_records))
        for record in self._records:
            self.view.record(record, "wrong" if record in wrong else "right")
        self._paid, self._open = event.cost, []
        self.view.finish(event)

    def _answered(self, event: Answered) -> None:
        self._open = [call for call in self._open if call.answered is not event]
        self._last[event.who] = event.text
        self._asked_with = event.records
        self._paid += event.cost
        self._mark(event.records, state_of(event))
        left = [call for call in self._open if call.asked.who == event.who]
        if left:
            first = left[0].asked
            self.view.desk(event.who, state_of(first), self._busy(first))
        else:
            self.view.desk(event.who, state_of(event), event.step)

    def _busy(self, event: StepStarted | Asked) -> str:
        return f"{event.step}: {self.telling.many(event.records)}"

    def _mark(self, records: Sequence[str], state: str) -> None:
        for record in dict.fromkeys(map(sheet, records)):
            self.view.record(record, state)


def exchange(events: Sequence[Event], event: Event) -> tuple[Asked | None, Answered | None]:
    """The call that an event belongs to: what was asked and what came back."""
    for call in _paired(events).values():
        if event is call.asked or event is call.answered:
            return call.asked, call.answered
    return None, None


def _paired(events: Sequence[Event]) -> dict[int, _Call]:
    """The calls by the place of what was asked; the first answer on the same records is theirs."""
    answers: dict[tuple[object, ...], list[Answered]] = {}
    for event in events:
        if isinstance(event, Answered):
            answers.setdefault(_call_of(event), []).append(event)
    calls = {}
    for place, event in enumerate(events):
        if isinstance(event, Asked):
            waiting = answers.get(_call_of(event), [])
            calls[place] = _Call(event, waiting.pop(0) if waiting else None)
    return calls


def _call_of(event: Asked | Answered) -> tuple[object, ...]:
    return event.step, event.who, event.role, event.records, event.vote
