"""`intern backbrief`: what each intern understood of a plan."""

from __future__ import annotations

import click

from tui import options
from tui.exits import Exit


@click.command("backbrief", help="Say, sentence by sentence, what each intern took from PLAN and "
               "how sure they are.")  # fmt: skip
@click.argument("plan")
@options.reader
def command(plan: str, reader: str) -> int:
    from agents import hiring
    from simulator.backbrief import backbrief
    from tui.opening import open_plan
    from tui.printing import out
    from tui.understood import step_text

    opened = open_plan(plan)
    briefs = backbrief(opened.scenario, opened.plan, opened.cast, hiring.reader(reader))
    out("\n\n".join(map(step_text, briefs)) or "You do everything yourself: nobody to ask.")
    return Exit.DONE
