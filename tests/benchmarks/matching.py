"""The matcher's benchmark: `python tests/benchmarks/matching.py [--json | --wrong]`.

Descriptions of results, words for choices and questions to stakeholders, as they are labelled in
`tests/benchmarks/reading/matching/`, eight domains, read by the matcher and by a rival that counts
shared words. Each domain's fields and choices are read with weights learned from the other domains
(none of them from invoices), each person's questions with weights learned from the other people's.
A probability of .5 is a match; of several fields or choices the best one is. The rows `best field`
and `best choice` leave out what means none, and take the best however improbable.

Intervals are Wilson's, of 95 %, as if texts were independent; how far domains differ is told by
the least and the highest F1 of a domain. F1 is 2J / (1 + J), where J is the share of what was
labelled or read (or both) that was both: the ends of its interval are those of J's.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scenarios.scenario import Field, Stakeholder
from simulator.reading import match, read_question
from simulator.reading.asked import Asking
from simulator.reading.matching import Matching
from simulator.scoring.statistics import Estimate, reliability, six

FOLDER = Path(__file__).parent / "reading" / "matching"
MATCHED = 0.5
_FORM_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a an and are as at be by do does for from has have how i in is it its me of on or our
        that the they this to was we what when where which who whom whose why with you your""",
    )
)
_OPENERS = frozenset({"how", "what", "when", "where", "which", "who", "why", "tell", "explain"})
_TAGS = frozenset({"right", "correct", "surely", "t"})
_CASES = frozenset({"example", "instance", "case", "time"})

Names: TypeAlias = frozenset[str]
Match: TypeAlias = Callable[[str, Sequence[Sequence[str]], str], Sequence[float]]
"""Given a text, the candidates and the domain that the reader must not have learned from."""
Ask: TypeAlias = Callable[[str, Stakeholder], Mapping[str, Names]]


class Read(NamedTuple):
    """A text, what it is labelled with and what was read in it; of a choice, field or question."""

    id: str
    domain: str
    text: str
    labelled: Names
    found: Names


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of what was read, and the share of texts read without a fault."""

    precision: Estimate | None
    recall: Estimate | None
    f1: Estimate | None
    right: Estimate | None
    domains: tuple[float, float] | None
    """The least and the highest F1 of a domain."""


def score(reads: Sequence[Read]) -> Score:
    """The figures of some texts; None where there is nothing to count."""
    each = (_f1([one for one in reads if one.domain == d]) for d in {one.domain for one in reads})
    f1s = [one.mean for one in each if one is not None]
    return Score(
        _share([name in one.labelled for one in reads for name in one.found]),
        _share([name in one.found for one in reads for name in one.labelled]),
        _f1(reads),
        _share([one.found == one.labelled for one in reads]),
        (min(f1s), max(f1s)) if f1s else None,
    )


def _f1(reads: Sequence[Read]) -> Estimate | None:
    told = [name in one.found & one.labelled for one in reads for name in one.found | one.labelled]
    shared = _share(told)
    if shared is None:
        return None
    low, high = (x if x is None else _from_shared(x) for x in shared[1:])
    return Estimate(_from_shared(shared.mean), low, high)


def _from_shared(share: float) -> float:
    return 2 * share / (1 + share)


def _share(outcomes: Sequence[bool]) -> Estimate | None:
    return reliability([[one] for one in outcomes]) if outcomes else None


def _lines(name: str) -> list[dict[str, Any]]:
    text = (FOLDER / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _yaml(name: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    return data


def domains() -> Mapping[str, tuple[Field, ...]]:
    """The hidden fields of each domain."""
    return {
        domain: tuple(Field.model_validate({**one, "hidden": True}) for one in fields)
        for domain, fields in _yaml("descriptions.yaml").items()
    }


def people() -> Mapping[str, Stakeholder]:
    """The stakeholders, by id."""
    found = (Stakeholder.model_validate(one) for one in _yaml("people.yaml").values())
    return {one.id: one for one in found}


def _best(chances: Sequence[float], names: Sequence[str], least: float) -> Names:
    best = max(range(len(names)), key=chances.__getitem__)
    return frozenset({names[best]}) if chances[best] >= least else frozenset()


def descriptions(matching: Match, least: float = MATCHED) -> list[Read]:
    """Every description and the field that `matching` finds for it."""
    fields = domains()
    out = []
    for one in _lines("descriptions.jsonl"):
        known = fields[one["domain"]]
        chances = matching(one["text"], [field.known_as for field in known], one["domain"])
        found = _best(chances, [field.name for field in known], least)
        out.append(_read(one, one["domain"], one["text"], one["field"], found))
    return out


def choices(matching: Match, least: float = MATCHED) -> list[Read]:
    """Every word and the choice that `matching` finds for it."""
    fields = domains()
    out = []
    for one in _lines("choices.jsonl"):
        known = [choice for field in fields[one["domain"]] for choice in field.choices]
        ways = [(choice.value.replace("_", " "), *choice.known_as) for choice in known]
        chances = matching(one["word"], ways, one["domain"])
        found = _best(chances, [choice.value for choice in known], least)
        out.append(_read(one, one["domain"], one["word"], one["choice"], found))
    return out


def _read(
    line: Mapping[str, str], domain: str, text: str, labelled: str | None, found: Names
) -> Read:
    return Read(line["id"], domain, text, frozenset({labelled} if labelled else ()), found)


def questions(asking: Ask) -> dict[str, list[Read]]:
    """By what is read in a question: every question and what `asking` reads."""
    who = people()
    out: dict[str, list[Read]] = {}
    for one in _lines("questions.jsonl"):
        for name, found in asking(one["text"], who[one["person"]]).items():
            labelled = frozenset(one["facts"] if name == "facts" else [name] if one[name] else [])
            read = Read(one["id"], one["person"], one["text"], labelled, found)
            out.setdefault(name, []).append(read)
    return out


def asked(question: str, who: Stakeholder) -> Mapping[str, Names]:
    """What the reader finds in a question."""
    reading = read_question(question, who, Asking.load(who.id))
    chances = zip(who.knows, reading.facts, strict=True)
    marks = {
        "open": reading.open >= MATCHED,
        "leading": reading.leading >= MATCHED,
        "example": reading.example >= MATCHED,
        "empathy": reading.empathy >= MATCHED,
        "understood": reading.understood,
    }
    return _named(frozenset(fact.id for fact, p in chances if p >= MATCHED), marks)


def _named(facts: Names, marks: Mapping[str, bool]) -> Mapping[str, Names]:
    return {"facts": facts} | {
        name: frozenset({name}) if there else frozenset() for name, there in marks.items()
    }


def _tokens(text: str) -> Names:
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(words) - _FORM_WORDS or frozenset(words)


def overlap(said: str, known: Sequence[str]) -> float:
    """Dice's coefficient of the words of a text and of the exemplar that shares most with it."""
    ours = _tokens(said)
    pairs = ((ours, _tokens(one)) for one in known)
    return max((2 * len(a & b) / (len(a) + len(b)) for a, b in pairs if a or b), default=0.0)


