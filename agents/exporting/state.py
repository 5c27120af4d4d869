"""What each step of an exported plan has made so far, and what is out of date."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from agents.exporting.questions import Question
from scenarios.language.values import canonical
from simulator.behaviour.finding import render

PLAN: dict[str, Any] = {}
STEPS: dict[str, dict[str, Any]] = {step["id"]: step for step in PLAN.get("steps", [])}


@dataclass
class Work:
    """What one step has made so far, and what its checks and its review have against it."""

    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    version: dict[str, int] = field(default_factory=dict)
    stamp: int = 0
    seen: tuple[int, ...] = ()
    used: dict[str, tuple[int, ...]] = field(default_factory=dict)
    pending: dict[str, tuple[str, str]] = field(default_factory=dict)
    handled: dict[tuple[str, str], int] = field(default_factory=dict)
    redos: dict[str, int] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    looked_at: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    for_you: dict[str, str] = field(default_factory=dict)
    done: bool = False
    question: Question | None = None
    """What it asked, until that is answered; `waiting` is what is done then."""
    waiting: tuple[list[str], dict[str, str]] | None = None
    said: tuple[str, str] | tuple[()] | None = None
    """What was asked and answered: () where nothing was asked, None before it may be."""

    def renew(self, record: str) -> None:
        """What reads this is out of date."""
        self.version[record] = self.version.get(record, 0) + 1
        self.stamp += 1

    def drop(self, record: str) -> None:
        self.dropped.add(record)
        self.values.pop(record, None)
        self.renew(record)


def settled(name: str, work: dict[str, Work]) -> bool:
    """Whether a step has done all it can on what is newest."""
    mine, sources = work[name], STEPS[name]["upstream"]
    return (
        mine.done
        and not mine.pending
        and mine.seen == tuple(work[source].stamp for source in sources)
        and not requests(name, work)
        and all(settled(source, work) for source in sources)
    )


def requests(name: str, work: dict[str, Work]) -> list[tuple[str, str, str]]:
    """What the checks and reviews of other steps, or its own, want done again."""
    return [
        (other, record, text)
        for other, state in work.items()
        for record, (target, text) in state.pending.items()
        if target == name
        and work[name].handled.get((other, record)) != state.redos.get(record, 0)
    ]  # fmt: skip


def arrived(step: dict[str, Any], record: str, work: dict[str, Work]) -> dict[str, Any]:
    """What the steps that are read give for a record."""
    row: dict[str, Any] = {}
    for source in step["upstream"]:
        if STEPS[source]["takes"] is not None and record not in work[source].taken:
            row |= dict.fromkeys(STEPS[source]["produces"])
        row |= work[source].values.get(record, {})
    return row


def differ(step: dict[str, Any], name: str, a: Any, b: Any) -> bool:
    """Whether two answers mean something else."""
    words = step["words"].get(name, {})
    same = {theirs.casefold().strip(): ours for ours, theirs in words.items()}

    def heard(value: Any) -> Any:
        return same.get(value.casefold().strip(), value) if isinstance(value, str) else value

    return bool(canonical(heard(a)) != canonical(heard(b)))


def plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def against(
    step: dict[str, Any], record: str, target: str, why: str, work: dict[str, Work],
    other: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Do it again while there are redos left; then what the step's `else` says."""
    mine, again = work[step["id"]], work[target]
    theirs = STEPS[target]
    passed_by = theirs["takes"] is not None and record not in again.taken
    hopeless = theirs["code"] or record in again.for_you or passed_by
    if mine.redos.get(record, 0) < step["redo"] and not hopeless:
        mine.redos[record] = mine.redos.get(record, 0) + 1
        mine.pending[record] = (target, render(again.values.get(record, {}), why, other))
    elif step["else"] == "you":
        mine.for_you[record] = why
    elif step["else"] == "drop":
        mine.drop(record)
