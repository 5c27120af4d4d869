"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scenarios.errors import InputError

if TYPE_CHECKING:
    from agents.models.account import Account

MOST_TRIALS = 100_000
_MOST_JOBS = 64
_LARGEST_SEED = 2**53
F = TypeVar("F", bound=Callable[..., Any])


def whole(low: int, high: int) -> Callable[..., int | None]:
    """A callback for what has to be a whole number between the two."""

    def check(_ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        try:
            number = int(value)
        except ValueError:
            raise InputError(
                f"must be a whole number, not {value!r}", field=param.opts[0], mend="write digits"
            ) from None
        if not low <= number <= high:
            limit = f"at least {low}" if number < low else f"at most {high:,}"
            raise InputError(f"must be {limit}, not {value}", field=param.opts[0])
        return number

    return check


def trials(command: F) -> F:
    """`--trials N`"""
    return click.option(
        "--trials", metavar="N", callback=whole(1, MOST_TRIALS),
        help="How many trials to run (80 by default).",
    )(command)  # fmt: skip


def seed(command: F) -> F:
    """`--seed S`"""
    return click.option(
        "--seed", metavar="S", callback=whole(0, _LARGEST_SEED),
        help="Which luck to draw (1 by default).",
    )(command)  # fmt: skip


def jobs(command: F) -> F:
    """`--jobs J`"""
    return click.option(
        "--jobs", metavar="J", callback=whole(1, _MOST_JOBS), default=str(usual_jobs()),
        help="Processes to use; they change no figure (all processors by default).",
    )(command)  # fmt: skip


def model(command: F) -> F:
    """`--model NAME`"""
    return click.option(
        "--model", metavar="NAME", default="sim",
        help="Who does the work: sim, local (a small model on this machine), or openai:NAME, "
        "which costs money.",
    )(command)  # fmt: skip


def limit(command: F) -> F:
    """`--limit MONEY` and `--price MONEY`"""
    command = click.option(
        "--price", metavar="MONEY", type=click.FloatRange(0),
        help="What 1,000 tokens cost, for --limit (what the colleague earns by default).",
    )(command)  # fmt: skip
    return click.option(
        "--limit", metavar="MONEY", type=click.FloatRange(0),
        help="With a real model: stop before more than this is spent.",
    )(command)  # fmt: skip


def one_reader(model: str, reader: str) -> None:
    """Raise InputError where somebody else is to read for a real model."""
    if "sim" not in (model, reader):
        raise InputError(
            f"does not go with --model {model}: a real model reads its instructions itself",
            field="--reader", mend="leave one of them out",
        )  # fmt: skip


def account(model: str, limit: float | None, price: float | None) -> Account | None:
    """Where what a real model costs is kept. Raises InputError where there is nothing to limit."""
    if model == "sim":
        for option, given in (("--limit", limit), ("--price", price)):
            if given is not None:
                raise InputError(
                    "goes with a real model only: a simulated intern costs nothing", field=option,
                    mend="leave it out, or add --model openai:NAME",
                )  # fmt: skip
        return None
    from agents.models.account import Account

    return Account(limit, price)


def spending(command: F) -> F:
    """`--price MONEY`, `--limit MONEY` and `--yes`, of commands that say what they will cost."""
    for option in (
        click.option("--yes", is_flag=True, help="Do not ask before spending."),
        click.option("--limit", metavar="MONEY", type=click.FloatRange(0),
                     help="Stop before more than this is spent, of this start."),
        click.option("--price", metavar="MONEY", type=click.FloatRange(0),
                     help="What 1,000 tokens cost."),
    ):  # fmt: skip
        command = option(command)
    return command


def reader(command: F) -> F:
    """`--reader NAME`"""
    return click.option(
        "--reader", metavar="NAME", default="sim",
        help="Who reads your instructions for simulated interns: sim, or openai:NAME, which "
        "costs money.",
    )(command)  # fmt: skip


def as_json(command: F) -> F:
    """`--json`"""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON object instead of a text.",
    )(command)  # fmt: skip


def reveal(command: F) -> F:
    """`--reveal`"""
    return click.option(
        "--reveal", is_flag=True,
        help="Show hidden names and answers too; the attempt is marked as revealed.",
    )(command)  # fmt: skip


def usual_jobs() -> int:
    """How many processes to use where nobody says."""
    # Only Linux forks without danger to what runs already.
    return min(_MOST_JOBS, os.cpu_count() or 1) if sys.platform == "linux" else 1
