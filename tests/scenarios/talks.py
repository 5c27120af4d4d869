"""A small scenario of rows: talks to be searched for tasks, with what only looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SCENARIO = """\
id: talks
title: Talks
track: Small things
level: 1
teaches: [clarity]
minutes: 5
summary: Find the tasks.
boss: Ada
brief: Please find the tasks.
documents:
  - id: house
    title: House rules
    file: house.md
    states: {later-wins: What is said later holds}
records:
  name: talk
  sample: {plain: 2, long: 1}
  rows: {name: task, there: "status != 'none'"}
fields:
  - name: status
    type: choice
    choices: [agreed, parked, none]
    work: judge
    description: whether it is agreed
  - {name: owner, type: text, may_be_blank: true, work: judge, description: who does it}
  - {name: qspoken, type: text, hidden: true, may_be_blank: true, known_as: [the words of the date]}
  - name: due
    type: date
    may_be_blank: true
    work: compute
    formula: "parse_date(qspoken, 'dmy')"
    description: by when
requirements:
  - id: later-wins
    statement: What is said later holds.
    governs: status
    learn_from: [house]
    said: [What is said later holds.]
    hints: [Read on., What was said at the end?, The later one holds.]
loss: {each: "1", missing: "2", currency: points}
accept:
  - {metric: rows_found, at_least: 0.9}
  - {metric: count, of: got.owner and got.owner != owner, at_most: 0, says: wrong owners}
budget: {money: 5, minutes: 60, your_minutes: 100}
"""

HOUSE = "What is said later holds.\n"

_TEXT = """\
    Ada: Who sends the report?
    Bo: I do, by 3 May {year}.
    Ada: Fine, Bo.
    Cy: We should paint the hall.
    Ada: Cy, book a room.
    Cy: Sure.
"""
_MORE = "    Ada: Forget the room, Cy.\n"
_RECORD = """\
- id: {id}
  lot: {lot}
  stratum: {stratum}
  columns: {{year: {year}}}
  text: |
{text}\
  rows:
    - line: 5
      also: [6]
      truth: {{status: {room}, owner: {cy}, qspoken: ~}}
{trap}\
    - line: 2
      also: [1, 3]
      truth: {{status: agreed, owner: Bo, qspoken: 3 May {year}}}
    - {{line: 4, truth: {{status: none, owner: ~, qspoken: ~}}}}
"""
_TRAP = "      traps: [{field: status, needs: later-wins, wrong: agreed, luck: 0}]\n"


def _records() -> Iterator[str]:
    for lot in ("preview", "archive", "practice", "sealed"):
        for n in range(1, 7):
            long = n > 4
            yield _RECORD.format(
                id=f"{lot}-{n}",
                lot=lot,
                stratum="long" if long else "plain",
                year=2020 + n,
                text=_TEXT.format(year=2020 + n) + (_MORE if long else ""),
                room="none" if long else "agreed",
                cy="~" if long else "Cy",
                trap=_TRAP if long else "",
            )


RECORDS = "".join(_records())


def write(folder: Path, scenario: str = SCENARIO, records: str = RECORDS) -> Path:
    """Write the scenario into `folder`, which is returned."""
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")
    (folder / "records.yaml").write_text(records, encoding="utf-8")
    (folder / "documents" / "house.md").write_text(HOUSE, encoding="utf-8")
    return folder
