"""`intern compare`: two plans on the same trials."""

from __future__ import annotations

import click

from scenarios.errors import InputError
from tui import options
from tui.exits import Exit


@click.command("compare", help="Run plans A and B on the same trials with the same luck, and say "
               "which is better at what.")  # fmt: skip
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
    from tui.opening import open_plan

    one, other = open_plan(a), open_plan(b)
    if one.scenario.id != other.scenario.id:
        raise InputError(
            f"is a plan for {other.scenario.id}, and {one.name} is one for {one.scenario.id}",
            file=b, mend="compare two plans for one scenario",
        )  # fmt: skip

    from agents import hiring
    from agents.session import SIM, TRIALS, Session
    from tui import comparison, printing
    from tui.progress import progress

    number, luck = TRIALS if trials is None else trials, 1 if seed is None else seed
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
    if as_json:
        printing.out_json(comparison.comparison_object(found[0], found[1], names, reader))
    else:
        printing.out(comparison.text(found[0], found[1], names, reader))
    return Exit.DONE
