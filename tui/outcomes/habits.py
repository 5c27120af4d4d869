"""Five habits for one's own prompts, and what each did in the learner's own attempts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from simulator.storage.store import Attempt


class Habit(NamedTuple):
    """A habit in plain words; `seen` says what it did here, empty where that is not known."""

    rule: str
    how: str
    seen: str = ""


class _Kind(NamedTuple):
    rule: str
    how: str
    measure: Callable[[Mapping[str, Any]], float]
    """How much of it there is in a plan."""


def habits(attempts: Sequence[Attempt]) -> list[Habit]:
    """The five habits, with what each did in the attempts at one scenario, oldest first."""
    read = [(attempt, _plan(attempt)) for attempt in attempts if attempt.lot == "practice"]
    return [Habit(kind.rule, kind.how, _seen(kind, read)) for kind in _KINDS]


def _seen(kind: _Kind, read: Sequence[tuple[Attempt, Mapping[str, Any]]]) -> str:
    """The best step from one attempt to the next in which a plan got more of it."""
    best: tuple[float, str] | None = None
    for (before, old), (after, new) in pairwise(read):
        if kind.measure(new) <= kind.measure(old):
            continue
        others = [other for other in _KINDS if other is not kind]
        alone = all(other.measure(new) == other.measure(old) for other in others)
        was, now = _loss(before), _loss(after)
        if was is None or now is None or now >= was:
            continue
        if best is None or was - now > best[0]:
            best = was - now, _words(before, after, alone=alone)
    return best[1] if best else ""


def _words(before: Attempt, after: Attempt, *, alone: bool) -> str:
    from tui.printing import number, percent

    was, now = _loss(before), _loss(after)
    assert was is not None
    assert now is not None
    first, then = ((one.summary.get("reliability") or {}).get("mean") for one in (before, after))
    shares = ""
    if first is not None and then is not None:
        shares = f", reliability {percent(first)} -> {percent(then)}"
    along = "" if alone else " (with other changes)"
    return (
        f"In your attempts {before.number} and {after.number}{along}: "
        f"loss {number(was)} -> {number(now)}{shares}."
    )


def _loss(attempt: Attempt) -> float | None:
    mean = (attempt.summary.get("loss") or {}).get("mean")
    return float(mean) if isinstance(mean, int | float) else None


def _plan(attempt: Attempt) -> Mapping[str, Any]:
    import yaml

    from scenarios.errors import InputError
    from scenarios.files.source import parse

    try:
        data = parse(attempt.plan_text, attempt.plan).data
    except (InputError, yaml.YAMLError):
        return {}
    return data if isinstance(data, dict) else {}


def _steps(plan: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    steps = plan.get("steps")
    return [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []


def _words_written(plan: Mapping[str, Any]) -> float:
    return sum(len(str(step.get("instructions", "")).split()) for step in _steps(plan))


def _named_results(plan: Mapping[str, Any]) -> float:
    found = [step.get("produces") for step in _steps(plan)]
    return len(_steps(plan)) + sum(len(one) for one in found if isinstance(one, dict))


def _shown(plan: Mapping[str, Any]) -> float:
    return sum(
        len(value) for step in _steps(plan) for key in ("examples", "reads")
        if isinstance(value := step.get(key), list)
    )  # fmt: skip


def _controls(plan: Mapping[str, Any]) -> float:
    found = 0
    for step in _steps(plan):
        checks = step.get("checks")
        found += len(checks) if isinstance(checks, list) else 0
        found += sum(key in step for key in ("review", "votes"))
    return found


def _code(plan: Mapping[str, Any]) -> float:
    found = [step.get("does") for step in _steps(plan)]
    return sum(len(one) for one in found if isinstance(one, list))


_KINDS = (
    _Kind("Say the rule you would be annoyed to see broken.",
          "Before you send a prompt, ask what went wrong last time, and write that rule down: the "
          "case, the exception, the format. What you leave out, the model fills in, politely.",
          _words_written),
    _Kind("Split where you could check.",
          "If the answer rests on something worked out in the head on the way, ask for that thing "
          "by name, as a result of its own, in a step of its own.", _named_results),
    _Kind("Show it: the right paper, one hard case.",
          "Give each request what it needs to read and no more, and one solved example of the case "
          "that trips people up.", _shown),
    _Kind("Let code do what code can do.",
          "Sums, formats, look-ups and comparisons do not belong in a prompt. Have the model copy "
          "out what is there, and compute from that.", _code),
    _Kind("Check where it hurts, and run it more than once.",
          "One good answer proves little. Try the same prompt on twenty cases, look at the worst, "
          "and put a test or a second pair of eyes where errors are costly.", _controls),
)  # fmt: skip
