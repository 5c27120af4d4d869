"""What happens in a run, as it is watched, recorded and replayed: one typed, versioned union.

`at` is in seconds of the run's own clock: simulated for simulated interns, measured for real ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, PlainSerializer

FORMAT = 2
"""The version of what follows; goes up when an older program could not read it."""
Role = Literal["work", "review"]


def _escaped(text: str) -> str:
    return re.sub("[\0\ud800-\udfff]", lambda found: f"\0{ord(found[0]):04x}", text)


def _unescaped(text: str) -> str:
    return re.sub("\0([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


# A model may answer with half a surrogate pair, which no strict reader of JSON takes.
Text: TypeAlias = Annotated[str, AfterValidator(_unescaped), PlainSerializer(_escaped)]


@dataclass(frozen=True, slots=True)
class Seat:
    """A step of the plan and who sits there."""

    step: Text
    who: Text
    reads: tuple[Text, ...]
    reviewer: Text | None = None


@dataclass(frozen=True, slots=True)
class RunStarted:
    scenario: Text
    seats: tuple[Seat, ...]
    records: tuple[Text, ...]
    model: Text
    thing: Text = "record"
    """What the scenario calls one of its records."""
    row: Text = ""
    """What it calls a row that is found in one; empty where none are."""
    currency: Text = ""
    at: float = 0.0
    kind: Literal["run started"] = "run started"


@dataclass(frozen=True, slots=True)
class StepStarted:
    at: float
    step: Text
    who: Text
    records: tuple[Text, ...]
    again: bool
    """Whether these records are done once more."""
    kind: Literal["step started"] = "step started"


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Passages of a collection were found for a record."""

    at: float
    step: Text
    who: Text
    record: Text
    documents: tuple[Text, ...]
    """The document of each passage, the best one first."""
    kind: Literal["retrieved"] = "retrieved"


@dataclass(frozen=True, slots=True)
class Asked:
    """A call goes out: the messages as they are sent."""

    at: float
    step: Text
    who: Text
    role: Role
    records: tuple[Text, ...]
    system: Text
    human: Text
    vote: int = 0
    """Which of several votes this is, from 1; 0 where the work is done once."""
    kind: Literal["asked"] = "asked"


@dataclass(frozen=True, slots=True)
class Answered:
    """A call comes back."""

    at: float
    step: Text
    who: Text
    role: Role
    records: tuple[Text, ...]
    text: Text
    tokens: int
    cost: float
    readable: bool
    vote: int = 0
    """As when it was asked."""
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True)
class Question:
    """A colleague asks you something before going on."""

    at: float
    step: Text
    who: Text
    about: Text
    """The result of the step that it is about, under the learner's name; empty where none is."""
    text: Text
    kind: Literal["question"] = "question"


@dataclass(frozen=True, slots=True)
class Replied:
    """A question is answered, or not: then the colleague goes on guessing."""

    at: float
    step: Text
    who: Text
    text: Text
    """The answer; empty where there is none."""
    by: Literal["you", "plan", "nobody"]
    """Who answers: you, as you watch; your plan, where the answer is written down; nobody."""
    kind: Literal["replied"] = "replied"


@dataclass(frozen=True, slots=True)
class Found:
    """A check or a review has something against a record."""

    at: float
    step: Text
    record: Text
    by: Literal["check", "review"]
    what: Text
    then: Text
    """The step that does it again, `you`, `keep` or `drop`."""
    kind: Literal["found"] = "found"


@dataclass(frozen=True, slots=True)
class Voted:
    """The votes on a result of a record differ."""

    at: float
    step: Text
    who: Text
    record: Text
    result: Text
    values: tuple[tuple[Text, int], ...]
    """Each value with how many gave it; the first one is taken."""
    kind: Literal["voted"] = "voted"


@dataclass(frozen=True, slots=True)
class CameToYou:
    """You looked at a record, or had no minute left for it."""

    at: float
    step: Text
    record: Text
    in_time: bool
    kind: Literal["came to you"] = "came to you"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of the infrastructure failed; it is nobody's mistake."""

    at: float
    step: Text
    who: Text
    what: Text
    kind: Literal["fault"] = "fault"


@dataclass(frozen=True, slots=True)
class StepFinished:
    at: float
    step: Text
    who: Text
    cost: float
    """Wages of the step so far."""
    kind: Literal["step finished"] = "step finished"


@dataclass(frozen=True, slots=True)
class RunFinished:
    at: float
    accepted: bool
    wrong_records: tuple[Text, ...]
    loss: float
    cost: float
    minutes: float
    your_minutes: float
    kind: Literal["run finished"] = "run finished"


Event: TypeAlias = Annotated[
    RunStarted | StepStarted | Retrieved | Asked | Answered | Question | Replied | Voted | Found
    | CameToYou | Fault | StepFinished | RunFinished,
    Field(discriminator="kind"),
]  # fmt: skip
Watch: TypeAlias = Callable[[Event], None]


@dataclass
class Recorder:
    """Keeps the events of one run."""

    events: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    def in_order(self) -> list[Event]:
        """The events by the run's own clock; what happens at once stays in the order it came."""
        return sorted(self.events, key=lambda event: event.at)
