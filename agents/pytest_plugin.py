"""A library of scenarios as tests: `pytest --scenarios path/to/library`, wherever that is.

Every `scenario.yaml` below what pytest is given is collected, and each item of its gate is a test
(`library/invoices/scenario.yaml::attack bare-nouns`). Nothing is collected and nothing is imported
unless it is asked for: by the option, by `scenarios = true` in pytest's settings, or by naming a
scenario.yaml itself. Seeds are fixed; items may run in any order and in any process (`-n auto`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from agents.gate.items import Item

_FILE = "scenario.yaml"
_QUICK = "--scenarios-quick"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("scenarios", "scenarios of the Unreliable Intern")
    group.addoption(
        "--scenarios", action="store_true", default=False,
        help="Collect every scenario.yaml: each part of its author's gate is a test.",
    )  # fmt: skip
    group.addoption(
        _QUICK, action="store_true", default=False,
        help="As --scenarios, without the tests that take trials.",
    )  # fmt: skip
    parser.addini("scenarios", "Collect every scenario.yaml.", type="bool", default=False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A scenario's file, where scenarios are asked for."""
    if file_path.name != _FILE:
        return None
    config = parent.config
    asked = config.getoption("--scenarios") or config.getoption(_QUICK)
    if asked or config.getini("scenarios") or parent.session.isinitpath(file_path):
        collector: pytest.Collector = ScenarioFile.from_parent(parent, path=file_path)
        return collector
    return None


class ScenarioFile(pytest.File):
    """One scenario, with its reference plans."""

    def collect(self) -> Iterator[pytest.Item]:
        """Its items; a scenario that cannot be loaded has only one, which says why."""
        from agents.gate import items
        from agents.gate.subject import load
        from scenarios.errors import InputError

        try:
            subject = load(self.path.parent, lambda _: ())
            quick = self.config.getoption(_QUICK)
            asked = items.quick(subject) if quick else items.full(subject)
        except InputError as error:
            yield Unreadable.from_parent(self, name="loads", says=error.one_line())
            return
        for item in asked:
            yield Question.from_parent(self, name=item.name, item=item)


class Failing(Exception):
    """What is to be mended: shown without a traceback."""


class _Told(pytest.Item):
    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What an author can use: where it is and how to mend it."""
        if isinstance(excinfo.value, Failing):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it is shown: the scenario's folder and the item."""
        return self.path, None, f"{self.path.parent.name}: {self.name}"


class Unreadable(_Told):
    """A scenario whose files are not as they should be."""

    def __init__(self, *, says: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.says = says

    def runtest(self) -> None:
        raise Failing(self.says)


class Question(_Told):
    """One item of a scenario's gate."""

    def __init__(self, *, item: Item, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item = item

    def runtest(self) -> None:
        """Ask it. What is only to be looked at is reported beside the outcome."""
        found = self.item.ask()
        notes = [one.in_words() for one in found if not one.fails]
        if notes:
            self.add_report_section("call", "to look at", "\n".join(notes))
        fails = [one.in_words() for one in found if one.fails]
        if fails:
            raise Failing("\n".join(fails))
