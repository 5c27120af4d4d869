"""Work orders go out, answers come back: what they cost and how long it takes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agents.agenda import Todo, Work, arrived, seen
from agents.colleague import Answered, Call, Colleague, messages
from scenarios.model import Value
from scenarios.plans.plan import Step
from scenarios.rows import shown_text
from simulator import events, rows
from simulator.behaviour.belief import Aside
from simulator.blueprint import Blueprint
from simulator.inferring import inferred
from simulator.order import Head, Item, Paper, WorkOrder, batches
from simulator.sought import brought
from simulator.trial import StepWork, TrialKey


@dataclass(frozen=True, slots=True)
class Sent:
    """One call of one trial and what came of it."""

    todo: Todo
    batch: tuple[str, ...]
    """The records that it decides: where rows are searched for, all rows there are."""
    shown: tuple[str, ...]
    """The records that it was given."""
    answered: Answered


def send(
    blueprint: Blueprint, colleague: Colleague, head: Head, role: events.Role,
    keys: Sequence[TrialKey], todos: Sequence[tuple[Todo, Sequence[str]]], work: Work,
    watch: events.Watch | None,
) -> list[Sent]:  # fmt: skip
    """Give the records of each trial to a colleague, in calls of the step's batch.

    The wages are paid and the clock of each trial goes on: a colleague has so many hands.
    """
    step = blueprint.step
    plan = [
        (todo, batch, shown)
        for todo, records in todos
        for batch, shown in batched(blueprint, head, todo, records)
    ]
    calls = [
        Call(
            WorkOrder(colleague.persona, head, _items(blueprint, head, todo, shown, work)),
            _aside(blueprint, keys[todo.trial], head, role, todo, work, batch),
        )
        for todo, batch, shown in plan
    ]
    sent = [
        Sent(todo, batch, shown, answered)
        for (todo, batch, shown), answered in zip(plan, colleague.answer(calls), strict=True)
    ]
    for one in sent if head.rows else ():
        if one.answered.rows is not None:
            settled, rest = rows.settle(blueprint.scenario, one.batch, one.answered.rows)
            one.answered.rows, one.answered.extra = settled, rest
    if role == "work" and not colleague.simulated:
        for one, call in zip(sent, calls, strict=True):
            if one.answered.rows is not None:
                made = one.answered.rows
                one.answered.slips = inferred(blueprint, call.order, one.batch, made)
    hands: dict[int, list[float]] = {}
    for one, call in zip(sent, calls, strict=True):
        state = work[step.id][one.todo.trial]
        _pay(state, one.answered)
        free = hands.setdefault(one.todo.trial, [state.finish] * colleague.persona.hands)
        first = min(range(len(free)), key=free.__getitem__)
        begin = free[first]
        free[first] += one.answered.seconds
        if watch is not None:
            _report(watch, step, role, one, call, begin, free[first])
    for t, free in hands.items():
        work[step.id][t].finish = max(free)
    return sent


def batched(
    blueprint: Blueprint, head: Head, todo: Todo, records: Sequence[str]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The calls it takes: what each of them decides, and the records that are shown in it."""
    size = blueprint.step.batch
    if not (todo.whole and head.rows):
        return [(batch, batch) for batch in batches(list(records), size)]
    members: dict[str, list[str]] = {}
    for record in records:
        members.setdefault(blueprint.scenario.record[record].source, []).append(record)
    return [
        (tuple(row for source in shown for row in members[source]), shown)
        for shown in batches(list(members), size)
    ]


def _items(
    blueprint: Blueprint, head: Head, todo: Todo, shown: Sequence[str], work: Work
) -> tuple[Item, ...]:
    scenario = blueprint.scenario
    made = work[blueprint.step.id][todo.trial].values
    items = []
    texts: set[str] = set()
    for record in shown:
        given: Mapping[str, Value] = {}
        if not scenario.is_source(record):
            given = arrived(blueprint, todo.trial, record, work)
        if head.role == "review":
            given = {**given, **made.get(record, {})}
        judged = scenario.record[scenario.members.get(record, (record,))[0]]
        # Rows of one text show it once, with the first of them.
        source = judged.source or record
        text = (
            shown_text(scenario, judged)
            if blueprint.reads_records and source not in texts
            else None
        )
        texts.add(source)
        items.append(
            Item(
                record,
                text,
                json.dumps(given, ensure_ascii=False) if given else "",
                todo.findings.get(record, ""),
                _passages(blueprint, todo.trial, record, work),
            )
        )
    return tuple(items)


def _passages(blueprint: Blueprint, t: int, shown: str, work: Work) -> tuple[Paper, ...]:
    """What a search finds for what is shown; which facts are among it is noted."""
    if blueprint.step.retrieves is None:
        return ()
    judged = blueprint.scenario.members.get(shown, (shown,))
    found = blueprint.passages(seen(blueprint, t, judged[0], work))
    for name in judged:
        about = blueprint.scenario.record[name]
        work[blueprint.step.id][t].brought[name] = brought(about, found)
    return found


def _aside(
    blueprint: Blueprint, key: TrialKey, head: Head, role: events.Role, todo: Todo, work: Work,
    batch: Sequence[str],
) -> Aside:  # fmt: skip
    state = work[blueprint.step.id][todo.trial]
    # A blind reviewer's own work does not change because the other one redid theirs.
    blind = role == "review" and head.role == "work"
    rounds = {} if blind else {r: state.round[r] for r in batch if r in state.round}
    here = blueprint.step.id
    spared = {(one.cause, one.field, one.requirement) for one in key.spared if one.step == here}
    # The first vote is what there would be without votes: plans with and without share its luck.
    luck = role if todo.vote <= 1 else f"vote {todo.vote}"
    return Aside(blueprint.scenario, key.draws, luck, rounds, spared)


def _pay(state: StepWork, answered: Answered) -> None:
    state.cost += answered.cost
    state.tokens += answered.tokens
    state.calls += answered.calls
    state.asked_again += max(0, answered.calls - 1)
    if answered.fault:
        state.faults.append(answered.fault)


def _report(
    watch: events.Watch, step: Step, role: events.Role, sent: Sent, call: Call,
    begin: float, end: float,
) -> None:  # fmt: skip
    at, who, answered = step.id, call.order.persona.id, sent.answered
    system, human = messages(call.order)
    vote = sent.todo.vote
    first = step.retrieves is not None and role == "work" and vote <= 1
    for item in call.order.items if first else ():
        found = tuple(one.id for one in item.passages)
        watch(events.Retrieved(begin, at, who, item.record, found))
    watch(
        events.Asked(
            begin, at, who, role, sent.shown, str(system.content), str(human.content), vote
        )
    )  # fmt: skip
    if answered.fault:
        watch(events.Fault(end, at, who, answered.fault))
    watch(
        events.Answered(
            end, at, who, role, sent.shown, answered.text, answered.tokens, answered.cost,
            answered.rows is not None or bool(answered.question), vote,
        )
    )  # fmt: skip