def unseen(said: str, candidates: Sequence[Sequence[str]], domain: str) -> Sequence[float]:
    """The matcher, with weights learned without a domain."""
    return match(said, candidates, Matching.load().unseen[domain])


def by_overlap(said: str, candidates: Sequence[Sequence[str]], _domain: str) -> Sequence[float]:
    """The rival of the matcher: shared words alone."""
    return [overlap(said, known) for known in candidates]


def asked_by_overlap(question: str, who: Stakeholder) -> Mapping[str, Names]:
    """The rival of the reader of questions: shared words, and a signal word for each form."""
    words = re.findall(r"[^\W_]+", question.casefold())

    def about(exemplars: Sequence[str], concepts: Sequence[Sequence[str]]) -> bool:
        met = all(any(f" {w} " in f" {' '.join(words)} " for w in group) for group in concepts)
        return overlap(question, exemplars) >= MATCHED or (bool(concepts) and met)

    facts = frozenset(one.id for one in who.knows if about(one.asked_by, one.concepts))
    empathy = about(who.situation, who.situation_concepts)
    marks = {
        "open": bool(words) and words[0] in _OPENERS,
        "leading": bool(_TAGS & set(words)),
        "example": bool(_CASES & set(words)),
        "empathy": empathy,
        "understood": bool(facts) or empathy,
    }
    return _named(facts, marks)


def measured(matching: Match, asking: Ask) -> dict[str, list[Read]]:
    """Everything that is read, by what it is."""
    return {
        "field": descriptions(matching),
        "best field": [one for one in descriptions(matching, 0.0) if one.labelled],
        "choice": choices(matching),
        "best choice": [one for one in choices(matching, 0.0) if one.labelled],
        **questions(asking),
    }


def _printed(found: Estimate | None) -> str:
    if found is None or found.low is None or found.high is None:
        return "-"
    return f"{found.mean:.2f} ({found.low:.2f}-{found.high:.2f})"


def _table(name: str, reads: Mapping[str, Sequence[Read]]) -> None:
    heads = ("precision", "recall", "F1", "right", "domains")
    print(f"{name:12}{'texts':>6}" + "".join(head.rjust(18) for head in heads))
    for what, some in reads.items():
        found = score(some)
        cells = [_printed(one) for one in (found.precision, found.recall, found.f1, found.right)]
        cells.append("{:.2f}-{:.2f}".format(*found.domains) if found.domains else "-")
        print(f"{what:12}{len(some):6}" + "".join(cell.rjust(18) for cell in cells))
    print()


def _wrong(reads: Mapping[str, Sequence[Read]]) -> None:
    for what, some in reads.items():
        for one in some:
            if one.found != one.labelled:
                sides = (", ".join(sorted(side)) or "-" for side in (one.labelled, one.found))
                print(f"{what}\t{one.id}\t{' -> '.join(sides)}\t{one.text}")


def _json(reads: Sequence[Read]) -> dict[str, Any]:
    found = score(reads)
    shares = {
        "precision": found.precision,
        "recall": found.recall,
        "f1": found.f1,
        "right": found.right,
    }
    out: dict[str, Any] = {
        name: one and {"mean": six(one.mean), "low": six(one.low), "high": six(one.high)}
        for name, one in shares.items()
    }
    span = found.domains and [six(one) for one in found.domains]
    return {"texts": len(reads), **out, "domains": span}


def main() -> None:
    """Print the tables, one JSON object, or what was misread."""
    parser = argparse.ArgumentParser(description=__doc__)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print one JSON object")
    how.add_argument("--wrong", action="store_true", help="list what the matcher misreads")
    options = parser.parse_args()
    ours = measured(unseen, asked)
    if options.wrong:
        _wrong(ours)
        return
    both = {"matcher": ours, "overlap": measured(by_overlap, asked_by_overlap)}
    if options.json:
        figures = {
            name: {what: _json(some) for what, some in reads.items()}
            for name, reads in both.items()
        }
        print(json.dumps(figures))
        return
    for name, reads in both.items():
        _table(name, reads)


if __name__ == "__main__":
    main()
