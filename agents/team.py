"""A plan compiled to a LangGraph graph, once; each of its runs carries a list of trials.

A node is a step, an edge is something that is read, and a conditional edge leads back to whoever a
check or a review asks to do a record again, or to you. The state is the work of each step; two
steps side by side write their own, so their updates merge in any order.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command, Interrupt, interrupt

from agents.agenda import Work
from agents.asking import Consult
from agents.colleague import Colleague
from agents.desk import Desk
from agents.notebook import Notebook, place
from agents.teller import Teller
from agents.you import minutes_spent, settle
from scenarios.model import Value
from scenarios.persona import Persona
from scenarios.plans.plan import YOU, Plan, Step
from scenarios.scenario import Scenario
from simulator import rows
from simulator.acts import carry_out
from simulator.blueprint import Blueprint
from simulator.events import Question, Watch
from simulator.trial import Deed, StepWork, Trial, TrialKey

Hire = Callable[[Persona], Colleague]


class State(TypedDict):
    work: Annotated[dict[str, list[StepWork]], operator.or_]
    told: Annotated[dict[str, list[str]], operator.or_]
    """Of a run that is noted: what happened, as lines, by the place in it."""


Do = Callable[[Sequence[TrialKey], Work, Watch | None, Consult | None], dict[str, list[StepWork]]]


@dataclass(frozen=True)
class Run:
    """What a run of the graph is about."""

    keys: Sequence[TrialKey]
    watch: Watch | None = None
    notes: tuple[Notebook, Teller] | None = None
    """Where the run is noted, and who hears of it: for one trial that somebody watches."""


class CompiledTeam:
    """A plan, staffed by `hire`, as a graph that runs trials."""

    def __init__(
        self, scenario: Scenario, plan: Plan, cast: Mapping[str, Persona], hire: Hire,
        piloted: float = 0.0,
    ) -> None:  # fmt: skip
        self.scenario = scenario
        self.plan = plan
        self.piloted = piloted
        """Wages of pilots, which every trial bears: it is the whole job done once."""
        colleagues: dict[str, Colleague] = {}

        def hired(name: str) -> Colleague | None:
            if cast[name].kind not in ("intern", "specialist"):
                return None
            if name not in colleagues:
                colleagues[name] = hire(cast[name])
            return colleagues[name]

        self.blueprints = {
            step.id: Blueprint(
                scenario,
                plan,
                step,
                cast[step.assignee],
                cast[step.review.by] if step.review else None,
            )
            for step in plan.steps
        }
        self.desks = {
            step.id: Desk(
                self.blueprints,
                step,
                hired(step.assignee),
                hired(step.review.by) if step.review else None,
            )
            for step in plan.steps
        }
        self._simulated = all(colleague.simulated for colleague in colleagues.values())
        self.producer = {
            field.name: next(step.id for step in plan.steps if field.name in step.produces)
            for field in scenario.deliverable
        }
        self._plan = self._drawn()
        self.graph = self._plan.compile()

    def run(self, keys: Sequence[TrialKey], watch: Watch | None = None) -> list[Trial]:
        """Run one trial for each key, all in one run of the graph; `watch` is told what happens."""
        config = self._config(len(keys))
        final = self.graph.invoke(self._start(len(keys)), config, context=Run(keys, watch))
        work: dict[str, list[StepWork]] = final["work"]
        return [self._outcome(key, t, work) for t, key in enumerate(keys)]

    def go_on(
        self, key: TrialKey, notebook: Notebook, teller: Teller,
        replies: Mapping[Question, str],
    ) -> Trial | Question:  # fmt: skip
        """Run one trial from where its notebook is, to its end or to a question.

        `replies` are answers to questions at which it waits. Raises sqlite3.Error where the
        notebook cannot be written.
        """
        graph = self._plan.compile(checkpointer=notebook.saver)
        config = self._config(1) | {"configurable": {"thread_id": "run"}}
        before = graph.get_state(config)
        teller.catch_up(before.values.get("told", {}))
        for task in before.tasks:
            teller.catch_up((task.result or {}).get("told", {}))
        given: Any = None if before.created_at else self._start(1)
        said = {one.id: replies[one.value] for one in before.interrupts if one.value in replies}
        if said:
            given = Command(resume=said)
        context = Run([key], None, (notebook, teller))
        final = graph.invoke(given, config, context=context, durability="sync")
        if final.get("__interrupt__"):
            return _question(final["__interrupt__"])
        teller.catch_up(final["told"])
        return self._outcome(key, 0, final["work"])

    def _start(self, trials: int) -> State:
        work = {step.id: [StepWork() for _ in range(trials)] for step in self.plan.steps}
        return {"work": work, "told": {}}

    def _config(self, trials: int) -> Any:
        config = {"recursion_limit": 20 + 8 * sum(2 + step.redo for step in self.plan.steps)}
        if trials > 1 or self._simulated:
            # Steps side by side would otherwise see each other's work on other trials half done,
            # and tell what happens at the same moment in whatever order their threads ran.
            config["max_concurrency"] = 1
        return config

    def _drawn(self) -> Any:
        graph: Any = StateGraph(State, context_schema=Run)
        for step in self.plan.steps:
            graph.add_node(_node(step.id), self._doer(step))
        graph.add_node(YOU, _node_of(self._your_desk))
        for step in self.plan.steps:
            upstream = self.blueprints[step.id].upstream
            for source in upstream:
                graph.add_edge(_node(source), _node(step.id))
            if not upstream:
                graph.add_edge(START, _node(step.id))
            graph.add_conditional_edges(_node(step.id), self._router(step), self._targets(step))
        graph.add_conditional_edges(
            YOU, self._after_you, [_node(step.id) for step in self.plan.steps] + [END]
        )
        return graph

    def _doer(self, step: Step) -> Callable[[State, Runtime[Run]], dict[str, Any]]:
        desk = self.desks[step.id]
        return _node_of(
            lambda keys, work, watch, consult: {step.id: desk.work(keys, work, watch, consult)}
        )

    def _your_desk(
        self, keys: Sequence[TrialKey], work: Work, watch: Watch | None, consult: Consult | None
    ) -> dict[str, list[StepWork]]:
        return settle(self.blueprints, keys, work, watch)

    def _targets(self, step: Step) -> list[str]:
        steps = {step.id, *(check.redo for check in step.checks if check.redo)}
        return [*(_node(name) for name in sorted(steps)), YOU, END]

    def _router(self, step: Step) -> Callable[[State], list[str]]:
        """Where the findings of a step lead; nothing to mend leads nowhere but along the edges."""

        def route(state: State) -> list[str]:
            targets = {
                finding.target for one in state["work"][step.id] for finding in one.pending.values()
            }
            return sorted(YOU if name == YOU else _node(name) for name in targets) or [END]

        return route

    def _after_you(self, state: State) -> list[str]:
        """What you set right goes on to whoever reads it."""
        nexts = {
            reader.id
            for reader in self.plan.steps
            for source in self.blueprints[reader.id].upstream
            if any(one.escalated for one in state["work"][source])
        }
        return sorted(_node(name) for name in nexts) or [END]

    def _outcome(self, key: TrialKey, t: int, work: Mapping[str, list[StepWork]]) -> Trial:
        mine = {name: states[t] for name, states in work.items()}
        delivered: dict[str, dict[str, Value]] = {}
        deeds: list[Deed] = []
        escalated_at = {name: state.escalated for name, state in mine.items()}
        for record in key.records:
            row = {
                field: mine[step].values.get(record, {}).get(field)
                for field, step in self.producer.items()
            }
            row, done = carry_out(
                self.scenario, self.plan, self.producer, record, row, escalated_at
            )
            deeds += done
            if self._is_delivered(record, row, mine):
                delivered[record] = row
        escalated = {record for state in mine.values() for record in state.escalated}
        return Trial(
            key,
            delivered,
            mine,
            cost=sum(state.cost for state in mine.values()) + self.piloted,
            minutes=max(state.finish for state in mine.values()) / 60,
            your_minutes=sum(minutes_spent(state) for state in mine.values()),
            escalations=len(escalated),
            calls=sum(state.calls for state in mine.values()),
            faults=tuple(fault for state in mine.values() for fault in state.faults),
            deeds=tuple(deeds),
            extra=tuple(
                (source, row)
                for state in mine.values()
                for source, found in state.extra.items()
                for row in found
                if rows.there(self.scenario, row)
            ),
        )

    def _is_delivered(
        self, record: str, row: Mapping[str, Value], work: Mapping[str, StepWork]
    ) -> bool:
        """Whether there is anything: a value, or a blank that was given and may be one."""
        return any(
            row[field.name] is not None
            or (
                field.may_be_blank
                and field.name in work[self.producer[field.name]].values.get(record, {})
            )
            for field in self.scenario.deliverable
        )


def _node(step: str) -> str:
    return f"do {step}"


def _node_of(do: Do) -> Callable[[State, Runtime[Run]], dict[str, Any]]:
    """A node of the graph that does something; in a run that is noted, what it tells is kept."""

    def node(state: State, runtime: Runtime[Run]) -> dict[str, Any]:
        run = runtime.context
        if run.notes is None:
            return {"work": do(run.keys, state["work"], run.watch, None)}
        (notebook, teller), here = run.notes, place()
        notebook.begin(here)
        happened = teller.begin(here)
        # What the last checkpoint holds may still be being written: it does not change.
        work = do(run.keys, deepcopy(state["work"]), happened, interrupt)
        return {"work": work, "told": {here: happened.lines}}

    return node


def _question(interrupts: Sequence[Interrupt]) -> Question:
    question = interrupts[0].value
    assert isinstance(question, Question)
    return question
