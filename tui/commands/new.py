"""`intern new plan`: a plan to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from scenarios.errors import InputError
from tui.exits import Exit


@click.group("new", help="Write something new to fill in.")
def command() -> None:
    pass


@command.command("plan", help="Write a plan for SCENARIO to fill in: to standard output, or to a "
                 "file with -o.")  # fmt: skip
@click.argument("scenario")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE if it is there.")
def plan(scenario: str, output: Path | None, force: bool) -> int:
    from scenarios.loading import load_cast
    from tui.opening import open_scenario
    from tui.printing import out, say
    from tui.template import plan_template

    text = plan_template(open_scenario(scenario), load_cast())
    if output is None:
        out(text.rstrip("\n"))
        return Exit.DONE
    try:
        with output.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(
            "is there already", file=str(output), mend="choose another name, or add --force"
        ) from None
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}", file=str(output), mend="choose another place"
        ) from None
    say(f"Wrote {output}. Fill it in, then: intern backbrief {output}")
    return Exit.DONE
