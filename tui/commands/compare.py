"""`intern compare`: two plans or attempts on the same trials."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scenarios.errors import InputError
from tui import options
from tui.exits import Exit

if TYPE_CHECKING:
    from simulator.store import Attempt


@click.command("compare", help="Run A and B on the same trials with the same luck: what changed, "
               "which is better at what, and what became of the causes. Each is a plan or the "
               "number of an attempt.")  # fmt: skip
@click.argument("a")
@click.argument("b")
@options.trials
@options.seed
@options.reader
@options.as_json
@options.jobs
def command(
    a: str, b: str, trials: int | None, seed: int | None, reader: str, as_json: bool, jobs: int
) -> int:  # fmt: skip
    from tui.opening import open_either

    (one, first), (other, second) = open_either(a), open_either(b)
    if one.scenario.id != other.scenario.id:
        raise InputError(
            f"is a plan for {other.scenario.id}, and {one.name} is one for {one.scenario.id}",
            file=b, mend="compare two plans for one scenario",
        )  # fmt: skip

    from agents import hiring
    from agents.session import SIM, TRIALS, Session
    from tui import comparison, printing
    from tui.changes import plan_changes, told
    from tui.progress import progress

    kept = first if first and second and _alike(first, second) else None
    number = trials or (kept.trials if kept else TRIALS)
    luck = seed if seed is not None else (kept.seed if kept else 1)
    texts = hiring.reader(reader)
    found = []
    for opened in (one, other):
        session = Session(one.scenario, opened.plan, opened.cast, SIM, texts)
        with progress(number, opened.name) as advance:
            evaluation = session.evaluate(seed=luck, trials=number, jobs=jobs, progress=advance)
        if evaluation.interrupted:
            raise KeyboardInterrupt
        found.append(evaluation)
    names = (one.name, other.name) if one.name != other.name else (a, b)
    changed = plan_changes(one.text, other.text)
    if as_json:
        shown = comparison.comparison_object(found[0], found[1], names, reader)
        printing.out_json({**shown, "changes": [one._asdict() for one in changed]})
    else:
        printing.out(comparison.text(found[0], found[1], names, reader))
        printing.out(f"\n{told(changed)}")
    return Exit.DONE


def _alike(one: Attempt, other: Attempt) -> bool:
    """Whether two attempts were on the same draws, which nobody minds being shown again."""
    return one.lot == other.lot == "practice" and (one.seed, one.trials) == (
        other.seed, other.trials
    )  # fmt: skip
