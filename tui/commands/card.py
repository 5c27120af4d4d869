"""`intern card`: an attempt's report card, the skills over all attempts, and the predictions."""

from __future__ import annotations

import click

from scenarios.errors import InputError
from tui import options
from tui.exits import Exit


@click.command("card", help="The report card of ATTEMPT (a number; the latest by default), your "
               "nine skills over all attempts, and how your predictions fared.")  # fmt: skip
@click.argument("attempt", type=click.IntRange(min=1), required=False)
@options.as_json
def command(attempt: int | None, as_json: bool) -> int:
    from simulator.storage.store import Store
    from tui import printing
    from tui.outcomes import report_cards

    store = Store()
    attempts = store.attempts()
    if not attempts:
        raise InputError("no attempt is kept yet", mend="run a plan: intern run PLAN")
    chosen = attempts[-1] if attempt is None else store.attempt(attempt)
    card = report_cards.card_of(chosen)
    if card is None:
        raise InputError(
            f"attempt {chosen.number} was kept without a report card",
            mend="run its plan again: intern run PLAN",
        )
    if as_json:
        printing.out_json({
            "schema": 1, "attempt": chosen.number, "scenario": chosen.scenario,
            "plan": chosen.plan, "lot": chosen.lot, "card": dict(card),
            "skills": report_cards.skills_so_far(attempts),
            "predictions": report_cards.diagram_object(attempts),
        })  # fmt: skip
        return Exit.DONE
    inferred = ", causes inferred by comparison" if chosen.summary.get("inferred") else ""
    printing.out("\n\n".join([
        printing.wrapped(report_cards.title(chosen)),
        printing.wrapped(report_cards.total(card)),
        report_cards.parts(card),
        f"What each skill rests on{inferred}\n{report_cards.evidence(card)}",
        f"Your skills so far\n{report_cards.history(attempts)}",
        report_cards.calibration(attempts),
    ]))  # fmt: skip
    return Exit.DONE
