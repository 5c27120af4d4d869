"""How a simulated reviewer looks at somebody's work: it may miss what is wrong, or cry wolf."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from scenarios.persona import Persona
from scenarios.scenario import Record
from simulator.behaviour.belief import Aside, is_right
from simulator.behaviour.job import Job, understand
from simulator.order import Head, Item
from simulator.text_reader import LOCAL, TextReader


def inspect(
    persona: Persona, aside: Aside, head: Head, items: Sequence[Item], texts: TextReader = LOCAL
) -> list[dict[str, Any]]:
    """A verdict for each record: {"record", "ok", "why"}."""
    job = understand(aside.scenario, persona, head, texts)
    f = job.figures
    detect = f.detect * (f.detect_own if head.author == persona.name else 1.0)
    rows: list[dict[str, Any]] = []
    for item in items:
        record = aside.scenario.record.get(item.record)
        if record is None:
            continue
        given = json.loads(item.given) if item.given else {}
        wrong = [
            result.name
            for result in job.results
            if result.field is not None
            and not is_right(
                aside.scenario, result.field, result.hear(given.get(result.name)), record
            )
        ]
        luck = {
            "record": item.record,
            "who": persona.id,
            "role": "review",
            "round": aside.round(item.record),
        }
        if wrong:
            knows = _knows(job, aside, record)
            found = knows and aside.draws("detect", **luck) < detect  # type: ignore[arg-type]
            why = f"{wrong[0]} looks wrong" if found else ""
        else:
            found = aside.draws("alarm", **luck) < f.false_alarm  # type: ignore[arg-type]
            why = "this does not look right" if found else ""
        rows.append({"record": item.record, "ok": not found, "why": why})
    return rows


def _knows(job: Job, aside: Aside, record: Record) -> bool:
    """A reviewer who was not told a requirement cannot see that it was broken."""
    who = job.persona.id
    needed = {trap.needs for trap in record.traps if not trap.who or who in trap.who}
    return all(
        aside.verdict(rule, who) == "clear"
        for decision in job.decisions
        for rule in decision.rules
        if rule.requirement.id in needed
    )
