"""What a check has to say to a scenario's author: where, what is wrong, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenarios.errors import InputError
from scenarios.files.source import Source, read
from scenarios.files.yaml_values import Place


@dataclass(frozen=True)
class Finding:
    """One thing for the author. Where `fails` is false it is to be looked at, and no fault yet.

    `file` is told from the scenario's folder and `line` is from 1; `field` is the dotted path of
    what is meant. Each is empty where there is none.
    """

    check: str
    says: str
    mend: str = ""
    file: str = ""
    line: int | None = None
    field: str = ""
    fails: bool = True

    @property
    def where(self) -> str:
        """`FILE:LINE: FIELD`, without what is not known."""
        file = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (file, self.field) if part)

    def in_words(self) -> str:
        """All of it as one paragraph."""
        told = " ".join(part for part in (self.says, self.mend) if part)
        return f"{self.where}: {told}" if self.where else told


class Files:
    """The files of a scenario's folder, each parsed once, when something is said of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sources: dict[str, Source] = {}

    def finding(
        self, check: str, says: str, mend: str = "", *, file: str = "", path: tuple[str, ...] = (),
        fails: bool = True,
    ) -> Finding:  # fmt: skip
        """A finding at a place of a file, told by keys, and by ids or names inside of lists.

        What has neither is counted from 1.
        """
        source = self._source(file)
        place = _place(source, path)
        # What a list does not name (a step that is not there) is told all the same.
        field = source.name(place) if len(place) == len(path) else ".".join(path)
        return Finding(check, says, mend, file, source.line(place), field, fails)

    def of_error(self, check: str, error: InputError) -> Finding:
        """What loading or running says, as a finding."""
        file = error.file
        if file and Path(file).is_relative_to(self.folder):
            file = str(Path(file).relative_to(self.folder))
        says = f"{error.problem[:1].upper()}{error.problem[1:]}."
        mend = f"{error.mend[:1].upper()}{error.mend[1:]}." if error.mend else ""
        return Finding(check, says, mend, file, error.line, error.field)

    def _source(self, file: str) -> Source:
        if file not in self._sources:
            try:
                self._sources[file] = read(self.folder / file)
            except InputError:
                # A table of records, or a plan that only a test has: known by name alone.
                self._sources[file] = Source(file, None)
        return self._sources[file]


def _place(source: Source, path: tuple[str, ...]) -> Place:
    here, place = source.data, ()  # type: object, Place
    for name in path:
        key: str | int | None = None
        if isinstance(here, dict) and name in here:
            key, here = name, here[name]
        elif isinstance(here, list):
            for i, item in enumerate(here):
                called = (item.get("id"), item.get("name")) if isinstance(item, dict) else ()
                if name in (*called, str(i + 1)):
                    key, here = i, item
                    break
        if key is None:
            break
        place = (*place, key)
    return place
