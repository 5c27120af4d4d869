"""What the screen of attempts finds out on request: it takes a while, and says how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from agents.population import most, population
from agents.session import Session
from simulator.scoring.evaluation import Scored
from simulator.storage.store import Attempt
from tui.opening import open_attempt
from tui.outcomes import comparison, standing
from tui.workbook import Workbook

Say = Callable[[str], object]
Stop = Callable[[], bool]


def compared(one: Attempt, other: Attempt, say: Say, stop: Stop) -> str:
    """Two attempts on the same draws, as text. Raises KeyboardInterrupt where `stop` says so."""
    trials, seed = comparison.draws(one, other)
    found = []
    for attempt in (one, other):
        opened = open_attempt(attempt)
        name = opened.name

        def progress(scored: Sequence[Scored], name: str = name) -> None:
            say(f"{name}: trial {len(scored)} of {trials}")

        session = Session(opened.scenario, opened.plan, opened.cast)
        found.append(session.evaluate(seed=seed, trials=trials, progress=progress, stop=stop))
        if found[-1].interrupted:
            raise KeyboardInterrupt
    names = f"attempt {one.number}", f"attempt {other.number}"
    return comparison.text(found[0], found[1], names)


def placed(book: Workbook, say: Say, stop: Stop) -> str:
    """The attempts among other plans, as text. Raises as `compared` does."""
    whole = most(book.home)
    came = population(
        book.home, book.scenario, stop=stop,
        progress=lambda done: say(f"Running other plans, once and for all: {len(done)} of {whole}"),
    )  # fmt: skip
    attempts = book.store.attempts(book.scenario.id)
    return standing.text(book.scenario, standing.standing(came, attempts))
