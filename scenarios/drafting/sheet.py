"""A table of work that was done: what is known of each case, and what was right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.files.source import check_characters, read_text
from scenarios.files.tables import read_rows
from scenarios.files.yaml_values import typed
from scenarios.language.dates import read_date
from scenarios.language.values import is_number
from scenarios.model import ID, NAME, Kind, Value
from scenarios.records import plain

FEWEST = 24
"""Cases that it takes: with fewer no sample could be drawn twice."""
MOST = 400
"""Cases that are used: the first ones of a table."""
_TRUTH = "truth."
_WRONG = "wrong."
_CHOICES = 12
"""More different answers than this are no choice."""
_REPEATED = 3
"""How often the answers of a choice are given, on the average, at least."""
_YES_NO = {"true": True, "yes": True, "false": False, "no": False}
_RESERVED = frozenset({"got", "true", "line", "and", "or", "not", "in", "if", "else", "is"})


@dataclass(frozen=True)
class Answer:
    """A field that is to be delivered: its type, and what was right in each case."""

    name: str
    kind: Kind
    choices: tuple[str, ...]
    truths: tuple[Value, ...]
    wrongs: tuple[str | None, ...]
    """What somebody answered wrongly in each case, as written, where the table says so."""

    @property
    def few(self) -> bool:
        """Whether there are few different answers."""
        return _few(self.truths)

    @property
    def may_be_blank(self) -> bool:
        return None in self.truths


@dataclass(frozen=True)
class Sheet:
    """The cases of a table, in its order."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    has_text: bool
    """Whether the table has texts; else they are made from its columns."""
    columns: Mapping[str, tuple[Value, ...]]
    answers: tuple[Answer, ...]


def read_sheet(path: Path, truth: Sequence[str] = (), text: str | None = None) -> Sheet:
    """The cases of a CSV file.

    Right answers are in the columns `truth` and in those that begin with `truth.`; wrong ones that
    are known in `wrong.NAME`. The text is in the column `text`, by default the one of that name.
    A column `id` names the cases where it can; all others are what is known. Raises InputError.
    """
    file = str(path)
    content = read_text(path)
    check_characters(content, file)
    rows = [cells for _, cells in read_rows(content, file)][:MOST]
    header = list(rows[0]) if rows else []
    for name in [*truth, *([text] if text else [])]:
        if header and name not in header:
            mend = did_you_mean(name, header, noun="its columns")
            raise InputError(f"has no column {quoted(name)}", file=file, line=1, mend=mend)
    answered = [name for name in header if name in truth or name.startswith(_TRUTH)]
    if header and not answered:
        mend = "name them with --truth COLUMN, or call them truth.NAME"
        problem = "has no column that says what was right"
        raise InputError(problem, file=file, line=1, mend=mend)
    if len(rows) < FEWEST:
        mend = f"add cases until there are {FEWEST}; sixty or more are better"
        raise InputError(f"has {len(rows)} cases", file=file, mend=mend)
    text = text or ("text" if "text" in header else None)
    used = {*answered, *(name for name in header if name.startswith(_WRONG)), text, "id"}
    names = _names([name for name in header if name not in used])
    given = _names([name.removeprefix(_TRUTH) for name in answered], taken=names.values())
    answers = [
        _answer(given[name.removeprefix(_TRUTH)], name.removeprefix(_TRUTH), name, rows)
        for name in answered
    ]
    known = {new: tuple(plain(typed(row[old])) for row in rows) for old, new in names.items()}
    told = [row[text] if text else _told(row, names) for row in rows]
    return Sheet(_ids(rows), tuple(told), text is not None, known, tuple(answers))


def _names(written: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """For each column a name that expressions can use, all different."""
    used = {*_RESERVED, *taken}
    out: dict[str, str] = {}
    for name in written:
        new = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:50]
        new = new if re.match(NAME, new) else f"c_{new}".rstrip("_")
        number = 2
        base = new
        while new in used:
            new, number = f"{base}_{number}", number + 1
        used.add(new)
        out[name] = new
    return out


def _answer(name: str, called: str, column: str, rows: Sequence[Mapping[str, str]]) -> Answer:
    cells = [row[column] for row in rows]
    kind = _kind([cell for cell in cells if cell])
    truths = tuple(as_kind(cell, kind) for cell in cells)
    wrongs = tuple(row.get(_WRONG + called) or None for row in rows)
    choices: dict[str, None] = {}
    if kind == "choice":
        known = {*cells, *(wrong or "" for wrong in wrongs)}
        choices = dict.fromkeys(cell for cell in sorted(known) if cell)
    return Answer(name, kind, tuple(choices), truths, wrongs)


def as_kind(cell: str, kind: Kind) -> Value:
    """A cell as a value of this kind; None where it is empty or is none."""
    if not cell:
        return None
    if kind == "boolean":
        return _YES_NO.get(cell.casefold())
    if kind in ("number", "money"):
        value = plain(typed(cell))
        return value if is_number(value) else None
    return cell


def _kind(cells: Sequence[str]) -> Kind:
    """What the cells of a column are."""
    if not cells:
        return "text"
    if all(cell.casefold() in _YES_NO for cell in cells):
        return "boolean"
    if all(is_number(plain(typed(cell))) for cell in cells):
        return "money" if any(re.search(r"\.[0-9]{2}$", cell) for cell in cells) else "number"
    if all((day := read_date(cell, "ymd")) and day.isoformat() == cell for cell in cells):
        return "date"
    return "choice" if len(set(cells)) > 1 and _few(cells) else "text"


def _few(values: Sequence[Value]) -> bool:
    """Whether there are few different values, each given several times on the average."""
    different = len(set(values))
    return different <= _CHOICES and len(values) >= _REPEATED * different


def _told(row: Mapping[str, str], names: Mapping[str, str]) -> str:
    return "\n".join(f"{name}: {row[name]}" for name in names if row[name])


def _ids(rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The cases' own ids where they are fit for it, else their numbers."""
    given = [row.get("id", "") for row in rows]
    fit = all(re.match(ID, name) and len(name) <= 40 for name in given)
    if fit and len(set(given)) == len(given):
        return tuple(given)
    return tuple(f"case-{number:03}" for number in range(1, len(rows) + 1))
