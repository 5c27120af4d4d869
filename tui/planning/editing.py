"""What can be done to a draft: every operation is one change, saved and undone as a whole.

What a learner types is cleaned of what no plan file could hold, so that a draft can always be read
again. Names that other steps use are changed wherever they are used.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from scenarios.errors import InputError, printable
from scenarios.model import NAME
from scenarios.plans.plan import CODE, RECORDS, STEP_ID, YOU
from scenarios.plans.specialists import FOR_READERS
from tui.planning.draft import Draft
from tui.planning.parts import Step, as_code, keep_review, ordered, prune, rename_value, uses

_NOT_YOURS = ("votes", "ask", "answers", "retrieves")
MOST = 20_000
"""Characters of a text that a plan may hold."""


def clean(value: Any) -> Any:
    """A text, or the texts in a value, as a plan file can hold them."""
    if isinstance(value, str):
        return printable(value.replace("\r\n", "\n").replace("\r", "\n")).replace("\ufeff", "")
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return {key: clean(item) for key, item in value.items()} if isinstance(value, dict) else value


def reads(step: Mapping[str, Any]) -> list[str]:
    """What a step reads: the records, where it does not say."""
    return list(step.get("reads", [RECORDS]))


def fresh_id(draft: Draft, like: str = "step") -> str:
    """An id that nothing has yet: `step-2` after `step`."""
    taken = {RECORDS, *draft.scenario.document, *(step["id"] for step in draft.steps)}
    if like not in taken:
        return like
    stem = re.sub(r"-\d+$", "", like)[:36]
    return next(name for n in range(2, 10_000) if (name := f"{stem}-{n}") not in taken)


# Steps


def add_step(draft: Draft, after: str | None = None, assignee: str = "mira") -> str:
    """A new step after another, or at the end; its id."""
    name = fresh_id(draft)
    with draft.editing() as steps:
        place = _place(draft, after) + 1 if after is not None else len(steps)
        step = {
            "id": name, "assignee": assignee, "reads": [RECORDS], "produces": {},
            "instructions": "",
        }  # fmt: skip
        steps.insert(place, step if assignee != CODE else as_code(step))
    return name


def remove_step(draft: Draft, name: str) -> None:
    """Take a step out, and out of what others read and ask to redo."""
    with draft.editing() as steps:
        del steps[_place(draft, name)]
        for step in steps:
            if name in step.get("reads", ()):
                step["reads"].remove(name)
            for check in step.get("checks", ()):
                if check.get("redo") == name:
                    del check["redo"]


def move_step(draft: Draft, name: str, by: int) -> None:
    """Move a step up (-1) or down (1) in the list. What it reads stays."""
    with draft.editing() as steps:
        place = _place(draft, name)
        steps.insert(max(0, place + by), steps.pop(place))


def rename_step(draft: Draft, name: str, new: str) -> None:
    """Give a step another id, wherever it is named. Raises InputError where it cannot have it."""
    if new == name:
        return
    if not re.fullmatch(STEP_ID, new) or len(new) > 40:
        raise InputError(
            "cannot be the name of a step",
            mend="use small letters, digits, '-' and '_', and begin with a letter",
        )
    if fresh_id(draft, new) != new:
        raise InputError("is the name of something else", mend="choose another")
    with draft.editing() as steps:
        steps[_place(draft, name)]["id"] = new
        for step in steps:
            if name in step.get("reads", ()):
                step["reads"] = [new if one == name else one for one in step["reads"]]
            for check in step.get("checks", ()):
                if check.get("redo") == name:
                    check["redo"] = new


def split_step(draft: Draft, name: str, moves: Collection[str]) -> str:
    """Make two steps of one; the second reads the first and takes over the results `moves`.

    Both keep the instructions: the learner strikes out what belongs to the other.
    """
    with draft.editing() as steps:
        place = _place(draft, name)
        first = steps[place]
        second = copy.deepcopy(first)
        second["id"] = new = fresh_id(draft, name)
        second["reads"] = [*reads(first), name]
        for step, moved in ((first, False), (second, True)):
            step["produces"] = {
                key: value for key, value in step.get("produces", {}).items()
                if (key in moves) is moved
            }  # fmt: skip
            if "does" in step:
                step["does"] = [op for op in step["does"] if (op.get("set") in moves) is moved]
            if "checks" in step:
                step["checks"] = [
                    check for check in step["checks"] if uses(check, moves) is moved
                ]  # fmt: skip
            keep_review(step)
            prune(step)
        for step in steps:
            if step is not second and name in step.get("reads", ()):
                step["reads"].append(new)
        steps.insert(place + 1, second)
    return new


def merge_step(draft: Draft, name: str) -> None:
    """Make one step of a step and the next one. Raises InputError where only one is code."""
    place = _place(draft, name)
    if place + 1 >= len(draft.steps):
        raise InputError("there is no step below to merge with", mend="move it up first")
    one, two = draft.steps[place : place + 2]
    if (one.get("assignee") == CODE) is not (two.get("assignee") == CODE):
        mend = "give both to the same kind of colleague first"
        raise InputError("one of the two steps is code, and the other is not", mend=mend)
    with draft.editing() as steps:
        first, second = steps[place], steps.pop(place + 1)
        gone = second["id"]
        both = [*reads(first), *reads(second)]
        first["reads"] = [one for one in dict.fromkeys(both) if one not in (name, gone)]
        first["produces"] = {**second.get("produces", {}), **first.get("produces", {})}
        words = [step["instructions"].strip("\n") for step in (first, second)
                 if step.get("instructions", "").strip()]  # fmt: skip
        if first.get("assignee") != CODE:
            first["instructions"] = "\n".join(dict.fromkeys(words)) + ("\n" if words else "")
        for key in ("examples", "does", "checks"):
            items = [*first.get(key, []), *second.get(key, [])]
            first[key] = [item for i, item in enumerate(items) if item not in items[:i]]
        for key in ("review", "batch", "schema", "votes", "else"):
            if key in second:
                first.setdefault(key, second[key])
        if "redo" in second:
            both_redo = [step["redo"] for step in (first, second) if "redo" in step]
            first["redo"] = max(both_redo, key=lambda redo: redo if isinstance(redo, int) else 0)
        prune(first)
        for step in steps:
            if gone in step.get("reads", ()):
                told = [name if one == gone else one for one in step["reads"]]
                step["reads"] = list(dict.fromkeys(told))
            for check in step.get("checks", ()):
                if check.get("redo") == gone:
                    check["redo"] = name


def set_reads(draft: Draft, name: str, sources: Iterable[str]) -> None:
    """What a step reads: records, documents and other steps, in the order of the scenario."""
    wanted = set(sources)
    known = [RECORDS, *draft.scenario.document, *(step["id"] for step in draft.steps)]
    with draft.editing():
        step = _step(draft, name)
        before = [one for one in reads(step) if one in wanted]
        step["reads"] = before + [one for one in known if one in wanted and one not in before]


def assign(draft: Draft, name: str, who: str) -> None:
    """Give a step to a colleague. What code has no use for goes, and comes back by undo."""
    with draft.editing() as steps:
        place = _place(draft, name)
        step = {**steps[place], "assignee": who}
        if who == CODE:
            step = as_code(step)
        else:
            step.pop("does", None)
        for key in FOR_READERS if who in trained(draft) else _NOT_YOURS if who == YOU else ():
            step.pop(key, None)
        steps[place] = ordered(step)
        _dismiss(draft)


def trained(draft: Draft) -> list[str]:
    """The ids of those who are trained for the plan."""
    return [str(one.get("id")) for one in _specialists(draft)]


def train(draft: Draft, name: str, examples: list[str], taken: Collection[str]) -> None:
    """Have a specialist trained for a step on these solved records; whose step it is, anew.

    `taken` are ids that it cannot have.
    """
    with draft.editing() as steps:
        place, there = _place(draft, name), _specialists(draft)
        who = steps[place].get("assignee")
        mine = next((one for one in there if one.get("id") == who), None)
        if mine is not None:
            mine["examples"] = examples
            return
        names = ("specialist", *(f"specialist-{n}" for n in range(2, 10_000)))
        new = next(one for one in names if one not in taken)
        draft.data["specialists"] = [*there, {"id": new, "examples": examples}]
        step = {k: v for k, v in steps[place].items() if k not in (*FOR_READERS, "does")}
        steps[place] = ordered({**step, "assignee": new})


def _specialists(draft: Draft) -> list[dict[str, Any]]:
    found = draft.data.get("specialists")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _dismiss(draft: Draft) -> None:
    """Nobody is trained for nothing."""
    if there := _specialists(draft):
        at_work = {step.get("assignee") for step in draft.steps}
        kept = [one for one in there if one.get("id") in at_work]
        draft.data["specialists"] = kept
        if not kept:
            del draft.data["specialists"]


def put(draft: Draft, name: str, key: str, value: Any, group: str = "") -> None:
    """Set one key of a step; None takes it out, and so does what is empty."""
    value = clean(value)
    with draft.editing(group) as steps:
        place = _place(draft, name)
        step = steps[place]
        if value is None or (value in ([], {}) and key not in ("produces", "reads")):
            step.pop(key, None)
        elif step.get(key) != value:
            step[key] = value
            steps[place] = ordered(step)


def write(draft: Draft, name: str, text: str) -> bool:
    """Take over the instructions as they are being typed; False where nothing changed.

    They are in the draft at once, and in its file when the caller keeps it. All that is typed
    without another change in between is one change.
    """
    text = clean(text)
    if _step(draft, name).get("instructions", "") == text:
        return False
    with draft.editing(f"words of {name}", keep=False) as steps:
        place = _place(draft, name)
        steps[place] = ordered({**steps[place], "instructions": text})
    return True


# Results


def put_result(draft: Draft, name: str, old: str | None, new: str, value: Any) -> None:
    """Add a result, or change one; a new name goes wherever the old one is used downstream.

    `value` is as in a plan file: None, a description, or a mapping. Raises InputError.
    """
    step, value = _step(draft, name), clean(value)
    if not re.fullmatch(NAME, new):
        mend = "use small letters, digits and _, and begin with a letter"
        raise InputError("cannot be the name of a result", mend=mend)
    if new != old and new in step.get("produces", {}):
        raise InputError("is a result of this step already", mend="choose another name")
    with draft.editing():
        step = _step(draft, name)
        produces = step.get("produces", {})
        if old is None or old not in produces:
            step["produces"] = {**produces, new: value}
            return
        step["produces"] = {
            (new if key == old else key): (value if key == old else item)
            for key, item in produces.items()
        }
        if new != old:
            for one in draft.steps:
                if one["id"] == name or name in reads(one):
                    rename_value(one, old, new)


def remove_result(draft: Draft, name: str, result: str) -> None:
    """Take a result out, and out of the review."""
    with draft.editing():
        step = _step(draft, name)
        step.get("produces", {}).pop(result, None)
        if result in (step.get("answers") or {}):
            del step["answers"][result]
        keep_review(step)


# Lists: operations of code, and checks


def put_item(draft: Draft, name: str, key: str, place: int | None, item: Step | None) -> None:
    """Add (`place` None), replace or remove (`item` None) an item of `does` or `checks`."""
    item = clean(item)
    with draft.editing():
        step = _step(draft, name)
        items = list(step.get(key, []))
        if place is None:
            items += [item] if item is not None else []
        else:
            items[place : place + 1] = [item] if item is not None else []
        step[key] = items
        prune(step)
        steps = draft.steps
        steps[_place(draft, name)] = ordered(step)


def move_item(draft: Draft, name: str, key: str, place: int, by: int) -> int:
    """Move an item of `does` or `checks`; where it is now."""
    count = len(_step(draft, name).get(key, []))
    to = min(max(0, place + by), count - 1)
    with draft.editing():
        items = _step(draft, name)[key]
        items.insert(to, items.pop(place))
    return to


# What they share


def _place(draft: Draft, name: str) -> int:
    place = next((i for i, step in enumerate(draft.steps) if step["id"] == name), None)
    if place is None:
        raise InputError("there is no such step any more", mend="choose one on the board")
    return place


def _step(draft: Draft, name: str) -> Step:
    return draft.steps[_place(draft, name)]
