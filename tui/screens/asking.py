"""Asking for what can be set on a step: each question is a picker or a form, each answer a change.

Every function is awaited in a worker of the step's screen, and gives the change to make, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from textual.app import App

from scenarios.model import NAME
from scenarios.plans.plan import YOU
from tui.planning import editing, menus
from tui.planning.outline import arriving, before, outline, people
from tui.planning.rows import ELSE
from tui.screens import piloting
from tui.screens.operating import Given, ask_operation, expression, items, whole
from tui.widgets.form import Entry, Form
from tui.widgets.picker import Choice, ManyPicker, Picker
from tui.workbook import Workbook

Change = Callable[[], object]
Asking = App[Any]

_OWN = "*own*"


async def who(app: Asking, book: Workbook, name: str) -> Change | None:
    before_ = _step(book, name).get("assignee")
    there = people(book.draft, book.cast)
    new = Choice("", "+ a specialist", "trained on solved records that you choose, for a fee")
    chosen = await app.push_screen_wait(
        Picker(
            f"Who does {name}?", [*menus.colleagues(there), new, *piloting.choice(book)], before_
        )
    )
    if chosen == piloting.PILOT:
        await piloting.pilot(app, book, name)
        return None
    if chosen == "":
        return await trained(app, book, name)
    if chosen is None or chosen == before_:
        return None
    return lambda: editing.assign(book.draft, name, chosen)


async def trained(app: Asking, book: Workbook, name: str) -> Change | None:
    there = people(book.draft, book.cast)
    mine = next((b for b in outline(book.draft, book.cast) if b.step.id == name), None)
    chosen = list(mine.solved) if mine is not None and mine.specialist is not None else []
    picked = await app.push_screen_wait(
        ManyPicker("Which solved records is it trained on? Each is paid for.",
                   menus.solved(book.scenario, chosen), chosen)
    )  # fmt: skip
    examples = [one.id for one in book.scenario.sheets("archive") if one.id in picked]
    if not examples or examples == chosen:
        return None
    return lambda: editing.train(book.draft, name, examples, there)


async def reads(app: Asking, book: Workbook, name: str) -> Change | None:
    chosen = await app.push_screen_wait(
        ManyPicker(f"What does {name} read?", menus.sources(book.draft, name),
                   editing.reads(_step(book, name)))
    )  # fmt: skip
    return lambda: editing.set_reads(book.draft, name, chosen)


async def takes(app: Asking, book: Workbook, name: str) -> Change | None:
    step = _step(book, name)
    names = arriving(book.draft, step)
    about = f"Expressions over: {', '.join(names)}." if names else ""
    entries = _takes_entries(step.get("takes"), names)
    filled = await app.push_screen_wait(Form(f"Which records does {name} take?", entries, about))
    if filled is None:
        return None
    return lambda: editing.put(book.draft, name, "takes", _takes(filled))


def _takes_entries(old: Any, names: Collection[str]) -> list[Entry]:
    """What can be said of the records that are taken, by the values of some names."""
    old = old if isinstance(old, Mapping) else {}
    known = dict.fromkeys(names)
    return [
        Entry("where", "Only those where (empty: all)", str(old.get("where") or ""),
              judge=expression("where", known, empty=True)),
        Entry("most", "At most so many (empty: all)", str(old.get("most") or ""),
              judge=whole("most", 1000, least=1, empty=True)),
        Entry("by", "The largest first, by (empty: at random)", str(old.get("by") or ""),
              judge=expression("by", known, empty=True)),
    ]  # fmt: skip


def _takes(filled: Mapping[str, str]) -> dict[str, Any] | None:
    made: dict[str, Any] = {key: filled[key] for key in ("where", "by") if filled[key]}
    if filled["most"]:
        made["most"] = int(filled["most"])
    return made or None


async def examples(app: Asking, book: Workbook, name: str) -> Change | None:
    chosen = _step(book, name).get("examples", [])
    picked = await app.push_screen_wait(
        ManyPicker("Which solved records are shown as examples?",
                   menus.solved(book.scenario, chosen), chosen)
    )  # fmt: skip
    kept = [one for one in chosen if one in picked]
    kept += [one for one in picked if one not in kept]
    return lambda: editing.put(book.draft, name, "examples", kept)


async def retrieves(app: Asking, book: Workbook, name: str) -> Change | None:
    old, names = _step(book, name).get("retrieves") or {}, arriving(book.draft, _step(book, name))

    def number(key: str, low: int, high: int) -> Callable[[Mapping[str, str]], str | None]:
        def judge(filled: Mapping[str, str]) -> str | None:
            text = filled[key]
            fits = text.isascii() and text.isdigit() and low <= int(text) <= high
            return None if fits else f"Write a number from {low} to {high}."

        return judge

    def known(filled: Mapping[str, str]) -> str | None:
        by = items(filled["by"])
        fits = bool(by) and set(by) <= set(names)
        return (
            None if fits else f"Write names of what arrives: {', '.join(names) or 'nothing yet'}."
        )

    collections = [Choice(one.id, one.id, one.title) for one in book.scenario.collections]
    where = await app.push_screen_wait(
        Picker("Where is it to look?", [Choice("", "nowhere"), *collections], old.get("from", ""))
    )
    if where is None:
        return None
    if not where:
        return lambda: editing.put(book.draft, name, "retrieves", None)
    entries = [
        Entry("by", "By the words of", ", ".join(old.get("by", ())), judge=known),
        Entry("chunk", "Tokens of a passage", str(old.get("chunk", 200)),
              judge=number("chunk", 20, 2000)),
        Entry("k", "Passages a record", str(old.get("k", 3)), judge=number("k", 1, 50)),
    ]  # fmt: skip
    filled = await app.push_screen_wait(Form(f"What does {name} look for?", entries))
    if filled is None:
        return None
    made = {
        "from": where, "by": items(filled["by"]), "chunk": int(filled["chunk"]),
        "k": int(filled["k"]),
    }  # fmt: skip
    return lambda: editing.put(book.draft, name, "retrieves", made)


async def batch(app: Asking, book: Workbook, name: str) -> Change | None:
    def judge(filled: Mapping[str, str]) -> str | None:
        text = filled["batch"]
        fits = text.isascii() and text.isdigit() and 1 <= int(text) <= 1000
        return None if fits or text in ("", "all") else "Write a number from 1 to 1000, or: all"

    old = str(_step(book, name).get("batch", "all"))
    entry = Entry("batch", "Records in one call: a number, or all", old, judge=judge)
    filled = await app.push_screen_wait(Form("Batch", [entry]))
    if filled is None:
        return None
    value = int(filled["batch"]) if filled["batch"].isdigit() else None
    return lambda: editing.put(book.draft, name, "batch", value)


async def votes(app: Asking, book: Workbook, name: str) -> Change | None:
    choices = [Choice(n, f"{n}", "the majority counts" if n > 1 else "") for n in range(1, 10)]
    old = _step(book, name).get("votes", 1)
    value = await app.push_screen_wait(
        Picker("How often is each record done? Every time is paid.", choices, old)
    )
    if value is None:
        return None
    return lambda: editing.put(book.draft, name, "votes", value if value > 1 else None)


async def redo(app: Asking, book: Workbook, name: str) -> Change | None:
    words = ["never", "once", "twice", "three times", "four times", "five times"]
    choices = [Choice(n, f"{n}  {word}") for n, word in enumerate(words)]
    old = _step(book, name).get("redo", 0)
    value = await app.push_screen_wait(
        Picker("How often is a record done again that fails a check or a review?", choices, old)
    )
    if value is None:
        return None
    return lambda: editing.put(book.draft, name, "redo", value or None)


async def otherwise(app: Asking, book: Workbook, name: str) -> Change | None:
    choices = [Choice(word, word, says) for word, says in ELSE.items()]
    value = await app.push_screen_wait(
        Picker("What becomes of a record that still fails?", choices,
               _step(book, name).get("else", "keep"))
    )  # fmt: skip
    if value is None:
        return None
    return lambda: editing.put(book.draft, name, "else", None if value == "keep" else value)


async def result(app: Asking, book: Workbook, name: str, old: str | None) -> Change | None:
    """A result: a field of the deliverable, or one that the learner names and describes."""
    draft = book.draft
    fields = {field.name: field for field in book.scenario.deliverable}
    if old in fields and _step(book, name)["produces"][old] is None:
        app.notify("The brief says what it means. d takes it out.", timeout=4, markup=False)
        return None
    if old is None:
        made = {one for step in draft.steps for one in step.get("produces", {})}
        open_ = [one for one in fields.values() if one.name not in made]
        chosen: str | None = _OWN
        if open_:
            choices = [Choice(one.name, one.name, one.description) for one in open_]
            choices.append(Choice(_OWN, "a result of my own", "named and described by me"))
            chosen = await app.push_screen_wait(Picker("What does it give?", choices))
        if chosen is None:
            return None
        if chosen != _OWN:
            field = chosen
            return lambda: editing.put_result(draft, name, None, field, None)
    return await _own_result(app, book, name, old, set(fields))


async def _own_result(
    app: Asking, book: Workbook, name: str, old: str | None, fields: set[str]
) -> Change | None:
    produces = _step(book, name).get("produces", {})
    value = produces.get(old) if old is not None else None
    value = value if isinstance(value, dict) else {"means": value}

    def judge_name(filled: Mapping[str, str]) -> str | None:
        new = filled["name"]
        if not re.fullmatch(NAME, new) or len(new) > 60:
            return "A name has small letters, digits and _, and begins with a letter."
        return "The step gives that already." if new != old and new in produces else None

    def judge_means(filled: Mapping[str, str]) -> str | None:
        if filled["means"] or filled["name"] in fields:
            return None
        return "Say in your own words what it means."

    entries = [
        Entry("name", "Name", old or "", "printed_total", judge_name),
        Entry("means", "What it means, in your own words", str(value.get("means") or ""),
              judge=judge_means),
        Entry("choices", "If it is one of a few words: these, with ; between them",
              "; ".join(map(str, value.get("choices") or ()))),
        Entry("list", "it is a list: several values a record", yes_or_no=True,
              value="yes" if value.get("list") is True else ""),
    ]  # fmt: skip
    filled = await app.push_screen_wait(Form("A result", entries))
    if filled is None:
        return None
    made: Any = {"means": filled["means"]}
    if choices := items(filled["choices"]):
        made["choices"] = choices
    if filled["list"]:
        made["list"] = True
    if filled["name"] in fields and made == {"means": ""}:
        made = None
    elif len(made) == 1:
        made = filled["means"]
    return lambda: editing.put_result(book.draft, name, old, filled["name"], made)


async def check(app: Asking, book: Workbook, name: str, place: int | None) -> Change | None:
    step = _step(book, name)
    old = step["checks"][place] if place is not None else {}
    names = {**dict.fromkeys(step.get("produces", {}), name), **arriving(book.draft, step)}
    names |= dict.fromkeys((str(op.get("set")) for op in step.get("does", ())), name)
    about = (
        "An expression that is true of every record that is right, such as total == sum(lines). "
        f"Names: {', '.join(names)}."
    )
    entry = Entry("that", "It must hold that", str(old.get("that", "")),
                  judge=expression("that", names))  # fmt: skip
    filled = await app.push_screen_wait(Form("A check", [entry], about))
    if filled is None:
        return None
    made: dict[str, Any] = {"that": filled["that"]}
    earlier = before(book.draft, name)
    if earlier:
        choices = [Choice(name, name, "this step"), *(Choice(one, one) for one in earlier)]
        title = "Which step does a record again that fails?"
        again = await app.push_screen_wait(Picker(title, choices, old.get("redo", name)))
        if again is None:
            return None
        if again != name:
            made["redo"] = again
    return lambda: editing.put_item(book.draft, name, "checks", place, made)


async def review(app: Asking, book: Workbook, name: str) -> Change | None:
    step = _step(book, name)
    old: Mapping[str, Any] = step.get("review") or {}
    choices = [Choice("", "nobody"), *menus.colleagues(book.cast, ["intern", YOU])]
    by = await app.push_screen_wait(Picker("Who looks at the work?", choices, old.get("by", "")))
    if by is None:
        return None
    if not by:
        return lambda: editing.put(book.draft, name, "review", None)
    produces = list(step.get("produces", {}))
    of = produces
    if len(produces) > 1:
        results = [Choice(one, one) for one in produces]
        of = await app.push_screen_wait(ManyPicker("At which results?", results, old.get("of", ())))
    if not of:
        app.notify("A review is of at least one result.", severity="warning", markup=False)
        return None
    names = [*arriving(book.draft, step), *produces]
    entries = [] if by == YOU else [
        Entry("blind", "blind: they do it again themselves, and code compares",
              "yes" if old.get("blind") is True else "", yes_or_no=True),
        Entry("instructions", "Instructions for the reviewer (empty: those of the step)",
              " ".join(str(old.get("instructions") or "").split())),
    ]  # fmt: skip
    entries += _takes_entries(old.get("takes"), names)
    filled = await app.push_screen_wait(Form("How?", entries))
    if filled is None:
        return None
    made: dict[str, Any] = {"by": by, "of": of}
    if taken := _takes(filled):
        made["takes"] = taken
    if filled.get("blind"):
        made["blind"] = True
    if filled.get("instructions"):
        made["instructions"] = filled["instructions"]
    return lambda: editing.put(book.draft, name, "review", made)


async def operation(app: Asking, book: Workbook, name: str, place: int | None) -> Change | None:
    step = _step(book, name)
    does = step.get("does", [])
    old = does[place] if place is not None else None
    names = arriving(book.draft, step)
    names |= {str(one.get("set")): "this step" for one in does[:place]}
    documents = {one: book.scenario.document.get(one) for one in editing.reads(step)}
    tables = {
        one: list(paper.table[0]) for one, paper in documents.items() if paper and paper.table
    }
    done = {one.get("set") for one in does}
    wanted = [one for one in step.get("produces", {}) if one not in done]
    made = await ask_operation(app, Given(names, tables, wanted), old)
    if made is None:
        return None
    return lambda: editing.put_item(book.draft, name, "does", place, made)


async def rename(app: Asking, book: Workbook, name: str) -> str | None:
    """Another name for the step."""
    filled = await app.push_screen_wait(
        Form("Rename the step", [menus.step_name(book.draft, name)])
    )
    return filled["name"] if filled else None


def _step(book: Workbook, name: str) -> dict[str, Any]:
    return book.draft.step(name) or {}
