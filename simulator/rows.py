"""Rows that are found in records: which are there, which are searched for, where a reply means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from scenarios.language.values import as_text
from scenarios.model import Value
from scenarios.rows import is_there
from scenarios.scenario import Record, Scenario
from simulator.order import Item
from simulator.prose import on_file

Found = Mapping[str, Mapping[str, Value]]
"""Rows of a reply by where they are: `RECORD:LINE`."""


def there(scenario: Scenario, row: Mapping[str, Value]) -> bool:
    """Whether something is to be delivered for a row; always, where the scenario has no rows."""
    return is_there(scenario.records.rows, row)


def wanted(scenario: Scenario, record: str) -> bool:
    """Whether something is to be delivered for a record, in truth."""
    return there(scenario, scenario.record[record].truth)


def sheets_of(scenario: Scenario, records: Iterable[str]) -> tuple[str, ...]:
    """What is shown of records: the sources that they stand in, once each, or they themselves."""
    shown = (scenario.record[name].source or name for name in records)
    return tuple(dict.fromkeys(shown))


def answers(scenario: Scenario, sheet: Record) -> tuple[tuple[str, Value], ...]:
    """What the archive says of a record that is shown: its fields; or the rows that are there."""
    if not scenario.is_source(sheet.id):
        return on_file(scenario, sheet)
    rows = (scenario.record[name] for name in scenario.members[sheet.id])
    found = [row for row in rows if there(scenario, row.on_file)]
    return tuple((f"line {row.line}", _in_words(on_file(scenario, row))) for row in found)


def _in_words(answer: Iterable[tuple[str, Value]]) -> str:
    return ", ".join(f"{name} {as_text(told)}" for name, told in answer if told is not None)


def previewed(scenario: Scenario) -> tuple[str, ...]:
    """The ids of what may be looked at before anything is run, of rows those that are there."""
    return tuple(name for name in scenario.lot_ids.get("preview", ()) if wanted(scenario, name))


_NUMBER = re.compile(r"^(\d+)\|", re.MULTILINE)


def in_sight(scenario: Scenario, items: Sequence[Item]) -> list[tuple[str, bool, Item]]:
    """What a call is about: records or rows, and whether the text of each is in the call.

    A record that is to be searched stands for all its rows. Of a row the text is there where a line
    is that it may be found in; it need not be in the row's own item.
    """
    lines: dict[str, set[int]] = {}
    for item in items:
        row = scenario.record.get(item.record)
        source = row.source if row else item.record
        found = _NUMBER.findall(item.text or "")
        lines.setdefault(source, set()).update(map(int, found))
    out: list[tuple[str, bool, Item]] = []
    for item in items:
        for name in scenario.members.get(item.record, (item.record,)):
            row = scenario.record.get(name)
            if row is None or not row.source:
                out.append((name, item.text is not None, item))
            else:
                seen = not lines[row.source].isdisjoint((row.line, *row.also))
                out.append((name, seen, item))
    return out


def settle(
    scenario: Scenario, batch: Sequence[str], found: Found
) -> tuple[dict[str, Mapping[str, Value]], dict[str, list[Mapping[str, Value]]]]:
    """The rows of a reply by the ids of the rows that they are, of those in `batch`; and the rest.

    The rest, by the record that they are claimed of: what stands where there is nothing to find,
    and what was found twice.
    """
    at = {
        f"{row.source}:{line}": name
        for name in batch
        for row in (scenario.record[name],)
        for line in (row.line, *row.also)
    }
    settled: dict[str, Mapping[str, Value]] = {}
    rest: dict[str, list[Mapping[str, Value]]] = {}
    for key, values in found.items():
        name = at.get(key)
        if name is not None and name not in settled:
            settled[name] = values
        else:
            rest.setdefault(key.partition(":")[0], []).append(values)
    return settled, rest
