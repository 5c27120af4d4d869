"""The records of a scenario, as their file says them: YAML or CSV."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.files.source import Source, check_characters, read, read_text
from scenarios.files.tables import read_rows
from scenarios.files.validation import build_all
from scenarios.files.yaml_values import WrittenFloat, WrittenInt, typed
from scenarios.model import Value
from scenarios.scenario import Record, Scenario

_CELLS = ("id", "lot", "stratum", "text", "partner")
_BETWEEN = ";"


def inside(folder: Path, name: str) -> Path | None:
    """The path of `name` in `folder`, or None where it would lie outside of it."""
    parts = PurePosixPath(name).parts
    if not parts or "\\" in name or ".." in parts or PurePosixPath(name).is_absolute():
        return None
    path = folder.joinpath(*parts)
    return path if path.resolve().is_relative_to(folder.resolve()) else None


def read_records(path: Path, scenario: Scenario) -> tuple[Source, tuple[Record, ...]]:
    """The records of a file, as they are written, and the file.

    A YAML file holds a list of records. The columns of a CSV file are id, lot, stratum, text,
    partner, `truth.FIELD` and `column.NAME`; empty cells are left out, and the items of a list
    stand with ';' between them. Raises InputError.
    """
    source = _read_csv(path, scenario) if path.suffix == ".csv" else read(path)
    records = build_all(Record, source)
    out = []
    for i, record in enumerate(records):
        for name in sorted(Record.filled & record.model_fields_set):
            raise source.error((i, name), "is not known here", "delete it")
        for name, value in record.columns.items():
            if isinstance(value, dict):
                raise source.error((i, "columns", name), "must be one value", "flatten it")
        columns = {name: plain(value) for name, value in record.columns.items()}
        out.append(record.model_copy(update={"columns": columns}))
    return source, tuple(out)


def _read_csv(path: Path, scenario: Scenario) -> Source:
    text = read_text(path)
    check_characters(text, str(path))
    known = [*_CELLS, *(f"truth.{field.name}" for field in scenario.fields)]
    source = Source(str(path), [], {(): 1})
    for i, (line, cells) in enumerate(read_rows(text, str(path))):
        record: dict[str, Value] = {"truth": {}, "columns": {}}
        source.lines[(i,)] = line
        for name, cell in cells.items():
            group, _, rest = name.partition(".")
            if name not in known and group != "column":
                mend = did_you_mean(name, [*known, "column.NAME"], noun="columns")
                raise InputError(
                    f"has an unknown column {quoted(name)}", file=str(path), line=1, mend=mend
                )
            if group == "column" and cell:
                record["columns"][rest] = typed(cell)
            elif group == "truth" and cell:
                listed = scenario.field[rest].list
                items = [item.strip() for item in cell.split(_BETWEEN)]
                record["truth"][rest] = items if listed else cell
            elif cell:
                record[name] = cell
        source.data.append(record)
    return source


def plain(value: Value) -> Value:
    """A value as data: lists are tuples, and numbers forget how they were written."""
    if isinstance(value, list | tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, WrittenInt):
        return int(value)
    return float(value) if isinstance(value, WrittenFloat) else value
