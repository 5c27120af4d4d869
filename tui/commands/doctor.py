"""`intern doctor`: what is installed, where things are kept, what is wrong."""

from __future__ import annotations

import click

from tui.exits import Exit


@click.command("doctor", help="Check the installation. Exits with 1 where something is wrong.")
def command() -> int:
    from tui.checkup import checkup
    from tui.printing import out, table

    findings = checkup()
    out(table([(one.status, one.what, one.says) for one in findings], indent=""))
    wrong = [one for one in findings if one.status == "WRONG"]
    out(f"\n{len(wrong)} wrong." if wrong else "\nNothing is wrong.")
    return Exit.SHORT if wrong else Exit.DONE
