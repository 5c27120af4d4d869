"""`intern calibrate`: a persona that fails as a real model does."""

from __future__ import annotations

import re
from pathlib import Path

import click

from scenarios.errors import InputError
from tui import options
from tui.exits import Exit


@click.command("calibrate", help="Put a battery of probes to a real model, and write a persona "
               "that fails as it does: NAME.persona.yaml and NAME.svg. Answers are kept, so that "
               "nothing is asked twice.")  # fmt: skip
@click.option("--model", metavar="openai:NAME", required=True,
              help="The model, at OPENAI_BASE_URL with OPENAI_API_KEY; or local.")  # fmt: skip
@click.option("--tier", type=click.Choice(["small", "mid", "frontier"]), default="mid",
              show_default=True, help="Whose figures stand for what is not measured.")  # fmt: skip
@options.seed
@options.spending
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path),
              help="Where to write the persona instead; the picture goes beside it.")  # fmt: skip
def command(
    model: str, tier: str, seed: int | None, price: float | None, limit: float | None, yes: bool,
    output: Path | None,
) -> int:  # fmt: skip
    kind, _, name = model.partition(":")
    name = name if kind == "openai" else model
    if not name.strip():
        raise InputError("names no model", field="--model", mend="write it like openai:NAME")
    from agents.calibration import asking, made, written
    from agents.calibration.fit import fit
    from agents.hiring import dialled
    from scenarios.loading import load_cast
    from simulator.own import ENDING
    from simulator.parameters import TIERS
    from simulator.storage.places import data_directory
    from tui.printing import number, out, plural, say, table
    from tui.progress import progress

    luck = 1 if seed is None else seed
    stock = next(one for one in TIERS if one == tier)
    id_ = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-.")[:50] or "model"
    id_ = f"{id_}-own" if id_ in load_cast() else id_
    file = output or Path(f"{id_}{ENDING}")
    drawn = file.with_name(file.name.removesuffix(ENDING).removesuffix(".yaml") + ".svg")
    most = asking.most(limit, price)
    probes = made.battery(luck)
    kept = asking.Kept.at(data_directory() / "calibration", name, luck)
    missing = kept.missing(probes)
    if missing:
        line, at_once = dialled(name)
        tokens = sum(probe.tokens for probe in missing)
        cost = "unknown (--price says)" if price is None else number(tokens / 1000 * price)
        say(f"{plural(len(missing), 'call')} of {len(probes)}, about {tokens:,} tokens; a model "
            f"that thinks takes many more. Cost: {cost}.")  # fmt: skip
        if not yes and not click.confirm("Ask?", err=True):
            return Exit.INTERRUPTED
        with progress(len(missing), "calls") as advance:
            asked = asking.ask(
                line, probes, kept, most_tokens=most, at_once=at_once,
                progress=lambda done: advance(range(done)),
            )  # fmt: skip
        spent = "" if price is None else f", cost {number(asked.tokens / 1000 * price)}"
        say(f"Asked {plural(asked.calls, 'call')}: {asked.tokens:,} tokens{spent}.")
        for fault, times in sorted(asked.faults.items()):
            say(f"Not scored, by a fault of the endpoint: {plural(times, 'call')} ({fault}).")
        if asked.stopped:
            say(f"Stopped: {asked.stopped}. Start it again to go on.")
    counts = kept.counts(probes)
    fitted = fit(counts, stock)
    if not fitted:
        raise InputError("nothing was measured, so nothing is written", field="--model",
                         mend="start it again when the endpoint answers, or with a higher limit",
                         )  # fmt: skip
    rows = [("figure", "value", "from", "to", "outcomes")]
    rows += [(f.name, *(f"{x:.4g}" for x in (f.value, f.low, f.high)), str(f.of)) for f in fitted]  # type: ignore[misc]
    out(table(rows, right=(1, 2, 3)))
    guessed = [pair for cell, pair in counts.items() if cell.mechanism == "unstated"]
    for right, of in guessed:
        out(
            f"\nAn unstated house rule was guessed in {right} of {of}; luck is a scenario's figure."
        )
    out(f"\nNot measured, left as the tier's: {', '.join(written.not_measured(fitted))}.")
    texts = {
        file: written.persona_text(id_, name, stock, fitted, price or 0.0, luck),
        drawn: written.picture(name, stock, counts, fitted),
    }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    say(f"Wrote {file} and {drawn}. A plan beside {ENDING} files can name {id_} as an assignee.")
    return Exit.DONE
