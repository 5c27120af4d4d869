"""What pilots told: record by record, how sure that is, and what it cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agents.debriefing import Debrief
from agents.piloting import Trying
from agents.promised import Promised
from scenarios.errors import InputError
from scenarios.scenario import Scenario
from simulator import pilots
from simulator.pilots import Came, Pilot, Seen
from simulator.scoring.statistics import six
from simulator.storage.store import Store
from tui.outcomes import figures
from tui.printing import number, percent, plural, prose, shown, table

_VERDICT = {True: "right", False: "wrong", None: "not scored"}


def made(store: Store, wanted: Trying) -> tuple[Pilot, bool]:
    """The pilot that is wanted, and whether it was paid now: one that was made is kept.

    Raises InputError where the scenario allows no such pilot any more, or it cannot be kept.
    """
    scenario = wanted.own.scenario
    before = store.pilots(scenario.id)
    known = next((one for one in before if one.mark == wanted.mark), None)
    if known is not None:
        return known, False
    left = left_of(scenario, before)
    if not scenario.budget.pilots:
        raise InputError(f"nobody can be tried beforehand in {scenario.id}")
    if len(wanted.records) > left:
        raise InputError(
            f"{plural(left, scenario.records.name)} of {scenario.budget.pilots} can still be "
            f"piloted, and this takes {len(wanted.records)}",
            mend="take fewer" if left else "decide by what you know now",
        )
    pilot = wanted.run()
    store.add_pilot(pilot)
    return pilot, True


def left_of(scenario: Scenario, before: Sequence[Pilot]) -> int:
    """How many records may still be piloted."""
    return max(0, (scenario.budget.pilots or 0) - pilots.shown(before))


def told(scenario: Scenario, pilot: Pilot, before: Sequence[Pilot], *, paid: bool) -> str:
    """A pilot for whoever paid it; `before` are all that were made, itself included."""
    thing = scenario.records.name
    rows = [(one.record, _VERDICT[one.right], _came(one)) for one in pilot.seen]
    head = (
        f"{pilot.who} did step `{pilot.step}` on {plural(len(pilot.seen), thing)} (seed "
        f"{pilot.seed}), with all that it reads being right."
    )
    left = left_of(scenario, before)
    cost = (
        f"It took {number(pilot.cost)} in wages and {number(pilot.minutes)} minutes. Your pilots "
        f"have cost {number(pilots.spent(before))} so far, which is in the wages of every trial "
        f"from now on; {plural(left, thing)} can still be piloted."
    )
    if not paid:
        cost = f"You had made this pilot before: nothing was paid. {cost}"
    return "\n\n".join(
        [prose(head), prose(f"{rate(scenario, pilot)} {_DAY}"), table(rows), prose(cost)]
    )


_DAY = (
    "It is one day's work: what was taken wrongly on it may be wrong on all of them, and may be "
    "taken rightly on another day."
)


def rate(scenario: Scenario, pilot: Pilot) -> str:
    """How many were right, and between what the share may lie."""
    found = pilot.rate
    if found is None or found.low is None or found.high is None:
        return "Nothing of it could be scored: what it gives is no part of what is wanted."
    return (
        f"{plural(pilot.scored, scenario.records.name)}, {pilot.right} right: between "
        f"{percent(found.low)} and {percent(found.high)}."
    )


def kept(debrief: Debrief) -> list[str]:
    """What pilots had told and what then came, a line each."""
    lines, scenario = [], debrief.evaluation.scenario
    for one in debrief.promised:
        pilot, now = one.pilot, one.rate
        sure = "" if now.low is None or now.high is None else (
            f" ({percent(now.low)} to {percent(now.high)})"
        )  # fmt: skip
        within = "as the pilot had left open" if one.kept else "which the pilot had not told"
        since = "" if one.same else " The step has been changed since."
        lines.append(
            f"Pilot of `{pilot.step}` with {pilot.who}: {rate(scenario, pilot)} On the "
            f"{scenario.records.name}s of these trials, alone at the step: {percent(now.mean)} "
            f"right{sure}, {within}.{since}"
        )
    return lines


def kept_object(one: Promised) -> Mapping[str, Any]:
    """The same of one pilot for `intern explain --json`."""
    pilot = one.pilot
    return {
        "step": pilot.step, "who": pilot.who, "scored": pilot.scored, "right": pilot.right,
        "told": figures.interval(pilot.rate), "came": figures.interval(one.rate),
        "kept": one.kept, "same_step": one.same,
    }  # fmt: skip


def _came(seen: Seen) -> str:
    return "; ".join(map(_result, seen.came)) or "nothing there, and nothing found"


def _result(came: Came) -> str:
    said = f"{came.result}: {shown(came.got)}"
    return f"{said}, wanted {shown(came.wanted)}" if came.right is False else said


def pilot_object(pilot: Pilot, *, paid: bool) -> Mapping[str, Any]:
    """What `intern pilot --json` prints; `paid` says whether it was paid now."""
    return {
        "schema": figures.SCHEMA,
        "scenario": pilot.scenario, "step": pilot.step, "who": pilot.who, "seed": pilot.seed,
        "records": [
            {"record": one.record, "right": one.right, "came": [c._asdict() for c in one.came]}
            for one in pilot.seen
        ],
        "scored": pilot.scored, "right": pilot.right, "rate": figures.interval(pilot.rate),
        "cost": six(pilot.cost), "minutes": six(pilot.minutes), "paid": paid,
    }  # fmt: skip
