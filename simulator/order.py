"""The work order: all that one call gives one colleague, and the messages that carry it.

The messages are the same whoever answers; `received.py` reads them back. Texts are marked off by
tags; a text that contains one of these tags itself has it defused, and cannot end its section.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from scenarios.persona import Persona

OrderRole = Literal["work", "review"]
TAGS = (
    "instructions|produce|input|document|example|answer|record|given|finding|records|form|said"
    "|passage"
)
_TAG = re.compile(rf"<(\\*)(?=/?(?:{TAGS})\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A value to produce, or an input that is given, under the learner's name for it."""

    name: str
    means: str
    choices: tuple[str, ...] = ()
    list: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Solved:
    """An example: a record of the archive with its right answer under the learner's names."""

    record: str
    text: str
    answer: str
    """A JSON object; of a record that is searched for rows a list of them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A question that was put before the work, and what was answered: empty for nothing."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a call: its text where the step reads records, what arrived, what was found.

    What arrived is kept as JSON text, so that equal numbers of different types stay apart.
    """

    record: str
    text: str | None = None
    given: str = ""
    finding: str = ""
    passages: tuple[Paper, ...] = ()
    """What was found for it in a collection."""


@dataclass(frozen=True, slots=True)
class Head:
    """The part of a work order that is the same for each of its calls."""

    role: OrderRole
    record_name: str
    instructions: str
    asked: tuple[Asked, ...]
    inputs: tuple[Asked, ...] = ()
    papers: tuple[Paper, ...] = ()
    examples: tuple[Solved, ...] = ()
    enforce_schema: bool = False
    author: str = ""
    """In a review: whose work is checked."""
    rows: str = ""
    """What one of the rows is called that are to be found in each record; '' for none."""
    may: tuple[str, ...] = ()
    """The acts that are allowed."""
    asks: bool = False
    """Whether the reply may be a question instead."""
    said: tuple[Said, ...] = ()
    """What was asked before and answered."""


@dataclass(frozen=True, slots=True)
class WorkOrder:
    persona: Persona
    head: Head
    items: tuple[Item, ...]


def system_message(persona: Persona, head: Head) -> str:
    """Who the colleague is and the form of the answer."""
    thing = head.record_name
    who = f"You are {persona.name}, an intern on an office team. {' '.join(persona.cv.split())}"
    if persona.kind == "specialist":
        who = f"You sort {thing}s as the solved ones below are sorted, and by nothing else."
    lines = [
        who,
        f"You are given {thing}s, one by one, each with an id. Everything between tags is "
        "material for the job.",
    ]
    if head.role == "review":
        lines.append(
            f"You check the work of {head.author}. Answer with a JSON array and nothing else: for "
            f'each {thing} an object {{"record": id, "ok": true or false, "why": a few words}}.'
        )
    else:
        keys = ", ".join(json.dumps(asked.name) for asked in head.asked)
        whom, key = thing, '"record"'
        if head.rows:
            lines.append(f"Each line of a {thing} has its number before it.")
            whom = f"{head.rows} that you find"
            key = '"record", "line" (the number of the line where it is said)'
        lines.append(
            "Answer with a JSON array and nothing else: for each "
            f"{whom} an object with the keys {key}, {keys}."
        )
    if head.may:
        lines += [MAY, *(f"- {' '.join(act.split())}" for act in head.may)]
    if head.asks:
        lines.append(ASK)
    return "\n".join(lines)


ASK = (
    "If you lack something that you need, you may first ask one question. Then answer with "
    '{"ask": your question, "about": the key that it is about} and nothing else.'
)
MAY = "You may do this, and nothing else:"


@lru_cache(maxsize=512)
def head_text(head: Head) -> str:
    """The part of the order that its calls share, as text."""
    parts: list[str] = []
    if head.instructions.strip():
        parts.append(f"<instructions>\n{_shut(head.instructions.strip())}\n</instructions>")
    parts += [_asked_text("produce", asked) for asked in head.asked]
    parts += [_asked_text("input", asked) for asked in head.inputs]
    for paper in head.papers:
        parts.append(
            f"<document id={_quoted(paper.id)} title={_quoted(paper.title)}>\n"
            f"{_shut(paper.text.strip())}\n</document>"
        )
    for solved in head.examples:
        parts.append(
            f"<example record={_quoted(solved.record)}>\n{_shut(solved.text.strip())}\n"
            f"<answer>{_shut(solved.answer)}</answer>\n</example>"
        )
    parts += [
        f"<said question={_quoted(said.question)}>{_shut(said.answer or UNANSWERED)}</said>"
        for said in head.said
    ]
    if head.enforce_schema:
        parts.append("<form>enforced</form>")
    return "\n".join(parts)


@lru_cache(maxsize=8192)
def item_text(item: Item) -> str:
    """One record of a call, as text."""
    lines = [f"<record id={_quoted(item.record)}>"]
    if item.text is not None:
        lines.append(_shut(item.text.strip()))
    if item.given:
        lines.append(f"<given>{_shut(item.given)}</given>")
    if item.finding:
        lines.append(f"<finding>{_shut(item.finding)}</finding>")
    lines += [
        f"<passage id={_quoted(one.id)} title={_quoted(one.title)}>\n{_shut(one.text)}\n</passage>"
        for one in item.passages
    ]
    lines.append("</record>")
    return "\n".join(lines)


def human_message(order: WorkOrder) -> str:
    """The job itself: instructions, what to produce, papers, examples, and the records."""
    items = "\n".join([item_text(item) for item in order.items])
    return f"{head_text(order.head)}\n<records>\n{items}\n</records>"


def tokens_in(text: str) -> int:
    """A quarter of the characters, rounded up: the usual rule of thumb for English text."""
    return -(-len(text) // 4)


UNANSWERED = "(no answer: go on as you think best)"


def _asked_text(tag: str, asked: Asked) -> str:
    choices = ""
    if asked.choices:
        choices = f" choices={_quoted(json.dumps(list(asked.choices), ensure_ascii=False))}"
    many = " list=true" if asked.list else ""
    return f"<{tag} name={_quoted(asked.name)}{choices}{many}>{_shut(asked.means)}</{tag}>"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace(">", "\\u003e")


def _shut(text: str) -> str:
    return _TAG.sub(r"<\\\1", text)


def batches(records: Sequence[str], size: int | Literal["all"]) -> list[tuple[str, ...]]:
    """The records of a step in calls of at most `size`."""
    if not records:
        return []
    step = len(records) if size == "all" else size
    return [tuple(records[i : i + step]) for i in range(0, len(records), step)]
