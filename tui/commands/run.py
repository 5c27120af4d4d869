"""`intern run`: a plan, many times."""

from __future__ import annotations

import click

from scenarios.errors import InputError
from tui import options
from tui.exits import Exit


@click.command("run", help="Run PLAN many times and say how reliable it is, and what it costs.")
@click.argument("plan")
@options.trials
@options.seed
@options.model
@options.limit
@options.reader
@options.as_json
@click.option("--sealed", is_flag=True, help="Hand in: 200 trials on records nobody has seen.")
@click.option("--bar", metavar="X", type=click.FloatRange(0, 1),
              help="Exit with status 1 where reliability is below X (0 to 1).")  # fmt: skip
@click.option("--follow", is_flag=True,
              help="First tell a trial, event by event; `intern replay` has it then.")  # fmt: skip
@options.jobs
@options.reveal
def command(
    plan: str, trials: int | None, seed: int | None, model: str, limit: float | None,
    price: float | None, reader: str, as_json: bool, sealed: bool, bar: float | None,
    follow: bool, jobs: int, reveal: bool,
) -> int:  # fmt: skip
    _check(trials, seed, model, reader, sealed=sealed, follow=follow)
    account = options.account(model, limit, price)
    from tui.opening import open_plan

    opened = open_plan(plan)

    from agents import hiring
    from agents.session import SEALED_TRIALS, TRIALS, Session
    from simulator.pilots import spent
    from tui import keeping, printing
    from tui.outcomes import figures, medals, report
    from tui.progress import progress

    number = SEALED_TRIALS if sealed else (TRIALS if trials is None else trials)
    luck = opened.scenario.seed if sealed else (1 if seed is None else seed)
    texts = hiring.reader(reader)
    session = Session(
        opened.scenario, opened.plan, opened.cast, model, texts, account=account,
        piloted=spent(keeping.pilots(opened.scenario)),
    )  # fmt: skip
    if follow:
        from tui import following

        following.follow(session, luck, printing.say if as_json else printing.out)
        if not as_json:
            printing.out()
    with progress(number) as advance:
        evaluation = session.evaluate(
            "sealed" if sealed else "practice", seed=luck, trials=number, jobs=jobs,
            progress=advance,
        )  # fmt: skip
    bought = keeping.bought(opened.scenario.id) if sealed else []
    found = figures.evaluation_object(evaluation, opened.name, model, reader, reveal=reveal)
    if account is not None:
        found["endpoint"] = figures.endpoint_object(account)
    if as_json:
        printing.out_json(found)
    else:
        printing.out(report.summary(evaluation, opened.name, model, reader, bought))
        for sentence in account.told() if account is not None else ():
            printing.out(printing.wrapped(sentence))
    if evaluation.scored:
        won = {"medal": medals.medal(evaluation, bought)} if sealed else {}
        kept = keeping.keep(opened, evaluation, {**found, **won}, revealed=reveal)
        if kept is not None and not as_json:
            who = "" if model == "sim" else f" --model {model}"
            paid = ", which asks and pays it again" if who else ""
            why = f" Why it went so: intern explain {plan}{who}{paid}"
            printing.say(f"\nKept as attempt {kept}.{why}")
    if evaluation.interrupted:
        return Exit.INTERRUPTED
    rate = evaluation.reliability
    if bar is not None and (rate is None or rate.mean < bar):
        return Exit.SHORT
    return Exit.DONE


def _check(
    trials: int | None, seed: int | None, model: str, reader: str, *, sealed: bool, follow: bool
) -> None:
    """Raise InputError where options do not go together."""
    if sealed:
        own = "handing in has its own trials and its own seed"
        unseen = "nobody sees those records"
        for option, given, why in (
            ("--trials", trials is not None, own), ("--seed", seed is not None, own),
            ("--follow", follow, unseen),
        ):  # fmt: skip
            if given:
                raise InputError(
                    f"does not go with --sealed: {why}", field=option, mend=f"leave {option} out"
                )
    options.one_reader(model, reader)
