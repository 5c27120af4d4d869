"""`intern show`: what a learner can know of a scenario before they begin."""

from __future__ import annotations

import click

from scenarios.errors import InputError
from tui.exits import Exit


@click.command("show", help="Show the brief of SCENARIO (an id or a path), its cabinet, its people "
               "and your colleagues; or one document or record in full.")  # fmt: skip
@click.argument("scenario")
@click.option("--document", metavar="ID", help="Show one document of the cabinet.")
@click.option("--record", metavar="ID", help="Show one record.")
def command(scenario: str, document: str | None, record: str | None) -> int:
    if document is not None and record is not None:
        raise InputError("does not go with --document", field="--record", mend="ask for one")

    from scenarios.loading import load_cast
    from tui import brief
    from tui.opening import open_scenario
    from tui.printing import out

    found = open_scenario(scenario)
    if document is not None:
        out(brief.document(found, document))
    elif record is not None:
        out(brief.record(found, record))
    else:
        out(brief.scenario(found, load_cast(), scenario))
    return Exit.DONE
