"""A progress bar on standard error, where somebody is looking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click


@contextmanager
def progress(
    trials: int, label: str = "trials", *, then: str = ""
) -> Iterator[Callable[[Sequence[Any]], None]]:
    """What to call with all that is done so far. Draws nothing where no terminal is.

    `then` is said once all are done, for work that goes on after them.
    """
    if not watched():
        yield lambda _done: None
        return
    shown = 0
    with click.progressbar(length=trials, label=label, file=sys.stderr, show_eta=True) as bar:

        def advance(done: Sequence[Any]) -> None:
            nonlocal shown
            bar.update(len(done) - shown)
            shown = len(done)
            if then and shown == trials:
                bar.render_finish()
                click.echo(then, err=True)

        yield advance


def watched() -> bool:
    """Whether standard error is a terminal."""
    return sys.stderr.isatty()
