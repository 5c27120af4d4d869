"""What happens at a step's desk: what is out of date is done, checked and reviewed.

A step is a build rule: a record is made again when what it was made from has a newer version, or
when a check or a review asks for it. So redo loops need no special order, and a step that comes
up too early simply finds nothing to do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agents.colleague import Answered, Call, Colleague
from scenarios.model import Value
from scenarios.plan import YOU, Step
from scenarios.values import canonical
from simulator import finding, tally
from simulator.behaviour import Aside
from simulator.blueprint import Blueprint
from simulator.order import Head, Item, WorkOrder, batches
from simulator.slip import Slip
from simulator.trial import Finding, StepWork, TrialKey

Work = Mapping[str, list[StepWork]]
"""The work of every step: step -> one StepWork for each trial."""


@dataclass(slots=True)
class _Todo:
    """What one trial wants of a step now."""

    trial: int
    records: list[str]
    findings: dict[str, str]
    start: float


class Desk:
    """One step of a compiled plan, and the colleagues who do it."""

    def __init__(
        self,
        blueprints: Mapping[str, Blueprint],
        step: Step,
        worker: Colleague | None,
        reviewer: Colleague | None,
    ) -> None:
        self.blueprints = blueprints
        self.blueprint = blueprints[step.id]
        self.step = step
        self.worker = worker
        self.reviewer = reviewer

    def work(self, keys: Sequence[TrialKey], work: Work) -> list[StepWork]:
        """Do what is to be done now, for every trial that is ready for it."""
        mine = work[self.step.id]
        todos = [todo for t, key in enumerate(keys) if (todo := self._todo(t, key, work))]
        if not todos:
            return mine
        if self.step.is_you:
            for todo in todos:
                self._hand_over(mine[todo.trial], todo, work)
        elif self.step.is_code:
            for todo in todos:
                self._compute(keys[todo.trial], todo, work)
        else:
            self._order_work(keys, todos, work)
        for todo in todos:
            self._check(todo, work)
        if self.reviewer is not None:
            self._review(keys, todos, work)
        for todo in todos:
            mine[todo.trial].done = True
        return mine

    # What is to be done

    def _todo(self, t: int, key: TrialKey, work: Work) -> _Todo | None:
        if not all(settled(name, t, work, self.blueprints) for name in self.blueprint.upstream):
            return None
        mine = work[self.step.id][t]
        upstream = [work[name][t] for name in self.blueprint.upstream]
        stamps = tuple(u.stamp for u in upstream)
        findings: dict[str, str] = {}
        start = max([mine.finish, *(u.finish for u in upstream)])
        for other, record, request in self._requests(t, work):
            mine.handled[(other, record)] = work[other][t].redos.get(record, 0)
            findings[record] = request.text
            start = max(start, work[other][t].finish)
        if mine.done and mine.seen == stamps and not findings:
            return None
        mine.seen = stamps
        records: list[str] = []
        for record in key.records:
            if record in mine.dropped:
                continue
            if any(record in u.dropped for u in upstream):
                self._drop(mine, record)
                continue
            used = tuple(u.version.get(record, 0) for u in upstream)
            if record in findings or mine.used.get(record) != used:
                records.append(record)
                mine.used[record] = used
        if not records and mine.done:
            return None
        for record in records:
            mine.renew(record)
            mine.pending.pop(record, None)
        return _Todo(t, records, findings, start)

    def _requests(self, t: int, work: Work) -> list[tuple[str, str, Finding]]:
        """What other steps, or this one, want done again and what has not been done yet."""
        return [
            (name, record, request)
            for name in self.blueprint.requesters
            for record, request in list(work[name][t].pending.items())
            if request.target == self.step.id and not _handled(self.step.id, name, record, t, work)
        ]

    def _drop(self, mine: StepWork, record: str) -> None:
        mine.dropped.add(record)
        mine.values.pop(record, None)
        mine.renew(record)

    def _arrived(self, t: int, record: str, work: Work) -> dict[str, Value]:
        row: dict[str, Value] = {}
        for name in self.blueprint.upstream:
            row.update(work[name][t].values.get(record, {}))
        return row

    # Doing it

    def _hand_over(self, mine: StepWork, todo: _Todo, work: Work) -> None:
        mine.finish = todo.start
        for record in todo.records:
            mine.values[record] = {}
            mine.pending[record] = Finding(YOU)

    def _compute(self, key: TrialKey, todo: _Todo, work: Work) -> None:
        mine = work[self.step.id][todo.trial]
        mine.finish = todo.start
        rows: dict[str, Mapping[str, Value]] = {}
        for record in key.records:
            if record in mine.dropped:
                continue
            columns = (
                self.blueprint.scenario.record[record].columns
                if self.blueprint.reads_records else {}
            )  # fmt: skip
            rows[record] = {**columns, **self._arrived(todo.trial, record, work)}
        made = tally.run(self.step, rows, list(rows), self.blueprint.tables, self._sources(rows))
        fresh = set(todo.records)
        for record, values in made.items():
            if record not in fresh and (
                record in mine.escalated or mine.values.get(record) == values
            ):
                continue
            # What is computed over all records can change for one that nobody touched.
            if record not in fresh:
                mine.renew(record)
                todo.records.append(record)
            mine.values[record] = dict(values)

    def _sources(self, rows: Mapping[str, object]) -> Mapping[str, str]:
        if not self.blueprint.reads_records:
            return {}
        return {record: self.blueprint.scenario.record[record].text for record in rows}

    def _order_work(self, keys: Sequence[TrialKey], todos: Sequence[_Todo], work: Work) -> None:
        assert self.worker is not None
        mine = work[self.step.id]
        head = self.blueprint.head
        plan = [(todo, batch) for todo in todos for batch in batches(todo.records, self.step.batch)]
        calls = [
            Call(
                WorkOrder(self.worker.persona, head, self._items(todo, batch, work)),
                self._aside(keys[todo.trial], todo, batch, mine[todo.trial], "work"),
            )
            for todo, batch in plan
        ]  # fmt: skip
        durations: dict[int, list[float]] = {}
        for (todo, batch), answered in zip(plan, self.worker.answer(calls), strict=True):
            state = mine[todo.trial]
            _pay(state, answered)
            durations.setdefault(todo.trial, []).append(answered.seconds)
            self._take(state, batch, answered)
        for todo in todos:
            busy = makespan(durations.get(todo.trial, []), self.worker.persona.hands)
            mine[todo.trial].finish = todo.start + busy

    def _take(self, state: StepWork, batch: Sequence[str], answered: Answered) -> None:
        slips: dict[str, list[Slip]] = {record: [] for record in batch}
        for slip in answered.slips:
            slips[slip.record].append(replace(slip, step=self.step.id))
        for record in batch:
            row = None if answered.rows is None else answered.rows.get(record)
            before = state.slips.get(record, [])
            if row is None:
                state.values.pop(record, None)
                if answered.rows is None:
                    state.slips[record] = [
                        Slip(
                            record,
                            "malformed",
                            name,
                            step=self.step.id,
                            who=self.blueprint.persona.id,
                        )
                        for name in self.step.produces
                    ]
                else:
                    state.slips[record] = slips[record]
                continue
            state.values[record] = {name: _plain(row.get(name)) for name in self.step.produces}
            if record in answered.adopted:
                names = answered.adopted[record]
                slips[record] += [slip for slip in before if slip.result not in names]
                slips[record] += self._taken_over(record, names, state)
            elif record in answered.kept:
                slips[record] = before
            state.slips[record] = slips[record]

    def _taken_over(self, record: str, names: Sequence[str], state: StepWork) -> list[Slip]:
        """Slips for values that were taken over from somebody who was wrong too."""
        truth = self.blueprint.settled_right(record)
        return [
            Slip(record, "inherited", name, got=state.values[record].get(name),
                 wanted=truth.get(name), step=self.step.id, who=self.blueprint.persona.id)
            for name in names
            if name in truth
            and canonical(state.values[record].get(name)) != canonical(truth[name])
        ]  # fmt: skip

    def _items(self, todo: _Todo, batch: Sequence[str], work: Work) -> tuple[Item, ...]:
        scenario = self.blueprint.scenario
        items = []
        for record in batch:
            given = self._arrived(todo.trial, record, work)
            items.append(
                Item(
                    record,
                    scenario.record[record].text if self.blueprint.reads_records else None,
                    json.dumps(given, ensure_ascii=False) if given else "",
                    todo.findings.get(record, ""),
                )
            )
        return tuple(items)

    def _aside(
        self, key: TrialKey, todo: _Todo, batch: Sequence[str], state: StepWork, role: str
    ) -> Aside:
        round = max((state.version.get(record, 1) for record in batch), default=1) - 1
        return Aside(self.blueprint.scenario, key.draws, role, round)

    # Controls

    def _check(self, todo: _Todo, work: Work) -> None:
        mine = work[self.step.id][todo.trial]
        for check in self.step.checks:
            for record in todo.records:
                if record in mine.pending or record in mine.dropped or record in mine.escalated:
                    continue
                row = {**self._arrived(todo.trial, record, work), **mine.values.get(record, {})}
                if tally.failed(check.that, row):
                    self._found(todo, record, check.redo, f"This does not hold: {check.that}", work)

    def _review(self, keys: Sequence[TrialKey], todos: Sequence[_Todo], work: Work) -> None:
        review = self.step.review
        assert review is not None
        assert self.reviewer is not None
        mine = work[self.step.id]
        head: Head = self.blueprint.review_head
        plan = []
        for todo in todos:
            state = mine[todo.trial]
            open_ = [
                r for r in todo.records
                if r not in state.pending and r in state.values and r not in state.escalated
            ]  # fmt: skip
            plan += [(todo, batch) for batch in batches(open_, self.step.batch)]
        calls = []
        for todo, batch in plan:
            items = self._review_items(todo, batch, work)
            aside = self._aside(keys[todo.trial], todo, batch, mine[todo.trial], "review")
            # A blind reviewer's own work does not change because the other one redid theirs.
            aside = replace(aside, round=0) if review.blind else aside
            calls.append(Call(WorkOrder(self.reviewer.persona, head, items), aside))
        durations: dict[int, list[float]] = {}
        for (todo, batch), answered in zip(plan, self.reviewer.answer(calls), strict=True):
            state = mine[todo.trial]
            _pay(state, answered)
            durations.setdefault(todo.trial, []).append(answered.seconds)
            for record in batch:
                row = (answered.rows or {}).get(record)
                if row is not None:
                    self._compare(todo, record, row, work)
        for todo in todos:
            mine[todo.trial].finish += makespan(
                durations.get(todo.trial, []), self.reviewer.persona.hands
            )

    def _review_items(self, todo: _Todo, batch: Sequence[str], work: Work) -> tuple[Item, ...]:
        items = self._items(replace(todo, findings={}), batch, work)
        assert self.step.review is not None
        if self.step.review.blind:
            return items
        state = work[self.step.id][todo.trial]
        shown = []
        for item in items:
            given = self._arrived(todo.trial, item.record, work) | state.values[item.record]
            shown.append(replace(item, given=json.dumps(given, ensure_ascii=False)))
        return tuple(shown)

    def _compare(self, todo: _Todo, record: str, row: Mapping[str, Value], work: Work) -> None:
        review = self.step.review
        assert review is not None
        mine = work[self.step.id][todo.trial]
        if not review.blind:
            if row.get("ok") is False:
                why = str(row.get("why") or "something looks wrong")
                self._found(todo, record, None, f"A reviewer says: {why}.", work)
            return
        own = mine.values[record]
        other = {name: _plain(row.get(name)) for name in review.of}
        if any(canonical(own.get(name)) != canonical(other[name]) for name in review.of):
            self._found(todo, record, None, "You two differ. Look again.", work, other)

    def _found(
        self, todo: _Todo, record: str, redo: str | None, why: str, work: Work,
        other: Mapping[str, Value] | None = None,
    ) -> None:  # fmt: skip
        """A check or a review failed: redo while there are redos left, then the step's `else`."""
        mine = work[self.step.id][todo.trial]
        target = redo or self.step.id
        again = work[target][todo.trial]
        hopeless = self._is_code(target) or record in again.escalated
        if mine.redos.get(record, 0) < self.step.redo and not hopeless:
            mine.redos[record] = mine.redos.get(record, 0) + 1
            before = again.values.get(record, {})
            mine.pending[record] = Finding(target, finding.render(before, why, other))
        elif self.step.otherwise == "you":
            mine.pending[record] = Finding(YOU)
        elif self.step.otherwise == "drop":
            self._drop(mine, record)

    def _is_code(self, target: str) -> bool:
        # Code does the same again; asking it to is a wasted redo.
        return self.blueprint.plan.step[target].is_code


