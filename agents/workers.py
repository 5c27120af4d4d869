"""Processes that do tasks side by side, kept for the next tasks, and replaced where one dies.

They are forked, so that they have what is imported, read and compiled by then; to start afresh
would cost more than most of what they do.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from scenarios.errors import InputError

T = TypeVar("T")
R = TypeVar("R")
DEATHS = 3
"""A task that so many workers died of is given up."""


@dataclass(frozen=True, eq=False, slots=True)
class _Worker:
    process: BaseProcess
    line: Connection

    def end(self) -> None:
        """At once, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.line.close()


class Workers(Generic[T, R]):
    """Processes that `do` tasks. They are started when they are first needed.

    Tasks, results and errors are pickled. Several threads may use it at a time.
    """

    def __init__(self, do: Callable[[T], R]) -> None:
        self._do = do
        self._idle: list[_Worker] = []
        weakref.finalize(self, _end, self._idle, os.getpid())

    @property
    def started(self) -> bool:
        """Whether any process waits for a task."""
        return bool(self._idle)

    def map(self, tasks: Sequence[T], jobs: int) -> Iterator[R]:
        """The result of each task, in their order, by at most `jobs` processes.

        Where the caller stops early or is interrupted, whoever is at work is ended. A worker that
        dies is replaced, and its task done again. Raises what `do` raises, and InputError where
        workers die of a task again and again.
        """
        errand = _Errand[T, R](self._do, self._idle, tasks)
        try:
            for place in range(len(tasks)):
                while place not in errand.done:
                    errand.hand_out(jobs)
                    errand.take_back()
                yield errand.done.pop(place)
        finally:
            for worker, _ in errand.busy.values():
                worker.end()


class _Errand(Generic[T, R]):
    """Tasks under way: who is at which, what is to do, and what is done."""

    def __init__(self, do: Callable[[T], R], idle: list[_Worker], tasks: Sequence[T]) -> None:
        self._do, self._idle, self._tasks = do, idle, tasks
        self._todo = deque(range(len(tasks)))
        self._deaths = [0] * len(tasks)
        self.busy: dict[Any, tuple[_Worker, int]] = {}
        self.done: dict[int, R] = {}

    def hand_out(self, jobs: int) -> None:
        while self._todo and len(self.busy) < jobs:
            worker = self._idle.pop() if self._idle else _started(self._do)
            place = self._todo.popleft()
            self.busy[worker.line] = worker, place
            # One that died since is found when it is listened to.
            with suppress(OSError):
                worker.line.send(self._tasks[place])

    def take_back(self) -> None:
        """What the next of them have done."""
        for line in wait(list(self.busy)):
            worker, place = self.busy[line]
            try:
                error, result = worker.line.recv()
            except (EOFError, OSError):
                self._bury(worker, place)
                continue
            del self.busy[line]
            self._idle.append(worker)
            if error is not None:
                raise error
            self.done[place] = result

    def _bury(self, worker: _Worker, place: int) -> None:
        worker.end()
        del self.busy[worker.line]
        self._todo.appendleft(place)
        self._deaths[place] += 1
        if self._deaths[place] == DEATHS:
            raise InputError(
                f"the processes that run trials die, {DEATHS} of the same trials",
                field="--jobs", mend="use --jobs 1, or see whether the memory is full",
            )  # fmt: skip


def _started(do: Callable[[Any], Any]) -> _Worker:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(do, theirs, ours), daemon=True)
    with _no_interrupts():
        process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(do: Callable[[Any], Any], line: Connection, other_end: Connection) -> None:
    """Do what comes, until nobody is there to send any more."""
    # An interrupt is for the program, which ends its workers; a handler of its own is not theirs.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Those that were forked later hold the other end too, and leave first.
    other_end.close()
    with suppress(EOFError, OSError):
        while True:
            task = line.recv()
            reply: tuple[Exception | None, Any]
            try:
                reply = None, do(task)
            except Exception as error:
                error.add_note("".join(traceback.format_exc()))
                reply = error, None
            line.send(reply)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """What is forked here is not interrupted before it can say that it will not be."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(workers: list[_Worker], owner: int) -> None:
    # A process that was forked from the owner has the list too.
    if os.getpid() == owner:
        while workers:
            workers.pop().end()
