"""`intern check`: what a scenario's author should mend before anybody learns from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scenarios.errors import InputError
from tui import options
from tui.exits import Exit

if TYPE_CHECKING:
    from agents.gate.finding import Finding
    from agents.gate.items import Item
    from agents.gate.subject import Subject

_SUGGESTED = 10
"""Suggestions that are shown at a time: nobody does more in an afternoon."""


@dataclass
class Checked:
    """A scenario with the findings of the items that were asked, by name."""

    subject: Subject
    found: dict[str, list[Finding]] = field(default_factory=dict)

    @property
    def findings(self) -> Iterator[tuple[str, Finding]]:
        return ((name, one) for name, found in self.found.items() for one in found)


@click.command("check", help="Check the scenarios at PATH (a scenario's id or folder, or a folder "
               "of scenarios). Runs the whole gate, which takes minutes: what can be learned and "
               "is understood, the bands of the plans, attacks, voices, and whether every rule "
               "matters. --quick only reads, in seconds. Exits with 1 if something fails.",
               )  # fmt: skip
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--quick", is_flag=True, help="Run no trials.")
@click.option("--accept", is_flag=True,
              help="Propose bands where there are none or they do not hold, from trials, and write "
              "them to plans/bands.yaml for you to sign. Nothing else is checked.")  # fmt: skip
@click.option("--suggest", is_flag=True,
              help="Say what would improve the scenario most. Nothing is checked.")  # fmt: skip
@options.trials
@options.seed
@options.jobs
@options.as_json
@click.option("--junit", metavar="FILE", type=click.Path(path_type=Path),
              help="Write the results as JUnit XML, too.")  # fmt: skip
def command(
    paths: tuple[str, ...], quick: bool, accept: bool, suggest: bool, trials: int | None,
    seed: int | None, jobs: int, as_json: bool, junit: Path | None,
) -> int:  # fmt: skip
    _check_options(quick, accept, trials, seed, as_json, junit)
    if suggest and (quick or accept or as_json or junit is not None):
        mend = "ask for suggestions first, and check then"
        raise InputError("stands alone", field="--suggest", mend=mend)
    from agents.gate.subject import folders, load
    from simulator.storage.store import Store

    store = Store()
    found = dict.fromkeys(folder for path in paths for folder in folders(path))
    subjects = [load(folder, store.contested) for folder in found]
    if suggest:
        _suggest(subjects)
        return Exit.DONE
    if accept:
        from tui.acceptance import propose

        for subject in subjects:
            propose(subject, trials=trials, seed=1 if seed is None else seed, jobs=jobs)
        return Exit.DONE
    checked = [Checked(subject) for subject in subjects]
    interrupted = _ask(checked, quick, jobs)
    failed = sum(one.fails for each in checked for _, one in each.findings)
    if junit is not None:
        from tui.junit import write

        write(junit, [(each.subject.scenario.id, each.found) for each in checked])
    _tell(checked, failed, quick, as_json)
    if interrupted:
        return Exit.INTERRUPTED
    return Exit.SHORT if failed else Exit.DONE


def _suggest(subjects: list[Subject]) -> None:
    from agents.gate.suggestions import suggestions
    from tui.printing import heading, out, wrapped

    for subject in subjects:
        out(heading(f"{subject.scenario.id}: what would improve it most"))
        found = suggestions(subject)
        for number, one in enumerate(found[:_SUGGESTED], 1):
            out(wrapped(f"{number}. {one.in_words()}", "  ", "     "))
        more = len(found) - _SUGGESTED
        out(f"\nAnd {more} more, once these are done." if more > 0 else "" if found else "Nothing.")


def _check_options(
    quick: bool, accept: bool, trials: int | None, seed: int | None, as_json: bool,
    junit: Path | None,
) -> None:  # fmt: skip
    least = 16
    for option, given in (("--trials", trials is not None), ("--seed", seed is not None)):
        if given and not accept:
            mend = "leave it out: bands say themselves by which trials they are"
            raise InputError("goes with --accept only", field=option, mend=mend)
    for option, given in (("--quick", quick), ("--json", as_json), ("--junit", junit is not None)):
        if given and accept:
            mend = "accept first, and check then"
            raise InputError("does not go with --accept", field=option, mend=mend)
    if trials is not None and trials < least:
        mend = f"take {least} or more: of one sample no interval can be told"
        raise InputError("are too few for a band", field="--trials", mend=mend)


def _ask(checked: list[Checked], quick: bool, jobs: int) -> bool:
    """Fill in the findings; whether it was interrupted."""
    from agents.gate import items
    from tui.progress import asking

    work: list[tuple[Checked, Item]] = []
    for each in checked:
        asked = items.quick(each.subject) if quick else items.full(each.subject, jobs=jobs)
        work += [(each, item) for item in asked]
    try:
        with asking([f"{each.subject.scenario.id}: {item.name}" for each, item in work]) as begin:
            for number, (each, item) in enumerate(work):
                begin(number)
                each.found[item.name] = item.ask()
    except KeyboardInterrupt:
        return True
    return False


def _tell(checked: list[Checked], failed: int, quick: bool, as_json: bool) -> None:
    from tui.printing import out, out_json, plural

    if as_json:
        rows = [_object(each) for each in checked]
        out_json({"schema": 1, "quick": quick, "scenarios": rows, "failed": failed})
        return
    out("\n\n".join(_text(each) for each in checked))
    if quick:
        out("\nOnly what needs no trials; without --quick the plans are tried as well.")
    out(f"\n{plural(failed, 'thing')} to mend." if failed else "\nNothing fails.")


def _object(each: Checked) -> dict[str, Any]:
    from simulator.scoring.statistics import six

    return {
        "scenario": each.subject.scenario.id,
        "plans": [
            {"plan": name, "rules": [
                {"step": rule.step, "requirement": rule.requirement.id, "clear": six(rule.clear),
                 "words": rule.words, "sources": list(rule.sources)}
                for rule in rules
            ]}
            for name, rules in each.subject.rules.items()
        ],
        "items": [
            {"item": name, "passes": not any(one.fails for one in found)}
            for name, found in each.found.items()
        ],
        "findings": [
            {"item": name, "check": one.check, "file": one.file, "line": one.line,
             "field": one.field, "says": one.says, "mend": one.mend, "fails": one.fails}
            for name, one in each.findings
        ],
    }  # fmt: skip


def _text(each: Checked) -> str:
    from tui.printing import heading, table, wrapped

    scenario = each.subject.scenario
    parts = [heading(f"{scenario.id}: {scenario.title}")]
    rows = [("plan", "step", "clear", "rule")]
    for name, rules in each.subject.rules.items():
        for rule in rules:
            # Cut and not rounded: what falls short of the bar must not look as if it reached it.
            clear = f"{int(1000 * rule.clear) / 1000:.3f}"
            rows.append((name, rule.step, clear, rule.requirement.id))
    parts.append("How clearly each rule is told where it is decided (not counting code):")
    parts.append(table(rows, right=(2,)))
    for fails, title in ((True, "To mend"), (False, "To look at")):
        said = [
            wrapped(f"- {one.in_words()}", "  ", "    ")
            for _, one in each.findings if one.fails == fails
        ]  # fmt: skip
        if said:
            parts.append("\n".join([f"{title}:", *said]))
    right = sum(not any(one.fails for one in found) for found in each.found.values())
    parts.append(f"{right} of {len(each.found)} checks pass.")
    return "\n\n".join(parts)
