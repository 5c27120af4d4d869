"""`intern compare`: two plans or attempts on the same trials."""

from __future__ import annotations

import click

from scenarios.errors import InputError
from tui import options
from tui.exits import Exit


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
    from agents.session import SIM, Session
    from tui import printing
    from tui.outcomes import comparison
    from tui.planning.changes import plan_changes, told
    from tui.progress import progress

    number, luck = comparison.draws(first, second)
    number = number if trials is None else trials
    luck = luck if seed is None else seed
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
