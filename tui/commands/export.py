"""`intern export`: a plan to take away, as prompts and as a program for a model of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from tui.exits import Exit


@click.command("export", help="Write PLAN to a folder: its prompts, and a LangGraph program that "
               "runs it on a model of your own.")  # fmt: skip
@click.argument("plan")
@click.option("-o", "--output", "folder", metavar="FOLDER", required=True,
              help="Where to; it must be new or empty.")  # fmt: skip
def command(plan: str, folder: str) -> int:
    from tui.opening import open_plan

    opened = open_plan(plan)

    from agents.exporting.folder import contents, write
    from tui.printing import out

    write(Path(folder), contents(opened.scenario, opened.plan, opened.cast))
    out(f"{folder}: see its README.md")
    return Exit.DONE
