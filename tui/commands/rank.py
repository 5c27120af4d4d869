"""`intern rank`: does the simulation rank plans as a real model does?"""

from __future__ import annotations

from pathlib import Path

import click

from tui import options
from tui.exits import Exit


@click.command("rank", help="Have a real model and the simulation do small jobs of SCENARIO by its "
               "reference plans, and say whether they rank the plans alike. Jobs that were done "
               "are kept: start it again to go on.")  # fmt: skip
@click.argument("scenario")
@click.option("--model", metavar="NAME", required=True, help="local, or openai:NAME.")
@click.option("--persona", metavar="FILE", type=click.Path(path_type=Path),
              help="An intern of your own (intern calibrate), simulated as well.")  # fmt: skip
@click.option("--plan", "named", metavar="NAME", multiple=True,
              help="Only these reference plans; again for another one.")  # fmt: skip
@click.option("--records", metavar="N", callback=options.whole(1, 1000), default="6",
              show_default=True, help="Records of a job.")  # fmt: skip
@click.option("--repeats", metavar="N", callback=options.whole(1, 100), default="1",
              show_default=True, help="Jobs of each plan.")  # fmt: skip
@options.seed
@options.spending
@options.as_json
def command(
    scenario: str, model: str, persona: Path | None, named: tuple[str, ...], records: int,
    repeats: int, seed: int | None, price: float | None, limit: float | None, yes: bool,
    as_json: bool,
) -> int:  # fmt: skip
    from agents.calibration.asking import most
    from agents.hiring import check_real
    from agents.ranking import ranking
    from scenarios.loading import find_scenario, load_cast
    from simulator.own import load_own
    from simulator.storage.places import data_directory
    from tui.opening import open_scenario
    from tui.outcomes.ranked import Ranked, ranked_object, text
    from tui.printing import number, out, out_json, plural, say
    from tui.progress import progress

    check_real(model)
    luck = 1 if seed is None else seed
    tokens_allowed = most(limit, price)
    found, path, cast = open_scenario(scenario), find_scenario(scenario), load_cast()
    plans = ranking.plans(path if path.is_dir() else path.parent, found, cast, named)
    casts = {"the simulation": cast}
    if persona is not None:
        own = load_own(persona)
        casts[f"{own.id}, simulated"] = ranking.like(cast, own)  # it may be named as the model
    # Before any server is started, and for what the jobs will take.
    simulations = {
        who: ranking.simulated(found, plans, one, records, luck) for who, one in casts.items()
    }
    listed = ranking.listed(found, plans, records, repeats, luck)
    kept = ranking.Kept.at(data_directory() / "rankings", model, found)
    missing = [job for job in listed if job.id not in kept.done]
    stopped = ""
    if missing:
        per_job = {
            name: max(1.0, marks.tokens / ranking.SIMULATED)
            for name, marks in simulations["the simulation"].items()
        }
        tokens = sum(per_job[job.name] for job in missing)
        cost = "unknown (--price says)" if price is None else number(tokens / 1000 * price)
        cost = "none" if model == "local" else cost
        say(f"{plural(len(missing), 'job')} of {len(listed)}, about {tokens:,.0f} tokens. "
            f"Cost: {cost}.")  # fmt: skip
        if not yes and not click.confirm("Ask?", err=True):
            return Exit.INTERRUPTED
        with progress(len(missing), "jobs") as advance:
            did = ranking.do(
                found, missing, cast, model, kept, expected=lambda job: per_job[job.name],
                most_tokens=tokens_allowed, progress=advance,
            )  # fmt: skip
        stopped = did.stopped
        spent = "" if price is None else f", cost {number(did.tokens / 1000 * price)}"
        say(f"Did {plural(did.jobs, 'job')}: {did.tokens:,} tokens{spent}.")
        for fault in sorted(set(did.faults)):
            say(f"Not scored, by a fault of the endpoint: {plural(did.faults.count(fault), 'call')}"
                f" ({fault}).")  # fmt: skip
        if stopped:
            say(f"Stopped: {stopped}. Start it again to go on.")
    ranked = Ranked(found, model, ranking.done(listed, kept), simulations, luck)
    if as_json:
        out_json(ranked_object(ranked))
    else:
        out(text(ranked))
    return Exit.INTERRUPTED if stopped else Exit.DONE
