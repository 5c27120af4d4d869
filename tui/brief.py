"""A scenario as its learner may see it: nothing hidden, nothing sealed."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.model import Value
from scenarios.persona import Persona
from scenarios.rows import shown_text
from scenarios.scenario import Lot, Record, Scenario
from simulator.parameters import span
from simulator.rows import answers
from tui.outcomes.report import limits
from tui.printing import heading, number, percent, plural, prose, table, verbatim, wrapped


def scenario(found: Scenario, cast: Mapping[str, Persona], called: str) -> str:
    """All of a brief. `called` is what to type for the scenario in another command."""
    teaches = ", ".join(found.teaches)
    parts = [
        heading(found.title),
        wrapped(f"{found.id}: {found.track}, level {found.level}, about {found.minutes} minutes. "
                f"Teaches {teaches}."),
        wrapped(f"From: {found.boss}"),
        letter(found.brief),
        heading("What is to be delivered") + "\n" + deliverable(found),
        heading("What counts as well done") + "\n" + bars(found),
        heading("The filing cabinet") + "\n" + _cabinet(found, called),
        heading(f"Some {found.records.name}s to look at") + "\n" + _records(found, called),
        heading("People to ask") + "\n" + _people(found, called),
        heading("Your colleagues") + "\n" + colleagues(cast),
        wrapped(f"Begin with: intern new plan {called} -o my-plan.yaml"),
    ]  # fmt: skip
    return "\n\n".join(parts)


def document(found: Scenario, name: str) -> str:
    """One document in full. Raises InputError."""
    if name not in found.document:
        mend = did_you_mean(name, found.document, noun="the cabinet has")
        raise InputError(f"there is no document {quoted(name)}", field="--document", mend=mend)
    paper = found.document[name]
    return f"{heading(paper.title)}\n{paper.text.strip()}"


def record(found: Scenario, name: str) -> str:
    """One record that may be looked at in full; a solved one with its answer."""
    lots: tuple[Lot, ...] = ("preview", "archive")
    rows = {row.id: row for lot in lots for row in records(found, lot)}
    if name not in rows:
        mend = did_you_mean(name, rows, noun="to look at")
        raise InputError(f"there is no record {quoted(name)}", field="--record", mend=mend)
    row = rows[name]
    return f"{heading(f'{found.records.name} {row.id}')}\n\n{record_text(found, row)}"


def record_text(found: Scenario, row: Record, mark: str = "  | ") -> str:
    """A record as it lies in the folder, each line after `mark`; a solved one with its answer."""
    parts = []
    if row.columns:
        parts.append(table([(key, _text(value)) for key, value in row.columns.items()]))
    parts.append(verbatim(shown_text(found, row), mark))
    if row.lot == "archive":
        told = [(name, _text(value)) for name, value in answers(found, row)]
        parts.append(f"{answer_is(found).removesuffix(' is')}:\n" + table(told))
    return "\n\n".join(parts)


def answer_is(found: Scenario) -> str:
    """What the answer of a solved record is: right, where the archive never errs."""
    errs = any(row.label for row in found.lots.get("archive", ()))
    return "The archive says" if errs else "The right answer is"


def colleagues(cast: Mapping[str, Persona]) -> str:
    """Everybody who can be given a step: interns, cheapest first, then code, then you."""
    people = in_order(cast)
    return "\n\n".join(
        wrapped(f"{one.id}: {one.name}, {terms(one)}", "  ", "    ") + "\n" + prose(one.cv, "    ")
        for one in people
    )


def in_order(cast: Mapping[str, Persona]) -> list[Persona]:
    """Interns, cheapest first, then code, then you."""
    kinds = ("intern", "code", "you")
    return sorted(cast.values(), key=lambda one: (kinds.index(one.kind), one.price, one.id))


def terms(one: Persona) -> str:
    """What a colleague costs, and how much they do at a time."""
    if one.kind == "you":
        return f"{number(one.seconds)} seconds a record"
    if one.kind == "code" or one.tier is None:
        return "code, free and at once"
    hands = "one pair of hands" if one.hands == 1 else f"{one.hands} calls at a time"
    return (
        f"intern; {one.price:g} and {one.seconds:g} seconds for 1,000 tokens, {hands}; "
        f"keeps {plural(span(one.tier), 'rule')} in mind"
    )


def letter(text: str) -> str:
    """A letter keeps its own paragraphs; a short first or last line is a line of its own."""
    return prose(text, "  ")


def deliverable(found: Scenario) -> str:
    """What has to be handed over."""
    rows = []
    for field in found.deliverable:
        kind = f"list of {field.type}" if field.list else field.type
        words = " ".join(field.description.split())
        choices = ", ".join(choice.value for choice in field.choices)
        words = f"{words} ({choices})" if choices else words
        rows.append((field.name, kind, f"{words}; may be empty" if field.may_be_blank else words))
    size = sum(found.records.sample.values())
    each = f"each of {size} {found.records.name}s"
    if found.records.rows is not None:
        each = f"each {found.unit} in {size} {found.records.name}s, with the number of its line"
    text = f"For {each}:\n" + table(rows)
    return f"{text}\n\n{_acts(found)}" if found.acts else text


def _acts(found: Scenario) -> str:
    """What is done where a field says so, by a step that may."""
    rows = []
    for act in found.acts:
        undo = "can be undone" if act.undo else ""
        words = " ".join(act.description.split())
        rows.append((act.id, act.field, "; ".join(part for part in (words, undo) if part)))
    head = (
        "Acts: what a field says is done, if the step that gives it may (may: [...]). What cannot "
        "be undone needs your approval."
    )
    return wrapped(head) + "\n" + table(rows)


def bars(found: Scenario) -> str:
    """What counts as well done, the medals and the budget."""
    budget, medals = found.budget, found.medals
    rows = [("a trial is accepted with", "; ".join(limits(found)))]
    rows.append((
        "medals for", f"bronze {percent(medals.bronze)}, silver {percent(medals.silver)}, "
        f"gold {percent(medals.gold)} of trials accepted, on sealed records",
    ))  # fmt: skip
    rows.append((
        "within", f"wages {number(budget.money)} and {number(budget.minutes)} minutes a trial on "
        f"average, and {number(budget.your_minutes)} of your own minutes in each",
    ))  # fmt: skip
    if budget.pilots:
        things = plural(budget.pilots, found.records.name)
        rows.append(("to try colleagues on", f"{things} in all, for wages (`intern pilot`)"))
    return table(rows)


def _cabinet(found: Scenario, called: str) -> str:
    if not found.documents:
        return "  It is empty."
    rows = [
        (paper.id, plural(len(paper.text.split()), "word"), paper.title)
        for paper in found.documents
    ]
    return table(rows) + f"\n  Read one with: intern show {called} --document ID"


def _records(found: Scenario, called: str) -> str:
    previews, archive = records(found, "preview"), records(found, "archive")
    lines = [table([(row.id, summary(row)) for row in previews])]
    lines.append(f"  Read one with: intern show {called} --record ID")
    if archive:
        names = ", ".join(row.id for row in archive)
        lines.append(wrapped(f"Solved ones, for examples: {names}", "  "))
    return "\n".join(line for line in lines if line)


def summary(row: Record) -> str:
    """A record in one line."""
    if row.columns:
        return ", ".join(f"{key} {_text(value)}" for key, value in row.columns.items())
    return next((line.strip() for line in row.text.splitlines() if line.strip()), "")


def _people(found: Scenario, called: str) -> str:
    if not found.stakeholders:
        return "  Nobody."
    lines = [
        wrapped(f"{one.id}: {one.name}, {one.role}", "  ", "    ") for one in found.stakeholders
    ]
    lines.append(f'  Ask with: intern ask {called} "QUESTION"')
    return "\n".join(lines)


def records(found: Scenario, lot: Lot) -> tuple[Record, ...]:
    """The records of a lot."""
    return found.sheets(lot)


def _text(value: Value) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
