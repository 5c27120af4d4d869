"""`intern standing`: the attempts at a scenario among other plans of it."""

from __future__ import annotations

import click

from tui import options
from tui.exits import Exit


@click.command("standing", help="Where your attempts at SCENARIO stand among its reference plans "
               "and plans that bots made: what they lose, cost and take, and which are the most "
               "reliable for their wages.")  # fmt: skip
@click.argument("scenario")
@options.as_json
def command(scenario: str, as_json: bool) -> int:
    from agents.population import most, population
    from scenarios.loading import find_scenario
    from simulator.storage.store import Store
    from tui import printing
    from tui.opening import open_scenario
    from tui.outcomes import standing
    from tui.progress import progress

    found, path = open_scenario(scenario), find_scenario(scenario)
    folder = path if path.is_dir() else path.parent
    with progress(most(folder), "plans") as advance:
        came = population(folder, found, progress=advance)
    placed = standing.standing(came, Store().attempts(found.id))
    if as_json:
        printing.out_json(standing.standing_object(found, placed))
    else:
        printing.out(standing.text(found, placed))
    return Exit.DONE
