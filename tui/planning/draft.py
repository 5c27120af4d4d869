"""The plan as it is being written: data that may be unfinished, undone, and is never lost.

What a learner edits has the shape of the YAML file (`data`); it becomes a `Plan` only when it is
asked for, and what stands in the way of that is a list of problems, not an exception. Every change
is written to disk at once, whole or not at all.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from scenarios.errors import InputError
from scenarios.files.source import parse
from scenarios.files.yaml_values import WrittenFloat, WrittenInt, typed
from scenarios.plans.file import read_plan
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from tui.planning.shape import check_shape

UNDO = 200


class Draft:
    """A plan under construction for one scenario, kept in a file of its own."""

    def __init__(self, scenario: Scenario, path: Path) -> None:
        self.scenario = scenario
        self.path = path
        self.data: dict[str, Any] = {"scenario": scenario.id, "steps": []}
        self.saved = True
        self._past: list[dict[str, Any]] = []
        self._future: list[dict[str, Any]] = []
        self._group = ""

    def open(self) -> None:
        """Continue where the file left off. One that cannot be read is set aside, never lost."""
        if not self.path.exists():
            return
        try:
            data = check_shape(parse(self.path.read_text("utf-8"), str(self.path)).data)
        except (OSError, UnicodeDecodeError, InputError):
            self.path.replace(self._aside())
            return
        self.data = {**data, "scenario": self.scenario.id}

    def _aside(self) -> Path:
        """A name for what cannot be read that no file has yet."""
        numbers = (f".{n}" if n else "" for n in range(1000))
        paths = (self.path.with_suffix(f".unreadable{number}.yaml") for number in numbers)
        return next(path for path in paths if not path.exists())

    def load(self, text: str, name: str) -> None:
        """Begin from the text of a plan. Raises InputError where it is none."""
        data = check_shape(parse(text, name).data, name)
        self.change()
        self.data = {**data, "scenario": self.scenario.id}
        self.keep()

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The steps, as they stand; change them only between `change` and `keep`."""
        steps: list[dict[str, Any]] = self.data["steps"]
        return steps

    def step(self, name: str) -> dict[str, Any] | None:
        return next((step for step in self.steps if step.get("id") == name), None)

    @contextmanager
    def editing(self, group: str = "", *, keep: bool = True) -> Iterator[list[dict[str, Any]]]:
        """One change of the steps: kept when it is made, and as if it never was where it fails.

        Changes of the same `group` in a row are undone together; what changes nothing is no change.
        Without `keep` the file is not written yet: the caller does so, and soon.
        """
        if group and group == self._group and self._past:
            yield self.steps
        else:
            self.change()
            try:
                yield self.steps
            except BaseException:
                self.data = self._past.pop()
                self.saved = True
                raise
            if self.data == self._past[-1]:
                self._past.pop()
                self.saved = True
                return
        self._group = group
        self._future.clear()
        self.saved = False
        if keep:
            self.keep()

    def change(self) -> None:
        """A change is about to be made: what there is can be come back to."""
        self._group = ""
        self._past.append(copy.deepcopy(self.data))
        del self._past[:-UNDO]
        self._future.clear()
        self.saved = False

    def keep(self) -> None:
        """Write the draft to its file, whole or not at all. Raises InputError where it cannot."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            whole = self.path.with_suffix(".part")
            with whole.open("w", encoding="utf-8") as file:
                file.write(self.text())
                file.flush()
                os.fsync(file.fileno())
            whole.replace(self.path)
        except OSError as error:
            raise InputError(
                f"cannot be written: {error.strerror}", file=str(self.path),
                mend="make room or rights for it; the draft is still here",
            ) from None  # fmt: skip
        self.saved = True

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    def undo(self) -> bool:
        """Go one change back; False where there is none."""
        return self._turn(self._past, self._future)

    def redo(self) -> bool:
        """Take back the last undo; False where there is none."""
        return self._turn(self._future, self._past)

    def _turn(self, source: list[dict[str, Any]], target: list[dict[str, Any]]) -> bool:
        if not source:
            return False
        self._group = ""
        target.append(copy.deepcopy(self.data))
        self.data = source.pop()
        self.keep()
        return True

    def text(self) -> str:
        """The draft as a plan file."""
        return yaml.dump(
            self.data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000
        )

    def plan(self) -> Plan:
        """The plan that the draft is. Raises InputError for the first thing that is wrong."""
        source = parse(self.text(), "plan")
        return read_plan(source, lambda _: self.scenario).plan

    def problem(self) -> InputError | None:
        """What stands in the way of running the draft, said for somebody who sees no file."""
        if not self.steps:
            return InputError("there is no step yet", mend="add one")
        try:
            self.plan()
        except InputError as error:
            return InputError(error.problem, mend=error.mend, field=error.field)
        return None


# The emitter in C, where there is one, takes a tenth of the time: drafts are saved while one types.
_Base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Base):  # type: ignore[misc]
    """Texts of several lines stay readable; tuples are lists."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # A word that a plan file would take for a number (1e5) keeps its quotes.
    style = "|" if "\n" in text else None if isinstance(typed(text), str) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _nothing(dumper: yaml.SafeDumper, _: None) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "~")


def _written(dumper: yaml.SafeDumper, number: WrittenInt | WrittenFloat) -> yaml.ScalarNode:
    kind = "int" if isinstance(number, int) else "float"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", str(number))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(WrittenInt, _written)
_Dumper.add_representer(WrittenFloat, _written)
_Dumper.add_representer(type(None), _nothing)
_Dumper.add_representer(tuple, lambda dumper, value: dumper.represent_list(list(value)))
