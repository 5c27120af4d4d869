"""Checks and reviews: what they have against a record, and what happens to it then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from agents.agenda import Todo, Work, arrived, chosen, seen
from agents.calling import send
from agents.colleague import Colleague
from scenarios.model import Value
from scenarios.plans.plan import YOU
from simulator import events, tally
from simulator.behaviour import finding
from simulator.blueprint import Blueprint
from simulator.trial import Finding, TrialKey

By = Literal["check", "review"]


class Controls:
    """The checks and the review of one step."""

    def __init__(self, blueprint: Blueprint, reviewer: Colleague | None) -> None:
        self.blueprint = blueprint
        self.step = blueprint.step
        self.reviewer = reviewer

    def check(self, todo: Todo, work: Work, watch: events.Watch | None) -> None:
        """Test the records that were just done; one that cannot be tested fails."""
        mine = work[self.step.id][todo.trial]
        for check in self.step.checks:
            for record in todo.records:
                if record in mine.pending or record in mine.dropped or record in mine.escalated:
                    continue
                if self.blueprint.has_rows and record not in mine.values:
                    continue
                given = arrived(self.blueprint, todo.trial, record, work)
                if tally.failed(check.that, {**given, **mine.values.get(record, {})}):
                    why = f"This does not hold: {check.that}"
                    target = check.redo or self.step.id
                    self._found(todo, record, "check", target, why, work, watch)

    def review(
        self, keys: Sequence[TrialKey], todos: Sequence[Todo], work: Work,
        watch: events.Watch | None,
    ) -> None:  # fmt: skip
        """Have somebody look at what was done, or do it again and compare; or look yourself."""
        review = self.step.review
        assert review is not None
        # Whoever searches the same texts again can find what the first one passed over.
        blind = review.blind
        open_: list[tuple[Todo, Sequence[str]]] = []
        for todo in todos:
            state = work[self.step.id][todo.trial]
            records = [
                r for r in todo.records
                if (r in state.values or (blind and todo.whole and r not in state.dropped))
                and r not in state.pending and r not in state.escalated
            ]  # fmt: skip
            if review.takes is not None:
                rows = {
                    r: {**seen(self.blueprint, todo.trial, r, work), **state.values[r]}
                    for r in records
                }
                draws, looked_at = keys[todo.trial].draws, state.looked_at
                looked_at.update(chosen(review.takes, rows, draws, looked_at, "review"))
                records = [record for record in records if record in looked_at]
            if review.by == YOU:
                state.pending.update({record: Finding(YOU) for record in records})
            open_.append((replace(todo, findings={}), records))
        if self.reviewer is None:
            return
        head = self.blueprint.review_head
        for sent in send(self.blueprint, self.reviewer, head, "review", keys, open_, work, watch):
            for record in sent.batch:
                row = (sent.answered.rows or {}).get(record)
                searched = self.blueprint.finds and sent.answered.rows is not None
                if blind and (row is not None or searched):
                    self._compare(sent.todo, record, row, work, watch)
                elif row is not None and row.get("ok") is False:
                    why = f"A reviewer says: {row.get('why') or 'something looks wrong'}."
                    self._found(sent.todo, record, "review", self.step.id, why, work, watch)

    def _compare(
        self, todo: Todo, record: str, row: Mapping[str, Value] | None, work: Work,
        watch: events.Watch | None,
    ) -> None:  # fmt: skip
        assert self.step.review is not None
        own = work[self.step.id][todo.trial].values.get(record)
        if own is None and row is None:
            return
        if own is None or row is None:
            has = "has nothing there" if row is None else "has found something there"
            other = {name: plain(row.get(name)) for name in self.step.review.of} if row else {}
            why = f"Somebody else {has}. Look again."
            self._found(todo, record, "review", self.step.id, why, work, watch, other)
            return
        other = {name: plain(row.get(name)) for name in self.step.review.of}
        results = self.blueprint.results
        if any(not results[name].agree(own.get(name), value) for name, value in other.items()):
            why = "You two differ. Look again."
            self._found(todo, record, "review", self.step.id, why, work, watch, other)

    def _found(
        self, todo: Todo, record: str, by: By, target: str, why: str, work: Work,
        watch: events.Watch | None, other: Mapping[str, Value] | None = None,
    ) -> None:  # fmt: skip
        """Redo while there are redos left; then what the step's `else` says."""
        mine, again = work[self.step.id][todo.trial], work[target][todo.trial]
        given = arrived(self.blueprint, todo.trial, record, work)
        fine = self.blueprint.arrived_right(record, given) and self.blueprint.is_right(
            record, mine.values.get(record, {})
        )
        mine.suspected[record] = mine.suspected.get(record, False) or not fine
        # Code does the same again, what you set right stays as you set it, and what was not taken
        # is not done.
        step = self.blueprint.plan.step[target]
        passed_by = step.takes is not None and record not in again.taken
        hopeless = step.is_code or record in again.escalated or passed_by
        then = self.step.otherwise
        if mine.redos.get(record, 0) < self.step.redo and not hopeless:
            mine.redos[record] = mine.redos.get(record, 0) + 1
            text = finding.render(again.values.get(record, {}), why, other)
            mine.pending[record] = Finding(target, text)
        elif then == "you":
            mine.pending[record] = Finding(YOU)
        elif then == "drop":
            mine.drop(record)
        if watch is not None:
            nxt = mine.pending[record].target if record in mine.pending else then
            theirs = ", ".join(f"{name}: {value}" for name, value in (other or {}).items())
            what = f"{why} The other one has {theirs}." if theirs else why
            watch(events.Found(mine.finish, self.step.id, record, by, what, nxt))


def plain(value: Value) -> Value:
    """A value out of JSON, as values are kept."""
    return tuple(value) if isinstance(value, list) else value
