"""`intern pilot`: somebody does a step of a plan on a few records, before the whole job."""

from __future__ import annotations

import click

from tui import options
from tui.exits import Exit

_MOST = 1000


@click.command("pilot", help="Have somebody do a STEP of PLAN on a few practice records, for their "
               "wages, and see what comes out. The scenario says on how many in all; a pilot "
               "that was made is looked at again for nothing.")  # fmt: skip
@click.argument("plan")
@click.option("--step", required=True, metavar="STEP", help="Which step.")
@click.option("--who", metavar="NAME", help="Who is tried (whoever the plan gives it to).")
@click.option("--records", metavar="N", default="8", show_default=True,
              callback=options.whole(1, _MOST), help="On how many records.")  # fmt: skip
@options.seed
@options.as_json
def command(
    plan: str, step: str, who: str | None, records: int, seed: int | None, as_json: bool
) -> int:
    from tui.opening import open_plan

    opened = open_plan(plan)

    from agents.piloting import trying
    from simulator.storage.store import Store
    from tui import printing
    from tui.outcomes import piloted

    found = trying(
        opened.scenario, opened.plan, opened.cast, step, who, most=records,
        seed=1 if seed is None else seed,
    )  # fmt: skip
    store = Store()
    pilot, paid = piloted.made(store, found)
    if as_json:
        printing.out_json(piloted.pilot_object(pilot, paid=paid))
    else:
        made = store.pilots(opened.scenario.id)
        printing.out(piloted.told(opened.scenario, pilot, made, paid=paid))
    return Exit.DONE
