"""Work done side by side by a few hands, with its results in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def side_by_side(do: Callable[[T, Event], R], items: Sequence[T], hands: int) -> list[R]:
    """`do` each of `items`, at most `hands` at a time; the results in the order of `items`.

    `do` is given an event that is set when nobody waits for its result any longer. The first
    error that it raises ends the work and is raised here; so does an interrupt.
    """
    over = Event()
    if hands == 1 or len(items) < 2:
        return [do(item, over) for item in items]
    todo: SimpleQueue[tuple[int, T]] = SimpleQueue()
    for pair in enumerate(items):
        todo.put(pair)
    done: SimpleQueue[tuple[int, R | BaseException]] = SimpleQueue()

    def work() -> None:
        while not over.is_set():
            try:
                place, item = todo.get_nowait()
            except Empty:
                return
            try:
                done.put((place, do(item, over)))
            except BaseException as error:
                done.put((place, error))
                return

    results: dict[int, R] = {}
    try:
        for _ in range(min(hands, len(items))):
            # Daemons, since a pool would hold up an interrupt until every endpoint has answered.
            # Their context tells LangChain which run of the graph they work for.
            Thread(target=copy_context().run, args=(work,), daemon=True).start()
        while len(results) < len(items):
            place, result = done.get()
            if isinstance(result, BaseException):
                raise result
            results[place] = result
    finally:
        over.set()
    return [results[place] for place in range(len(items))]
