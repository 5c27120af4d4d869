"""What a colleague is told when a record comes back, and what they do about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from scenarios.model import Value
from simulator.behaviour.belief import Aside, is_right
from simulator.behaviour.job import Job
from simulator.rows import wanted

_BEFORE = "You wrote "
_OTHER = "Somebody else, asked the same, wrote "
Answer = Literal["keep", "adopt", "again"]


@dataclass(frozen=True, slots=True)
class Returned:
    """A finding as it is read back: one's own former row, and the other one where there is one."""

    before: dict[str, Any]
    other: dict[str, Any] | None


def render(before: Mapping[str, Value], why: str, other: Mapping[str, Value] | None = None) -> str:
    """The text of a finding."""
    text = f"{_BEFORE}{json.dumps(dict(before), ensure_ascii=False)}\n"
    if other is not None:
        text += f"{_OTHER}{json.dumps(dict(other), ensure_ascii=False)}\n"
    return text + why


def parse(text: str) -> Returned | None:
    """Read a finding back; None where it is not one."""
    before = other = None
    for line in text.splitlines():
        if line.startswith(_BEFORE) and before is None:
            before = json.loads(line[len(_BEFORE) :])
        elif line.startswith(_OTHER) and other is None:
            other = json.loads(line[len(_OTHER) :])
    return None if before is None else Returned(before, other)


def reconsider(job: Job, aside: Aside, record: str, returned: Returned) -> Answer:
    """Whether an intern stands by its row, takes the other's, or does the record again.

    Told that something is wrong, the published interns mend less than half of it at once, and
    give up what was right in one case of seven when somebody disagrees.
    """
    u = aside.draws(
        "repair", record=record, who=job.persona.id, role=aside.role, round=aside.round(record)
    )
    if returned.other is None:
        return "again" if u < job.figures.repair else "keep"
    known = aside.scenario.record[record]
    if not returned.before or not returned.other:
        # One of the two has nothing: which of them is right?
        wrong = bool(returned.before) != wanted(aside.scenario, record)
        return "adopt" if u < _gives_in(job, wrong) else "keep"
    wrong = any(
        result.field is not None
        and result.name in returned.other
        and not is_right(
            aside.scenario, result.field, result.hear(returned.before.get(result.name)), known
        )
        for result in job.results
    )
    return "adopt" if u < _gives_in(job, wrong) else "keep"


def _gives_in(job: Job, wrong: bool) -> float:
    return job.figures.repair if wrong else job.figures.yield_to_reviewer
