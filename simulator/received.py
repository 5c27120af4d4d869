"""A work order as whoever answers receives it: read back from the messages that carry it.

A simulated intern takes its job from here, so that a sentence that is cut out of a message is a
sentence that was never written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache

from simulator.order import ASK, MAY, TAGS, UNANSWERED, Asked, Head, Item, Paper, Said, Solved

_UNTAG = re.compile(rf"<\\(\\*)(?=/?(?:{TAGS})\b)", re.IGNORECASE)
_AUTHOR = re.compile(r"^You check the work of (.*?)\. Answer", re.MULTILINE)
_FOUND = re.compile(r"^Answer with .*?: for each (.*) that you find an object with", re.MULTILINE)
_ACTS = re.compile(rf"^{MAY}((?:\n- .*)*)", re.MULTILINE)
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
        ASK in system, tuple(said),
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


def _attributes(text: str) -> Mapping[str, str]:
    return {
        name: json.loads(value) if value != "true" else value for name, value in _PAIR.findall(text)
    }


def _open(text: str) -> str:
    return _UNTAG.sub(r"<\1", text)
