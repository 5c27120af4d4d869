"""`intern report`: an attempt, or all of them, as a page to keep and to share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui import options
from tui.exits import Exit

if TYPE_CHECKING:
    from simulator.storage.store import Store


@click.command("report", help="Write the attempt of a NUMBER, or without one all attempts, to one "
               "self-contained page of HTML with pictures.")  # fmt: skip
@click.argument("number", required=False, callback=options.whole(1, 10**9))
@click.option("-o", "--output", metavar="FILE", required=True, type=click.Path(path_type=Path),
              help="Where to, for example report.html.")  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite FILE if it is there.")
@options.jobs
def command(number: int | None, output: Path, force: bool, jobs: int) -> int:
    from simulator.storage.store import Store
    from tui.printing import say
    from tui.writing import check_free, write_file

    if not force:
        check_free(output)
    text = _portfolio(Store()) if number is None else _attempt(number, Store(), jobs)
    write_file(output, text, force=force)
    say(f"Wrote {output}.")
    return Exit.DONE


def _attempt(number: int, store: Store, jobs: int) -> str:
    from tui.page.attempt import attempt_page
    from tui.page.behind import behind
    from tui.progress import progress

    trials = store.attempt(number).trials
    with progress(trials, then="Trying what would have helped ...") as advance:
        found = behind(number, store, jobs, advance)
    return attempt_page(found)


def _portfolio(store: Store) -> str:
    from tui.page.portfolio import portfolio_page

    return portfolio_page(store.attempts())
