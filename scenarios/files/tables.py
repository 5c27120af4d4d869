"""Tables: CSV text as rows, each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from scenarios.errors import InputError, quoted


def read_table(text: str, file: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a CSV text by the names in its first line, without outer spaces.

    Raises InputError: no header, a column twice, a row with too few or too many cells.
    """
    return tuple(row for _, row in read_rows(text, file))


def read_rows(text: str, file: str) -> list[tuple[int, dict[str, str]]]:
    """As `read_table`, each row with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if cells:
                rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        mend = "put cells that hold quotes or commas in double quotes, and double those inside"
        raise InputError(f"is not CSV: {error}", file=file, line=line, mend=mend) from None
    if not rows:
        raise InputError("is empty", file=file, mend="begin with a line of column names")
    (first, header), *body = rows
    for name in header:
        if not name or header.count(name) > 1:
            problem = (
                f"has the column {quoted(name)} twice" if name else "has a column with no name"
            )
            raise InputError(problem, file=file, line=first, mend="give each column its own name")
    for at, cells in body:
        if len(cells) != len(header):
            raise InputError(
                f"has {len(cells)} cells where the first line names {len(header)} columns",
                file=file, line=at, mend="put cells that hold commas in double quotes",
            )  # fmt: skip
    return [(at, dict(zip(header, cells, strict=True))) for at, cells in body]
