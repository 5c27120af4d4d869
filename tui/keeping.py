"""Keeping attempts and reading what was kept: what fails there is a warning, and ends no run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from scenarios.errors import InputError
from tui.about import version
from tui.opening import Opened
from tui.printing import warn

if TYPE_CHECKING:
    from scenarios.scenario import Scenario
    from simulator.debriefing.blaming import Blamed
    from simulator.debriefing.bought import Bought
    from simulator.pilots import Pilot
    from simulator.scoring.evaluation import Evaluation


def keep(
    opened: Opened, evaluation: Evaluation, summary: Mapping[str, Any], *, revealed: bool,
    blamed: Sequence[Blamed] = (),
) -> int | None:  # fmt: skip
    """Keep an attempt with its card; its number, or None where it could not be kept."""
    from simulator.storage.store import Store
    from tui.outcomes import carding

    try:
        store, scenario = Store(), opened.scenario.id
        earlier, heard = store.attempts(scenario), store.told(scenario)
        whole = carding.kept(summary, evaluation, opened.text, opened.cast, earlier, heard, blamed)
        return store.add_attempt(
            plan_text=opened.text, summary=whole, revealed=revealed, program=version()
        )
    except InputError as error:
        warn(f"this attempt is not kept: {error.one_line()}")
        return None


def told(scenario: str) -> Mapping[str, Collection[str]] | None:
    """What the interviews about a scenario told so far; None where that cannot be read."""
    from simulator.storage.store import Store

    try:
        return Store().told(scenario)
    except InputError as error:
        warn(f"the interview is left out: {error.one_line()}")
        return None


def pilots(scenario: Scenario) -> list[Pilot]:
    """The pilots that were made for a scenario; none where it has none or that cannot be read."""
    from simulator.storage.store import Store

    if not scenario.budget.pilots:
        return []
    try:
        return Store().pilots(scenario.id)
    except InputError as error:
        warn(f"pilots that were made are left out: {error.one_line()}")
        return []


def bought(scenario: str) -> list[Bought]:
    """The answers that were told about a scenario; none where that cannot be read."""
    from simulator.storage.store import Store

    try:
        return Store().bought(scenario)
    except InputError as error:
        warn(f"answers that were told are left out: {error.one_line()}")
        return []


def buy(scenario: str, answer: Bought) -> None:
    """Note that an answer was told."""
    from simulator.storage.store import Store

    try:
        Store().buy(scenario, answer)
    except InputError as error:
        warn(f"it is not noted that this answer was told: {error.one_line()}")
