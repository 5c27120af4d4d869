"""A progress bar on standard error, where somebody is looking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from scenarios.errors import printable


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


def so_far(words: Callable[[Any], str]) -> Callable[[Sequence[Any]], None]:
    """What to call with what was found so far, the best first: a line for each that is the best."""
    said = ""

    def tell(found: Sequence[Any]) -> None:
        nonlocal said
        text = words(found[0]) if found else ""
        if text != said and watched():
            said = text
            click.echo(printable(f"So far: {text}"), err=True)

    return tell


def watched() -> bool:
    """Whether standard error is a terminal."""
    return sys.stderr.isatty()


@contextmanager
def asking(names: Sequence[str]) -> Iterator[Callable[[int], None]]:
    """What to call with the number of each thing when it begins, from 0: a bar that names it."""
    if not watched():
        yield lambda _number: None
        return

    def current(number: int | None) -> str:
        return "" if number is None else printable(names[number])

    with click.progressbar(
        length=len(names), label="checking", file=sys.stderr, show_eta=False,
        item_show_func=current,
    ) as bar:  # fmt: skip
        yield lambda number: bar.update(min(number, 1), number)
        bar.update(1)
