"""`intern new`: a plan to fill in, and a scenario to go on from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scenarios.errors import InputError, quoted
from scenarios.model import ID
from tui.exits import Exit

if TYPE_CHECKING:
    from scenarios.drafting import Proposal

_LONGEST = 60


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
    from tui.planning.template import plan_template
    from tui.printing import out, say
    from tui.writing import write_file

    text = plan_template(open_scenario(scenario), load_cast())
    if output is None:
        out(text.rstrip("\n"))
        return Exit.DONE
    write_file(output, text, force=force)
    say(f"Wrote {output}. Fill it in, then: intern backbrief {output}")
    return Exit.DONE


@command.command("scenario", help="Write a scenario ID into the folder ID, from a table of "
                 "work that was done: fields, types, strata, and traps where a simple guess is "
                 "wrong. It runs as it stands; its comments say what is left for you.",
                 )  # fmt: skip
@click.argument("id_", metavar="ID")
@click.option("--from", "table", metavar="FILE.csv", required=True,
              type=click.Path(path_type=Path), help="The table, a case a line.")  # fmt: skip
@click.option("--truth", metavar="COLUMN", multiple=True,
              help="A column that says what was right, besides those called truth.NAME.",
              )  # fmt: skip
@click.option("--text", metavar="COLUMN",
              help="The column with the text of a case. By default `text`, or all others.",
              )  # fmt: skip
@click.option("-o", "--output", metavar="FOLDER", type=click.Path(path_type=Path),
              help="Where to write it instead.")  # fmt: skip
def scenario(
    id_: str, table: Path, truth: tuple[str, ...], text: str | None, output: Path | None
) -> int:
    from scenarios.drafting import propose, read_sheet, scaffold
    from tui.printing import say
    from tui.writing import write_file

    if not re.match(ID, id_) or len(id_) > _LONGEST:
        mend = "use letters, digits, '-', '_' and '.', and begin with a letter or digit"
        raise InputError(f"{quoted(id_)} cannot be a scenario's name", field="ID", mend=mend)
    folder = output or Path(id_)
    proposal = propose(id_, read_sheet(table, truth, text))
    files = scaffold(id_, proposal)
    for name in files:
        if (folder / name).exists():
            mend = "choose another ID, or a folder with -o"
            raise InputError("is there already", file=str(folder / name), mend=mend)
    for name, content in files.items():
        mend = "choose another ID, or a folder with -o"
        write_file(folder / name, content, mend=mend, folders=True)
    say(_found(proposal))
    say(f"Wrote {folder}. What to do next: intern check --suggest {folder}")
    return Exit.DONE


def _found(proposal: Proposal) -> str:
    """What was made of the table, in a few lines."""
    from tui.printing import plural, table

    rows = [("stratum", "records", "a sample", "rule")]
    said = {rule.stratum: rule for rule in proposal.rules}
    for name, drawn in proposal.sample.items():
        rule = said.get(name)
        told = "the simplest guess is right"
        if rule is not None:
            cue = rule.cue.where if rule.cue else "you will know"
            told = f"{rule.field} is {rule.answer} where {cue}"
        rows.append((name, str(proposal.strata.count(name)), str(drawn), told))
    head = f"{plural(len(proposal.sheet.ids), 'record')}, {plural(len(proposal.rules), 'rule')}:"
    return f"{head}\n{table(rows, right=(1, 2))}"
