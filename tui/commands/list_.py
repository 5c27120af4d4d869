"""`intern list`: the scenarios there are."""

from __future__ import annotations

import click

from tui.exits import Exit


@click.command("list", help="List the scenarios there are.")
def command() -> int:
    from scenarios.loading import library, library_scenario
    from tui.printing import out, table

    found = [library_scenario(name) for name in library()]
    rows = [("id", "level", "minutes", "title (what it teaches)")]
    rows += [
        (one.id, str(one.level), str(one.minutes), f"{one.title} ({', '.join(one.teaches)})")
        for one in sorted(found, key=lambda one: (one.level, one.id))
    ]
    out(table(rows, right=(1, 2), indent=""))
    out("\nRead a brief with: intern show ID")
    return Exit.DONE
