"""What happens in a run, as it is watched, recorded and replayed: one typed, versioned union.

`at` is in seconds of the run's own clock: simulated for simulated interns, measured for real ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

SCHEMA = 1
Role = Literal["work", "review"]


@dataclass(frozen=True, slots=True)
class Seat:
    """A step of the plan and who sits there."""

    step: str
    who: str
    reads: tuple[str, ...]
    reviewer: str | None = None


@dataclass(frozen=True, slots=True)
class RunStarted:
    scenario: str
    seats: tuple[Seat, ...]
    records: tuple[str, ...]
    model: str
    schema: int = SCHEMA
    at: float = 0.0
    kind: Literal["run started"] = "run started"


@dataclass(frozen=True, slots=True)
class StepStarted:
    at: float
    step: str
    who: str
    records: tuple[str, ...]
    again: bool
    """Whether these records are done once more."""
    kind: Literal["step started"] = "step started"


@dataclass(frozen=True, slots=True)
class Asked:
    """A call goes out: the messages as they are sent."""

    at: float
    step: str
    who: str
    role: Role
    records: tuple[str, ...]
    system: str
    human: str
    kind: Literal["asked"] = "asked"


@dataclass(frozen=True, slots=True)
class Answered:
    """A call comes back."""

    at: float
    step: str
    who: str
    role: Role
    records: tuple[str, ...]
    text: str
    tokens: int
    cost: float
    readable: bool
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True)
class Found:
    """A check or a review has something against a record."""

    at: float
    step: str
    record: str
    by: Literal["check", "review"]
    what: str
    then: str
    """The step that does it again, `you`, `keep` or `drop`."""
    kind: Literal["found"] = "found"


@dataclass(frozen=True, slots=True)
class CameToYou:
    """You looked at a record, or had no minute left for it."""

    at: float
    step: str
    record: str
    in_time: bool
    kind: Literal["came to you"] = "came to you"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of the infrastructure failed; it is nobody's mistake."""

    at: float
    step: str
    who: str
    what: str
    kind: Literal["fault"] = "fault"


@dataclass(frozen=True, slots=True)
class StepFinished:
    at: float
    step: str
    who: str
    cost: float
    """Wages of the step so far."""
    kind: Literal["step finished"] = "step finished"


@dataclass(frozen=True, slots=True)
class RunFinished:
    at: float
    accepted: bool
    wrong_records: tuple[str, ...]
    loss: float
    cost: float
    minutes: float
    your_minutes: float
    kind: Literal["run finished"] = "run finished"


Event: TypeAlias = (
    RunStarted | StepStarted | Asked | Answered | Found | CameToYou | Fault | StepFinished
    | RunFinished
)  # fmt: skip
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
