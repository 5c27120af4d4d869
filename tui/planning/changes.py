"""What changed between two plans, step by step, in their learner's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from scenarios.files.source import parse
from scenarios.scenario import Scenario
from simulator.storage.store import Attempt
from tui.planning.shape import check_shape
from tui.planning.summary import means, operation_words, takes_words
from tui.printing import number, percent, wrapped

_MEANS = {"loss": "money lost", "wrong_records": "wrong {thing}s", "cost": "wages",
          "minutes": "minutes"}  # fmt: skip
_LABELS = {
    "assignee": "who", "reads": "reads", "takes": "takes", "produces": "gives", "does": "does",
    "instructions": "told", "examples": "example", "batch": "records a call", "schema": "form",
    "votes": "votes", "ask": "asks", "retrieves": "finds", "checks": "check", "review": "review",
    "redo": "redo", "else": "else",
}  # fmt: skip
"""The parts of a step in the order in which they are told; others follow by their own names."""
_USUAL = {"reads": ["records"], "takes": ["all"], "batch": ["all"], "schema": ["asked for"],
          "votes": ["1"], "ask": ["no"], "review": ["nobody"], "redo": ["0"],
          "else": ["keep"]}  # fmt: skip
"""What stands where nothing is written."""


class Changed(NamedTuple):
    """One change: `+` for what is new, `-` for what is gone, `~` for what is another now."""

    sign: str
    step: str
    part: str
    """The part of the step that changed; empty where it is the whole step."""
    text: str

    @property
    def line(self) -> str:
        part = f", {self.part}" if self.part else ""
        return f"{self.sign} {self.step}{part}: {self.text}"


def plan_changes(before: str, after: str) -> list[Changed]:
    """What changed from one plan's text to another's; nothing where they mean the same.

    Layout, comments, the order of steps and what was predicted are no changes of a plan. Raises
    InputError where one cannot be read any more.
    """
    old, new = (
        {step["id"]: step for step in check_shape(parse(text, "plan").data)["steps"]}
        for text in (before, after)
    )
    gone, came = ([name for name in a if name not in b] for a, b in ((old, new), (new, old)))
    found = []
    for name in list(came):
        was = next((other for other in gone if _but_id(old[other]) == _but_id(new[name])), None)
        if was is not None:
            gone.remove(was)
            came.remove(name)
            found.append(Changed("~", was, "", f"is called {name} now"))
    found += [Changed("-", name, "", f"the step is gone ({_whole(old[name])})") for name in gone]
    for name, step in new.items():
        if name in came:
            found.append(Changed("+", name, "", f"a new step ({_whole(step)})"))
        elif name in old:
            found += _of_step(name, old[name], step)
    return found


def told(changes: Sequence[Changed]) -> str:
    """The changes as a list of lines."""
    if not changes:
        return "The plans are the same."
    lines = [wrapped(one.line, "  ", "      ") for one in changes]
    return "\n".join(["What changed in the plan, from A to B:", *lines])


def _of_step(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Changed]:
    keys = [*_LABELS, *(key for key in {**old, **new} if key not in _LABELS and key != "id")]
    found = []
    for key in keys:
        was, now = _texts(key, old.get(key)), _texts(key, new.get(key))
        label = _LABELS.get(key, key.replace("_", " "))
        less, more = ([x for x in a if x not in b] for a, b in ((was, now), (now, was)))
        if len(was) == len(now) == 1 and less and key != "instructions":
            found.append(Changed("~", name, label, f"{less[0]} -> {more[0]}"))
        elif less or more:
            found += [Changed("-", name, label, text) for text in less]
            found += [Changed("+", name, label, text) for text in more]
        elif was != now:
            found.append(Changed("~", name, label, "the same in another order, or repeated"))
    return found


def _texts(key: str, value: Any) -> list[str]:
    """A part of a step as a list of texts, each of which can be new or gone."""
    from simulator.reading import sentences

    if value is None or value in ([], {}, ""):
        return _USUAL.get(key, [])
    match key:
        case "instructions":
            return [" ".join(one.text.split()) for one in sentences(str(value))]
        case "produces":
            return [f"{name}: {means(what)}" for name, what in value.items()]
        case "does":
            return [operation_words(one) for one in value]
        case "checks":
            return [f"{one.get('that', '')}{_redo(one)}" for one in value]
        case "takes":
            return [takes_words(value)]
        case "schema":
            return ["enforced" if value is True else "asked for"]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [str(one) for one in value]
    if isinstance(value, Mapping):
        return [", ".join(f"{name} {_plain(one)}" for name, one in value.items())]
    return [str(value)]


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " and ".join(map(str, value))
    return takes_words(value) if isinstance(value, Mapping) else str(value)


def _redo(check: Mapping[str, Any]) -> str:
    return f", else redo {check['redo']}" if check.get("redo") else ""


def _but_id(step: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in step.items() if key != "id"}


def _whole(step: Mapping[str, Any]) -> str:
    return f"{step.get('assignee', 'nobody')} gives {', '.join(step.get('produces', {}))}"


def figure(attempt: Attempt, name: str) -> float | None:
    """The mean of a figure of an attempt; None where no trial was scored."""
    found: Any = attempt.summary.get(name)
    mean = found.get("mean") if isinstance(found, dict) else None
    return float(mean) if isinstance(mean, int | float) else None


def did(scenario: Scenario, before: Attempt, after: Attempt) -> str:
    """What came of the one and of the other, in a line."""
    parts = []
    for name, label in _MEANS.items():
        was, now = figure(before, name), figure(after, name)
        if was is not None and now is not None:
            said = label.format(thing=scenario.unit)
            parts.append(f"{said} {number(was)} -> {number(now)}")
    was, now = figure(before, "reliability"), figure(after, "reliability")
    if was is not None and now is not None:
        parts.insert(2, f"reliability {percent(was)} -> {percent(now)}")
    told = "; ".join(parts) or "nothing was scored"
    if (before.lot, before.seed) != (after.lot, after.seed):
        told += " (on other records)"
    return told
