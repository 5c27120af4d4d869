"""A pilot is run at the desk of its step: what arrives there is right, and nobody checks after."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agents import agenda
from agents.desk import Desk
from agents.hiring import hirer
from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.persona import Persona
from scenarios.plans.plan import Plan, Step, Takes
from scenarios.scenario import Scenario
from scenarios.unbuilt import refuse
from simulator import pilots
from simulator.behaviour.belief import is_right
from simulator.blueprint import Blueprint
from simulator.coaching.change import edited
from simulator.pilots import Came, Pilot, Seen
from simulator.rows import sheets_of, there, wanted
from simulator.staffing import staffed
from simulator.trial import StepWork, TrialKey


@dataclass(frozen=True)
class Trying:
    """A pilot that can be made: of a step, by somebody, on these records."""

    blueprints: Mapping[str, Blueprint]
    own: Blueprint
    """The step, given to whoever is tried."""
    seed: int
    judged: tuple[str, ...]
    """The records; where there are rows, the rows."""
    taken: frozenset[str]
    """All practice records, or rows, that the step would do."""

    @property
    def records(self) -> tuple[str, ...]:
        """What is shown of them."""
        return sheets_of(self.own.scenario, self.judged)

    @property
    def mark(self) -> str:
        """What it is a pilot of, in a few letters: what differs is another one."""
        own = self.own
        about = [
            own.scenario.model_dump_json(), own.step.model_dump_json(),
            own.persona.model_dump_json(), own.solved,
            [own.plan.step[name].model_dump_json(include={"produces"}) for name in own.upstream],
            self.seed, self.judged,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(about).encode()).hexdigest()[:16]

    def run(self) -> Pilot:
        """Have it done: the same again gives the same."""
        step = self.own.step
        luck = pilots.luck(self.seed, step.assignee, step.id, self.records)
        done, seen = self.at(TrialKey(luck, self.judged))
        return Pilot(
            self.own.scenario.id, step.id, step.assignee, self.seed, self.mark, tuple(seen),
            done.cost, done.finish / 60,
        )  # fmt: skip

    def at(self, key: TrialKey) -> tuple[StepWork, list[Seen]]:
        """The step alone on those records of a trial that it takes, and what comes of each."""
        own, step = self.own, self.own.step
        judged = tuple(name for name in key.records if name in self.taken)
        work = _all_right(self.blueprints, judged) | {step.id: [StepWork()]}
        desk = Desk(self.blueprints, step, hirer("sim")(own.persona), None)
        (done,) = desk.work([key._replace(records=judged)], work)
        sheets = sheets_of(own.scenario, judged)
        return done, [Seen(sheet, tuple(_came(own, done, judged, sheet))) for sheet in sheets]


def _came(own: Blueprint, done: StepWork, judged: Sequence[str], sheet: str) -> Iterator[Came]:
    """What a step has of a record, result by result; of rows with the line of each.

    `judged` are the records, or rows, that it was given.
    """
    scenario = own.scenario
    for name in judged:
        row, values = scenario.record[name], done.values.get(name)
        nothing = values is None and not wanted(scenario, name)
        if sheet not in (name, row.source) or nothing:
            continue
        line = f"line {row.line}, " if own.has_rows else ""
        for result in own.results.values():
            got = (values or {}).get(result.name)
            if result.field is None:
                yield Came(line + result.name, got, None, None)
                continue
            right = is_right(scenario, result.field, result.hear(got), row)
            truth = result.tell(row.truth.get(result.field.name))
            yield Came(line + result.name, got, truth, right)
    for extra in done.extra.get(sheet, ()):
        if there(scenario, extra):
            yield Came("what is not there", next(iter(extra.values()), None), None, False)


def trying(
    scenario: Scenario, plan: Plan, cast: Mapping[str, Persona], step: str,
    who: str | None = None, *, most: int, seed: int = 1,
) -> Trying:  # fmt: skip
    """A pilot of `step` by `who`, by default whoever the plan gives it to, on `most` records.

    Raises InputError where it cannot be had.
    """
    refuse(scenario)
    if step not in plan.step:
        mend = did_you_mean(step, plan.step, noun="the plan has")
        raise InputError(f"there is no step {quoted(step)}", field="--step", mend=mend)
    given = plan.step[step]
    who = given.assignee if who is None else who
    people = staffed(cast, plan)
    _check(given, people, who)
    # The work itself is tried: nobody checks it, and there is nobody to be asked.
    plan = edited(
        plan, given, assignee=who, review=None, checks=(), redo=0, ask=False, answers={}, takes=None
    )
    blueprints = {
        one.id: Blueprint(scenario, plan, one, people[one.assignee], None) for one in plan.steps
    }
    own = blueprints[step]
    taken = _taken(blueprints, own, given.takes)
    records = pilots.records(scenario, seed, most, sheets_of(scenario, taken))
    if len(records) < most:
        raise InputError(
            f"a pilot of this step can have {len(records)} {scenario.records.name}s at most",
            mend="take fewer",
        )
    judged = [name for sheet in records for name in scenario.members[sheet] if name in taken]
    return Trying(blueprints, own, seed, tuple(judged), taken)


def _check(step: Step, people: Mapping[str, Persona], who: str) -> None:
    """Raise InputError where somebody cannot be tried at a step."""
    able = {name: one for name, one in people.items() if one.kind in ("intern", "specialist")}
    if step.is_code:
        raise InputError(
            f"{quoted(step.id)} is done by code, which does the same each time", field="--step",
            mend="try a step that somebody does",
        )  # fmt: skip
    if who not in able:
        mend = did_you_mean(who, able, noun="there are")
        raise InputError(f"{quoted(who)} is nobody to be tried", field="--who", mend=mend)
    if able[who].kind == "specialist" and who != step.assignee:
        raise InputError(
            f"{quoted(who)} was not trained for {quoted(step.id)}", field="--who",
            mend="give them the step in the plan first",
        )  # fmt: skip


def _all_right(
    blueprints: Mapping[str, Blueprint], judged: Sequence[str]
) -> dict[str, list[StepWork]]:
    """Every step done, and what it gives of these records right."""
    work = {}
    for name, one in blueprints.items():
        done = StepWork(done=True, seen=(0,) * len(one.upstream))
        due = (record for record in judged if wanted(one.scenario, record))
        done.values = {record: one.settled_right(record) for record in due}
        done.taken = set(judged)
        work[name] = [done]
    return work


def _taken(
    blueprints: Mapping[str, Blueprint], own: Blueprint, takes: Takes | None
) -> frozenset[str]:
    """The practice records, or rows, that the step would do, if there were time for all.

    A second look at what is not right takes none of what is: it is tried on any.
    """
    scenario = own.scenario
    practice = scenario.lot_ids.get("practice", ())
    every = [name for name in practice if own.finds or wanted(scenario, name)]
    if takes is None:
        return frozenset(every)
    if own.finds:
        # What is searched is taken as a whole; its first row stands for it.
        every = [members[0] for members in scenario.members.values() if members[0] in every]
    work = _all_right(blueprints, every)
    seen = {name: agenda.seen(own, 0, name, work) for name in every}
    takes = takes.model_copy(update={"most": None})
    taken = agenda.chosen(takes, seen, pilots.luck(0, "", "", ()), ()) or every
    if own.finds:
        taken = [row for name in sheets_of(scenario, taken) for row in scenario.members[name]]
    return frozenset(taken)
