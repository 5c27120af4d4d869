"""Processes that are kept for the next tasks, replaced where they die, ended where one stops."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.session import Session
from agents.workers import DEATHS, Workers
from scenarios.errors import InputError
from simulator import sampling
from tests.office import reference, session


@settings(max_examples=10, deadline=None)
@given(tasks=st.lists(st.integers(), max_size=9), jobs=st.integers(1, 4))
def test_results_come_in_the_order_of_the_tasks(tasks: list[int], jobs: int) -> None:
    assert list(Workers[int, int](lambda n: 2 * n).map(tasks, jobs)) == [2 * n for n in tasks]


def test_the_same_processes_do_the_next_tasks() -> None:
    workers = Workers[int, int](lambda _: os.getpid())
    first = set(workers.map(range(8), 2))
    assert os.getpid() not in first
    assert set(workers.map(range(8), 2)) <= first
    assert len(first) <= 2


def test_a_worker_that_is_killed_is_replaced_and_its_task_counted_once(tmp_path: Path) -> None:
    def do(task: int) -> int:
        mark = tmp_path / str(task)
        if task in (2, 3) and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    workers = Workers[int, int](do)
    assert list(workers.map(range(6), 2)) == [0, 1, 2, 3, 4, 5]
    assert (tmp_path / "2").exists()


def test_one_that_is_killed_while_nothing_is_to_do_is_replaced() -> None:
    workers = Workers[int, int](lambda _: os.getpid())
    for pid in set(workers.map(range(4), 2)):
        os.kill(pid, signal.SIGKILL)
    assert len(list(workers.map(range(4), 2))) == 4


def test_a_task_that_kills_whoever_does_it_is_given_up(tmp_path: Path) -> None:
    def do(task: int) -> None:
        with (tmp_path / "tries").open("a") as file:
            file.write("x")
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(InputError) as caught:
        list(Workers[int, None](do).map([0], 2))
    assert "--jobs 1" in caught.value.mend
    assert (tmp_path / "tries").read_text() == "x" * DEATHS


def test_an_error_is_raised_here_and_ends_whoever_is_at_work() -> None:
    def do(task: int) -> None:
        if task == 0:
            raise InputError("no", field="plan", mend="mend it")
        signal.pause()

    with pytest.raises(InputError) as caught:
        list(Workers[int, None](do).map(range(3), 2))
    assert (caught.value.problem, caught.value.mend) == ("no", "mend it")
    # Who raised it waits for the next task.
    assert len(multiprocessing.active_children()) <= 1


def _block(task: int) -> int:
    if task:
        signal.pause()
    return os.getpid()


@pytest.mark.parametrize("stop", ["leave", "interrupt"])
def test_who_stops_early_leaves_nobody_at_work(stop: str) -> None:
    workers = Workers[int, int](_block)
    coming = iter(workers.map([0, 1, 1], 3))
    next(coming)
    assert multiprocessing.active_children()
    if stop == "leave":
        coming.close()  # type: ignore[attr-defined]
    else:
        with pytest.raises(KeyboardInterrupt):
            coming.throw(KeyboardInterrupt())  # type: ignore[attr-defined]
    del coming, workers
    gc.collect()
    assert not multiprocessing.active_children()


def test_an_interrupt_from_the_keyboard_leaves_no_process() -> None:
    """As a terminal does it: to the whole group, while every worker is busy for ever."""
    program = """
import os, signal, sys
from agents.workers import Workers
def do(task):
    os.write(1, f"{os.getpid()}\\n".encode())
    signal.pause()
try:
    list(Workers(do).map(range(4), 2))
except KeyboardInterrupt:
    sys.exit(130)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        workers = [int(process.stdout.readline()) for _ in range(2)]
        os.killpg(process.pid, signal.SIGINT)
        # The pipe ends when the last who holds it is gone: no worker outlives the program.
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")
    for pid in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


# Trials

Open = Callable[[], Session]


@pytest.fixture
def opened() -> Open:
    return lambda: session(reference("naive"))


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_number_of_processes_changes_no_byte(opened: Open, jobs: int) -> None:
    one, many = (repr(opened().evaluate(trials=32, jobs=jobs)) for jobs in (1, jobs))
    assert one == many


def test_nor_one_of_the_coach(opened: Open) -> None:
    assert repr(opened().explain(trials=16, jobs=2)) == repr(opened().explain(trials=16))


def test_other_plans_are_run_by_the_same_processes(opened: Open) -> None:
    one = opened()
    keys = sampling.keys(one.scenario, "practice", seed=1, trials=16)
    one.score(keys, 2)
    before = {child.pid for child in multiprocessing.active_children()}
    other = one.with_plan(reference("expert"))
    assert other.score(keys, 2) == session(reference("expert")).score(keys)
    assert before
    assert {child.pid for child in multiprocessing.active_children()} == before


def test_trials_of_a_worker_that_is_killed_are_counted_once(opened: Open) -> None:
    one = opened()
    keys = sampling.keys(one.scenario, "practice", seed=1, trials=64)
    killed: list[int] = []

    def stop() -> bool:
        if not killed:
            child = multiprocessing.active_children()[0]
            assert child.pid is not None
            killed.append(child.pid)
            os.kill(child.pid, signal.SIGKILL)
        return False

    assert one.score(keys, 2, stop) == opened().score(keys)
    assert killed
