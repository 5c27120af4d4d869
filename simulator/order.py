"""The work order: all that one call gives one colleague, and the messages that carry it.

The messages are the same whoever answers. A simulated intern reads its job back from them, so that
a sentence that is cut out of a message is a sentence that was never written. Texts are marked off
by tags; a text that contains one of these tags itself has it defused, and cannot end its section.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from scenarios.persona import Persona

OrderRole = Literal["work", "review"]
_TAGS = (
    "instructions|produce|input|document|example|answer|record|given|finding|records|form|said"
    "|passage"
)
_TAG = re.compile(rf"<(\\*)(?=/?(?:{_TAGS})\b)", re.IGNORECASE)
_UNTAG = re.compile(rf"<\\(\\*)(?=/?(?:{_TAGS})\b)", re.IGNORECASE)


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
        lines += [_MAY, *(f"- {' '.join(act.split())}" for act in head.may)]
    if head.asks:
        lines.append(_ASK)
    return "\n".join(lines)


_ASK = (
    "If you lack something that you need, you may first ask one question. Then answer with "
    '{"ask": your question, "about": the key that it is about} and nothing else.'
)
_MAY = "You may do this, and nothing else:"


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
_AUTHOR = re.compile(r"^You check the work of (.*?)\. Answer", re.MULTILINE)
_FOUND = re.compile(r"^Answer with .*?: for each (.*) that you find an object with", re.MULTILINE)
_ACTS = re.compile(rf"^{_MAY}((?:\n- .*)*)", re.MULTILINE)
_PAIR = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|true)')
_SECTION = re.compile(
    r"<(instructions|produce|input|document|example|said|form)\b([^\n>]*)>\n?(.*?)\n?</\1>",
    re.DOTALL,
)
_RECORD = re.compile(r"<record\b([^\n>]*)>\n?(.*?)\n?</record>", re.DOTALL)
_GIVEN = re.compile(r"<given>(.*?)</given>", re.DOTALL)
_FINDING = re.compile(r"<finding>(.*?)</finding>", re.DOTALL)
_PASSAGE = re.compile(r"<passage\b([^\n>]*)>\n(.*?)\n</passage>", re.DOTALL)
_ANSWER = re.compile(r"\n?<answer>(.*?)</answer>", re.DOTALL)


@lru_cache(maxsize=512)
def parse_head(system: str, text: str) -> Head:
    """Read the shared part back from the messages. What is not in them is not in the head."""
    instructions: list[str] = []
    asked: list[Asked] = []
    inputs: list[Asked] = []
    papers: list[Paper] = []
    examples: list[Solved] = []
    said: list[Said] = []
    enforced = False
    for match in _SECTION.finditer(text):
        kind, attributes, body = match[1], _attributes(match[2]), match[3]
        if kind == "instructions":
            instructions.append(_open(body))
        elif kind in ("produce", "input"):
            choices = json.loads(attributes["choices"]) if "choices" in attributes else []
            entry = Asked(
                attributes.get("name", ""), _open(body), tuple(choices), "list" in attributes
            )
            (asked if kind == "produce" else inputs).append(entry)
        elif kind == "document":
            papers.append(Paper(attributes.get("id", ""), attributes.get("title", ""), _open(body)))
        elif kind == "example":
            answered = _ANSWER.search(body)
            answer = _open(answered[1]) if answered else "{}"
            examples.append(
                Solved(attributes.get("record", ""), _open(_ANSWER.sub("", body)), answer)
            )
        elif kind == "said":
            answer = _open(body)
            told = "" if answer == UNANSWERED else answer
            said.append(Said(attributes.get("question", ""), told))
        else:
            enforced = True
    checked, found = _AUTHOR.search(system), _FOUND.search(system)
    acts = _ACTS.search(system)
    return Head(
        "review" if checked else "work", "record", "\n".join(instructions), tuple(asked),
        tuple(inputs), tuple(papers), tuple(examples), enforced, checked[1] if checked else "",
        found[1] if found else "", tuple(acts[1].split("\n- ")[1:]) if acts else (),
        _ASK in system, tuple(said),
    )  # fmt: skip


@lru_cache(maxsize=2048)
def parse_items(text: str) -> tuple[Item, ...]:
    """Read the records of a call back from the message."""
    items: list[Item] = []
    for match in _RECORD.finditer(text):
        body = match[2]
        found = [(_attributes(one[1]), _open(one[2])) for one in _PASSAGE.finditer(body)]
        body = _PASSAGE.sub("", body) if found else body
        given, finding = _GIVEN.search(body), _FINDING.search(body)
        plain = _FINDING.sub("", _GIVEN.sub("", body)).strip("\n")
        items.append(
            Item(
                _attributes(match[1]).get("id", ""),
                _open(plain) if plain else None,
                _open(given[1]) if given else "",
                _open(finding[1]) if finding else "",
                tuple(Paper(a.get("id", ""), a.get("title", ""), text) for a, text in found),
            )
        )
    return tuple(items)


def split_message(human: str) -> tuple[str, str]:
    """The shared part of a message and its records."""
    head, _, items = human.rpartition("\n<records>\n")
    return head, items


def _asked_text(tag: str, asked: Asked) -> str:
    choices = ""
    if asked.choices:
        choices = f" choices={_quoted(json.dumps(list(asked.choices), ensure_ascii=False))}"
    many = " list=true" if asked.list else ""
    return f"<{tag} name={_quoted(asked.name)}{choices}{many}>{_shut(asked.means)}</{tag}>"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace(">", "\\u003e")


def _attributes(text: str) -> Mapping[str, str]:
    return {
        name: json.loads(value) if value != "true" else value for name, value in _PAIR.findall(text)
    }


def _shut(text: str) -> str:
    return _TAG.sub(r"<\\\1", text)


def _open(text: str) -> str:
    return _UNTAG.sub(r"<\1", text)


def batches(records: Sequence[str], size: int | Literal["all"]) -> list[tuple[str, ...]]:
    """The records of a step in calls of at most `size`."""
    if not records:
        return []
    step = len(records) if size == "all" else size
    return [tuple(records[i : i + step]) for i in range(0, len(records), step)]
