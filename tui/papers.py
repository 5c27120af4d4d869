"""Everything there is to read in a scenario, as papers that a screen can lay out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from scenarios.persona import Persona
from scenarios.scenario import Document, Record, Scenario
from tui import brief
from tui.printing import columns, plural, prose, wrapped

_BEGINS = re.compile(r"\s*([-*#|]|\d+[.)])")
"""A line that begins something of its own."""
Write = Callable[[], str]


class Paper(NamedTuple):
    """Something to read. `write` gives its text for the columns that are set around it."""

    id: str
    drawer: str
    title: str
    note: str
    write: Write
    wraps: bool = True
    """False where lines have to stay whole, as in a record or a table."""

    def text(self, width: int) -> str:
        """The text, laid out for so many columns."""
        with columns(width):
            return self.write()


def papers(scenario: Scenario, cast: Mapping[str, Persona]) -> list[Paper]:
    """All papers in the order of the list."""
    thing = scenario.records.name
    found = [
        Paper("brief", "The job", "The boss's message", f"From: {scenario.boss}",
              lambda: prose(scenario.brief)),
        Paper("deliverable", "The job", "What to deliver", "", lambda: brief.deliverable(scenario)),
        Paper("bars", "The job", "Limits and budget", "", lambda: brief.bars(scenario)),
    ]  # fmt: skip
    found += [_document(paper) for paper in scenario.documents]
    found += [
        _record(scenario, row, f"Some {thing}s") for row in brief.records(scenario, "preview")
    ]
    solved = brief.records(scenario, "archive")
    found += [_record(scenario, row, f"Solved {thing}s") for row in solved]
    return found + [_colleague(one) for one in brief.in_order(cast)]


def _document(paper: Document) -> Paper:
    note = plural(len(paper.text.split()), "word")
    if paper.table:
        text = paper.text.strip()
        return Paper(f"document:{paper.id}", "Filing cabinet", paper.title, f"{note}, a table",
                     lambda: _columns_of(text), wraps=False)  # fmt: skip
    return Paper(f"document:{paper.id}", "Filing cabinet", paper.title, note,
                 lambda: unwrapped(paper.text))  # fmt: skip


def _columns_of(text: str) -> str:
    """A table with its columns below one another, as a spreadsheet would show it."""
    import csv

    rows = list(csv.reader(text.splitlines()))
    count = max(map(len, rows), default=0)
    filled = [[*row, *[""] * (count - len(row))] for row in rows]
    wide = [max(len(row[i]) for row in filled) for i in range(count)]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)).rstrip()
             for row in filled]  # fmt: skip
    return "\n".join([*lines[:1], "  ".join("-" * w for w in wide), *lines[1:]])


def _record(scenario: Scenario, row: Record, drawer: str) -> Paper:
    return Paper(
        f"record:{row.id}", drawer, row.id, "" if row.columns else brief.summary(row),
        lambda: brief.record_text(scenario, row, ""), wraps=False,
    )  # fmt: skip


def _colleague(one: Persona) -> Paper:
    return Paper(
        f"colleague:{one.id}", "Colleagues", one.name, one.kind,
        lambda: f"{wrapped(brief.terms(one))}\n\n{prose(one.cv)}",
    )  # fmt: skip


def unwrapped(text: str) -> str:
    """`text` without the line breaks at which somebody's editor wrapped it.

    A break was made by wrapping where the next word would not have fitted into the longest line.
    """
    lines = [line.rstrip() for line in text.strip().splitlines()]
    most = max(map(len, lines), default=0)
    groups: list[list[str]] = []
    for line in lines:
        word = line.split(maxsplit=1)[0] if line else ""
        before = groups[-1][-1] if groups else ""
        wrapped_here = most > 60 and before and len(before) + len(word) > most - 5
        if word and wrapped_here and not _BEGINS.match(line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return "\n".join(
        " ".join([group[0], *(line.strip() for line in group[1:])]) for group in groups
    )
