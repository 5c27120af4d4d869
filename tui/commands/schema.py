"""`intern schema`: what an editor needs to complete and check the files that authors write."""

from __future__ import annotations

from pathlib import Path

import click

from tui.exits import Exit


@click.command("schema", help="Write the JSON Schemas of scenarios, records, plans, bands, "
               "removals, attacks and personas into FOLDER (here by default). A file names its own "
               "in its first line: # yaml-language-server: $schema=PATH")  # fmt: skip
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def command(folder: Path) -> int:
    from scenarios.schemas import FILES, file_name, schema_text
    from tui.printing import say

    folder.mkdir(parents=True, exist_ok=True)
    for kind in FILES:
        path = folder / file_name(kind)
        path.write_text(schema_text(kind), encoding="utf-8")
        say(f"Wrote {path}")
    return Exit.DONE
