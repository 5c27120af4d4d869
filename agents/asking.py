"""A step that may ask: one question before the work begins, and what becomes of the answer.

Whoever does the step is sent its first records with leave to ask. A reply that is no question is
work like any other. An answer is part of every order of the step from then on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from agents.agenda import Todo, Work
from agents.calling import Sent, batched, send
from agents.colleague import Colleague
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from simulator import events
from simulator.blueprint import Blueprint
from simulator.order import Head, Said
from simulator.parameters import figures
from simulator.trial import StepWork, TrialKey

Consult = Callable[[events.Question], str]
"""Somebody who answers questions; '' where they do not."""
Wanted = list[tuple[Todo, Sequence[str]]]


def ask_first(
    blueprint: Blueprint, colleague: Colleague, keys: Sequence[TrialKey], wanted: Wanted,
    work: Work, watch: events.Watch | None, consult: Consult | None,
) -> tuple[list[Sent], Wanted]:  # fmt: skip
    """Have the step's first call of each trial ask. The work that came of it, and what is left."""
    states = work[blueprint.step.id]
    first = [
        (todo, next(iter(batched(blueprint, blueprint.head, todo, records)))[0])
        for todo, records in wanted
        if todo.vote <= 1 and records and states[todo.trial].said is None
    ]
    head = replace(blueprint.head, asks=True)
    done: dict[int, Sent] = {}
    for sent in send(blueprint, colleague, head, "work", keys, first, work, watch):
        state = states[sent.todo.trial]
        if sent.answered.question:
            state.said = (_put(blueprint, sent, state, watch, consult),)
        else:
            state.said = ()
            done[sent.todo.trial] = sent
    left = [
        (todo, [one for one in records if one not in done[todo.trial].batch])
        if todo.vote <= 1 and todo.trial in done else (todo, records)
        for todo, records in wanted
    ]  # fmt: skip
    return list(done.values()), left


def heads(blueprint: Blueprint, wanted: Wanted, work: Work) -> Mapping[Head, Wanted]:
    """The orders of a step, each with what it is for: what was answered differs by trial."""
    found: dict[Head, Wanted] = {}
    for todo, records in wanted:
        said = work[blueprint.step.id][todo.trial].said
        head = replace(blueprint.head, said=said) if said else blueprint.head
        found.setdefault(head, []).append((todo, records))
    return found


def reserved(plan: Plan, scenario: Scenario) -> float:
    """Your minutes that are kept free for questions: a question's for each step that may ask."""
    each = figures("mid").you_minutes
    asking = sum(step.ask for step in plan.steps)
    return min(asking, math.floor(scenario.budget.your_minutes / each + 1e-9)) * each


def _put(
    blueprint: Blueprint, sent: Sent, state: StepWork, watch: events.Watch | None,
    consult: Consult | None,
) -> Said:  # fmt: skip
    """Put a question to you, and have it answered: by the plan, by you, or by nobody."""
    step, asked = blueprint.step, sent.answered
    about = asked.about if asked.about in step.produces else ""
    question = events.Question(state.finish, step.id, step.assignee, about, asked.question)
    if watch is not None:
        watch(question)
    answer = ""
    by: Literal["you", "plan", "nobody"] = "nobody"
    if _in_time(blueprint):
        answer = step.answers.get(about, "").strip()
        by = "plan" if answer else "nobody"
        if not answer and consult is not None:
            answer = consult(question).strip()
            by = "you" if answer else "nobody"
        state.questions += 1
        state.finish += figures("mid").you_minutes * 60
    if watch is not None:
        watch(events.Replied(state.finish, step.id, step.assignee, answer, by))
    return Said(asked.question, answer)


def _in_time(blueprint: Blueprint) -> bool:
    """Whether a minute of yours is kept for the step: they go to the first steps of the plan."""
    asking = [step.id for step in blueprint.plan.steps if step.ask]
    kept = reserved(blueprint.plan, blueprint.scenario)
    return (asking.index(blueprint.step.id) + 1) * figures("mid").you_minutes <= kept + 1e-9
