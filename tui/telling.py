"""What happens in a run, in words: the same on the screen, in plain lines and in a replay."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scenarios.errors import clip
from scenarios.persona import Persona
from scenarios.plans.plan import YOU
from simulator.events import (
    Answered,
    Asked,
    CameToYou,
    Event,
    Fault,
    Found,
    Question,
    Replied,
    Retrieved,
    RunFinished,
    RunStarted,
    StepFinished,
    StepStarted,
    Voted,
)
from simulator.reply import question
from tui import printing
from tui.vocabulary import mark


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: who and what, in a state of the vocabulary, and what it opens."""

    at: float
    who: str
    state: str
    text: str
    opens: Event


class Telling:
    """Tells the events of one run, each by itself."""

    def __init__(self, start: RunStarted | None, sent: Collection[str]) -> None:
        self.start = start
        self._sent = sent
        """The steps whose work is asked for: that they start is said by what is asked."""
        seats = self.start.seats if self.start else ()
        self._steps = {seat.step: seat.who for seat in seats}

    @classmethod
    def of(cls, events: Sequence[Event]) -> Telling:
        """For a run that is known to its end."""
        start = next((one for one in events if isinstance(one, RunStarted)), None)
        return cls(start, {e.step for e in events if isinstance(e, Asked) and e.role == "work"})

    def line(self, event: Event) -> Line | None:
        """An event in words; None where it says nothing that others do not."""
        match event:
            case RunStarted() | StepFinished() | RunFinished():
                return None
            case StepStarted():
                if not event.again and event.step in self._sent:
                    return None
                who, again = event.who, " again" if event.again else ""
                text = f"does {event.step}{again}: {self.many(event.records)}"
            case Retrieved():
                found = ", ".join(event.documents) or "nothing"
                who, text = event.who, f"{event.step}: for {event.record} finds {found}"
            case Asked():
                does = "is to review" if event.role == "review" else "is to do"
                text = f"{does} {event.step}{_vote(event)}: {self.many(event.records)}"
                who = event.who
            case Answered() if event.readable and question(event.text):
                # It is told by the question that follows.
                return None
            case Answered():
                said = clip(event.text) if event.readable else "an answer that cannot be read"
                who, text = event.who, f"{event.step}{_vote(event)}: {said}"
            case Question():
                who, text = event.who, f"{event.step}: asks you: {event.text}"
            case Replied():
                who, text = YOU, f"{event.step}: {_REPLIED[event.by]}{clip(event.text)}"
            case Voted():
                said = ", ".join(f"{n} for {clip(value) or 'nothing'}" for value, n in event.values)
                who, text = event.who, f"{event.record}: votes on {event.result} differ: {said}"
            case Found() | CameToYou() | Fault():
                who, text = self._amiss(event)
        return Line(event.at, who, state_of(event), text, event)

    def _amiss(self, event: Found | CameToYou | Fault) -> tuple[str, str]:
        """Who tells what is not as it should be, and in which words."""
        match event:
            case Found():
                who = self._steps.get(event.step, "") if event.by == "check" else "review"
                return (
                    who,
                    f"{event.record}: {event.what} ({_THEN.get(event.then) or _redo(event)})",
                )
            case CameToYou():
                late = "" if event.in_time else ", and you had no minute left"
                return YOU, f"{event.record} came to you{late}"
            case Fault():
                return event.who, f"{event.step}: {event.what}"

    def many(self, records: Sequence[str]) -> str:
        """How many records or rows, or which one."""
        if len(records) == 1:
            return records[0]
        thing = self.start.thing if self.start else "record"
        row = (self.start.row if self.start else "") or "row"
        rows = any(sheet(record) != record for record in records)
        return f"{len(records)} {row if rows else thing}s"

    def verdict(self, end: RunFinished) -> str:
        """What a run came to."""
        start = self.start or RunStarted("", (), (), "")
        accepted = mark("right" if end.accepted else "wrong")
        said = "good enough to be used" if end.accepted else "not good enough to be used"
        lost = f"{printing.number(end.loss)} {start.currency}".strip()
        wrong = f"{len(end.wrong_records)} of {len(start.records)} {start.thing}s wrong"
        if start.row:
            wrong = f"{printing.plural(len(end.wrong_records), start.row)} wrong"
        return f"{accepted.glyph} This time {said}: {wrong}, {lost} lost."


_THEN = {YOU: "it comes to you", "keep": "it is kept", "drop": "it is left out"}


_REPLIED = {
    "you": "answer: ", "plan": "the plan answers: ", "nobody": "no answer; they go on guessing",
}  # fmt: skip


def _vote(event: Asked | Answered) -> str:
    return f" (vote {event.vote})" if event.vote else ""


def _redo(event: Found) -> str:
    return f"{event.then} does it again"


def state_of(event: Event) -> str:
    """The state of the vocabulary that an event leads to."""
    match event:
        case StepStarted():
            return "again" if event.again else "working"
        case Asked():
            return "review" if event.role == "review" else "working"
        case Answered():
            return "done" if event.readable else "fault"
        case Found():
            return {YOU: "you", "keep": "found", "drop": "found"}.get(event.then, "again")
        case CameToYou() | Replied():
            return "you"
        case Question():
            return "asks"
        case Retrieved():
            return "waiting"
        case Voted():
            return "votes"
        case Fault():
            return "fault"
        case RunStarted():
            return "waiting"
        case StepFinished() | RunFinished():
            return "done"


def in_plain(line: Line, cast: Mapping[str, Persona]) -> str:
    """One line of text: when, in what state, who, and what."""
    said = " ".join(f"{called(line.who, cast)} {line.text}".split())
    return f"{clock(line.at):>5} {mark(line.state).glyph} {said}"


def called(who: str, cast: Mapping[str, Persona]) -> str:
    """A colleague's name."""
    person = cast.get(who)
    return person.name if person else who


def sheet(record: str) -> str:
    """What lies in the folder: for a row, `RECORD:LINE`, the record that it was found in."""
    return record.partition(":")[0]


def clock(seconds: float) -> str:
    """A time of the run's clock, in minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
