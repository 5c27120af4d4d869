"""`intern explain`: why a plan fails, and the one change that would help most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scenarios.errors import InputError
from tui import options
from tui.exits import Exit

if TYPE_CHECKING:
    from agents.models.account import Account


@click.command(
    "explain",
    help="Run PLAN on practice records; say what cost most, show it on one record, and measure "
    "which one change would help most.",
)
@click.argument("plan")
@options.trials
@options.seed
@options.model
@options.limit
@options.reader
@options.as_json
@click.option("--sealed", is_flag=True, hidden=True)
@click.option("--idle", is_flag=True,
              help="Also try the plan without each of its parts: which do nothing?")  # fmt: skip
@click.option("--hint", type=click.Choice(["nudge", "pointer", "answer"]), default="nudge",
              show_default=True,
              help="How far the coach goes: a question, where to look, or the words, which cost: "
              "a plan that has them earns bronze at most.")  # fmt: skip
@options.jobs
@options.reveal
def command(
    plan: str, trials: int | None, seed: int | None, model: str, limit: float | None,
    price: float | None, reader: str, as_json: bool, sealed: bool, idle: bool, hint: str,
    jobs: int, reveal: bool,
) -> int:  # fmt: skip
    if sealed:
        raise InputError(
            "cannot be explained: no debrief ever shows a sealed record", field="--sealed",
            mend="leave it out to explain practice records",
        )  # fmt: skip
    options.one_reader(model, reader)
    return explain(
        plan, trials=trials, seed=seed, as_json=as_json, jobs=jobs, reveal=reveal, reader=reader,
        idle=idle, hint=hint, model=model, account=options.account(model, limit, price),
    )  # fmt: skip


def explain(
    plan: str, *, trials: int | None, seed: int | None, as_json: bool, jobs: int, reveal: bool,
    reader: str = "sim", kept: bool = True, idle: bool = False, hint: str = "nudge",
    model: str = "sim", account: Account | None = None,
) -> int:  # fmt: skip
    """Explain the plan at a path; `kept` says whether it is an attempt of the learner's.

    A real model's causes are inferred, and no change is tried: each would be paid anew.
    """
    from tui.opening import open_plan

    opened = open_plan(plan)

    from agents import hiring
    from agents.debriefing import Debriefer
    from agents.session import TRIALS, Session
    from simulator.debriefing.bought import bought
    from simulator.pilots import spent
    from tui import keeping, printing
    from tui.outcomes import costs, figures, story
    from tui.progress import progress, so_far

    told = keeping.told(opened.scenario.id) if kept else None
    number = TRIALS if trials is None else trials
    texts = hiring.reader(reader)
    pilots = keeping.pilots(opened.scenario) if kept else []
    session = Session(
        opened.scenario, opened.plan, opened.cast, model, texts, account=account,
        piloted=spent(pilots),
    )  # fmt: skip
    with progress(number, then="Trying what would have helped ...") as advance:
        evaluation = session.evaluate(
            seed=1 if seed is None else seed, trials=number, jobs=jobs, progress=advance
        )
    find = Debriefer(session, jobs=jobs)
    debrief = find.advise(find.show(evaluation), tell=so_far(story.so_far))
    debrief = find.blame(debrief, costs.costliest(evaluation, reveal=reveal))
    debrief = find.look_at_pilots(find.look_at_controls(debrief), pilots)
    if idle:
        debrief = find.weed(debrief)
    if as_json:
        shown = story.debrief_object(
            debrief, opened.name, model, reader, told, reveal=reveal, rung=hint
        )
        printing.out_json(shown)
    else:
        printing.out(story.tell(debrief, opened.name, told, reveal=reveal, rung=hint))
        for sentence in account.told() if account is not None else ():
            printing.out(printing.wrapped(sentence))
    if kept and debrief.best is not None and (reveal or hint == story.ANSWER):
        change = debrief.best.change
        keeping.buy(opened.scenario.id, bought(change.answer, opened.plan, change.plan))
    evaluation = debrief.evaluation
    if kept and evaluation.scored:
        found = figures.evaluation_object(evaluation, opened.name, model, reader, reveal=reveal)
        keeping.keep(opened, evaluation, found, revealed=reveal, blamed=debrief.blamed)
    return Exit.INTERRUPTED if evaluation.interrupted else Exit.DONE
