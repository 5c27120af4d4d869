"""Labelled texts from elsewhere: requirements (YAML) and texts (JSON lines), liberally taken.

What is wrong is an InputError: file, line, field, problem and mend in one line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.files.source import parse, read_text
from scenarios.scenario import Requirement
from simulator.reading.corpus import Domain, Labelled
from simulator.reading.network import VERDICTS
from tests.benchmarks.reader_rules import found, taken

_LINE = frozenset({"id", "domain", "text", "labels"})
Note = Callable[[str], None]


@dataclass
class _Held:
    """A domain as it is gathered. Requirements are by the id that the file gives them."""

    requirements: dict[str, Requirement] = field(default_factory=dict)
    texts: list[Labelled] = field(default_factory=list)


def outside(requirements: Sequence[Path], texts: Sequence[Path], note: Note) -> list[Domain]:
    """The domains of a set from elsewhere that have texts. What is passed over is noted.

    Raises InputError.
    """
    held: dict[str, _Held] = {}
    for path in requirements:
        _take_requirements(path, held, note)
    for path in texts:
        _take_texts(path, held, note)
    if not any(one.texts for one in held.values()):
        raise InputError("holds no text", file=str(texts[0]), mend="write one JSON object a line")
    without = [name for name, one in held.items() if not one.texts]
    if without:
        note(f"no text is about the domain {', '.join(map(quoted, without))}: left out")
    return [
        Domain(name, tuple(one.requirements.values()), tuple(one.texts))
        for name, one in held.items()
        if one.texts
    ]


def _take_requirements(path: Path, held: dict[str, _Held], note: Note) -> None:
    source = parse(read_text(path), str(path))
    strange: dict[str, None] = {}
    count = 0
    for domain, place, written in found(source):
        requirement = taken(source, place, written)
        known = held.setdefault(domain, _Held()).requirements
        if requirement.id in known:
            problem = f"{quoted(requirement.id)} is given twice"
            raise source.error((*place, "id"), problem, "rename one")
        known[requirement.id] = requirement
        strange |= dict.fromkeys(set(written) - set(Requirement.model_fields) - {"domain"})
        count += 1
    if not count:
        mend = "write `requirements:` and a list of them under it"
        raise InputError("holds no requirement", file=str(path), mend=mend)
    if strange:
        note(f"{path}: ignored in requirements: {', '.join(sorted(strange))}")


def _take_texts(path: Path, held: dict[str, _Held], note: Note) -> None:
    strange: dict[str, None] = {}
    names: dict[str, None] = {}
    # Only line ends part lines: splitlines() would cut a text at the ends of other kinds it holds.
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        at = _At(str(path), number)
        one = at.parsed(line)
        name = at.domain(one, held, names)
        rules = held[name].requirements
        text = one.get("text")
        if not isinstance(text, str):
            raise at.error("text", "is missing" if text is None else "is no text", "quote the text")
        labels = at.labels(one, rules, name)
        held[name].texts.append(Labelled(str(one.get("id", f"{path.stem}:{number}")), text, labels))
        strange |= dict.fromkeys(set(one) - _LINE)
    if strange:
        note(f"{path}: ignored in texts: {', '.join(sorted(strange))}")
    for name in names:
        if name not in held:
            note(f"{path}: its domain {quoted(name)} is taken for the only one with requirements")


@dataclass(frozen=True)
class _At:
    """A line of a file of texts."""

    file: str
    line: int

    def error(self, field: str, problem: str, mend: str) -> InputError:
        return InputError(problem, mend=mend, file=self.file, line=self.line, field=field)

    def parsed(self, line: str) -> dict[str, Any]:
        try:
            one = json.loads(line)
        except (ValueError, RecursionError) as error:
            why = f": {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
            raise self.error("", f"is not JSON{why}", "write one JSON object a line") from None
        if not isinstance(one, dict):
            mend = 'write {"id": ..., "text": ..., "labels": {...}}'
            raise self.error("", "is no JSON object", mend)
        return one

    def domain(self, one: dict[str, Any], held: dict[str, _Held], names: dict[str, None]) -> str:
        """The domain of a text; `names` are those that the file's texts have named so far."""
        given = one.get("domain")
        name = None if given is None else str(given)
        if name is not None:
            names[name] = None
        # Where there is one domain its name need not match, as long as all texts have one name.
        if len(held) == 1 and (len(names) < 2 or held.keys() >= names.keys()):
            return next(iter(held))
        if name in held:
            return name
        mend = did_you_mean(name or "", held, noun="with requirements")
        problem = "is missing" if name is None else f"{quoted(name)} has no requirements"
        raise self.error("domain", problem, mend)

    def labels(
        self, one: dict[str, Any], rules: dict[str, Requirement], domain: str
    ) -> dict[str, str]:
        given = one.get("labels")
        if not isinstance(given, dict):
            problem = "is missing" if given is None else "is no JSON object"
            mend = 'write {"REQUIREMENT": "clear"}, or {} where the text tells nothing'
            raise self.error("labels", problem, mend)
        out = {}
        for key, value in given.items():
            verdict = "absent" if value is None else str(value).strip().lower()
            if key not in rules:
                mend = did_you_mean(key, rules, noun="required")
                raise self.error(f"labels.{key}", f"is no requirement of {quoted(domain)}", mend)
            if verdict not in VERDICTS:
                mend = did_you_mean(verdict, VERDICTS, noun="allowed")
                raise self.error(f"labels.{key}", f"{quoted(value)} is no verdict", mend)
            out[key] = verdict
        return out