def settled(name: str, t: int, work: Work, blueprints: Mapping[str, Blueprint]) -> bool:
    """Whether a step has done all it can for a trial, on what is newest."""
    state, blueprint = work[name][t], blueprints[name]
    if not state.done or state.pending:
        return False
    if state.seen != tuple(work[source][t].stamp for source in blueprint.upstream):
        return False
    for other in blueprint.requesters:
        for record, request in list(work[other][t].pending.items()):
            if request.target == name and not _handled(name, other, record, t, work):
                return False
    return all(settled(source, t, work, blueprints) for source in blueprint.upstream)


def _handled(target: str, requester: str, record: str, t: int, work: Work) -> bool:
    asked = work[requester][t].redos.get(record, 0)
    return work[target][t].handled.get((requester, record)) == asked


def makespan(durations: Sequence[float], hands: int) -> float:
    """Seconds until the last of the calls is done, each taken up by the first free hand."""
    free = [0.0] * hands
    for duration in durations:
        first = min(range(hands), key=free.__getitem__)
        free[first] += duration
    return max(free)


def _pay(state: StepWork, answered: Answered) -> None:
    state.cost += answered.cost
    state.tokens += answered.tokens
    state.calls += answered.calls
    state.asked_again += max(0, answered.calls - 1)
    if answered.fault:
        state.faults.append(answered.fault)


def _plain(value: Value) -> Value:
    return tuple(value) if isinstance(value, list) else value
