"""`intern check`: what a scenario's author should mend before anybody learns from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui import options
from tui.exits import Exit

if TYPE_CHECKING:
    from agents.checks import Finding, Subject


@click.command("check", help="Check the scenarios at PATH (a scenario's id or folder, or a folder "
               "of scenarios): that they and their plans load, how clearly each rule of a plan is "
               "told, and what learners contested. Exits with 1 if something fails.")  # fmt: skip
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@options.as_json
def command(paths: tuple[str, ...], as_json: bool) -> int:
    from agents.checks import check, folders, load
    from simulator.store import Store
    from tui.printing import out, out_json, plural

    store = Store()
    found = dict.fromkeys(folder for path in paths for folder in folders(path))
    subjects = [load(folder, store.contested) for folder in found]
    checked = [(subject, check(subject)) for subject in subjects]
    failed = sum(finding.fails for _, findings in checked for finding in findings)
    if as_json:
        rows = [_object(subject, findings) for subject, findings in checked]
        out_json({"schema": 1, "scenarios": rows, "failed": failed})
    else:
        out("\n\n".join(_text(subject, findings) for subject, findings in checked))
        out(f"\n{plural(failed, 'thing')} to mend." if failed else "\nNothing fails.")
    return Exit.SHORT if failed else Exit.DONE


def _object(subject: Subject, findings: list[Finding]) -> dict[str, Any]:
    from simulator.statistics import six

    return {
        "scenario": subject.scenario.id,
        "plans": [
            {"plan": name, "rules": [
                {"step": rule.step, "requirement": rule.requirement.id, "clear": six(rule.clear),
                 "words": rule.words, "sources": list(rule.sources)}
                for rule in rules
            ]}
            for name, rules in subject.rules.items()
        ],
        "findings": [
            {"check": one.check, "where": one.where, "says": one.says, "fails": one.fails}
            for one in findings
        ],
    }  # fmt: skip


def _text(subject: Subject, findings: list[Finding]) -> str:
    from tui.printing import heading, table, wrapped

    scenario = subject.scenario
    parts = [heading(f"{scenario.id}: {scenario.title}")]
    rows = [("plan", "step", "clear", "rule")]
    for name, rules in subject.rules.items():
        for rule in rules:
            # Cut and not rounded: what falls short of the bar must not look as if it reached it.
            clear = f"{int(1000 * rule.clear) / 1000:.3f}"
            rows.append((name, rule.step, clear, rule.requirement.id))
    parts.append("How clearly each rule is told where it is decided (not counting code):")
    parts.append(table(rows, right=(2,)))
    for fails, title in ((True, "To mend"), (False, "To look at")):
        said = [
            wrapped(f"- {one.where}: {one.says}", "  ", "    ")
            for one in findings if one.fails == fails
        ]  # fmt: skip
        if said:
            parts.append("\n".join([f"{title}:", *said]))
    return "\n\n".join(parts)
