"""What happens at a step's desk: what is out of date is done, checked and reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agents.agenda import Blueprints, Todo, Work, arrived, found, next_up
from agents.asking import Consult, Wanted, ask_first, heads
from agents.calling import Sent, send
from agents.colleague import Colleague
from agents.controls import Controls, plain
from agents.voting import Split, Vote, agreed, majority
from scenarios.language.values import as_text
from scenarios.model import Value
from scenarios.plans.plan import YOU, Step
from simulator import events, staffing, tally
from simulator.debriefing import attribution
from simulator.rows import sheets_of, wanted
from simulator.slip import Slip
from simulator.trial import Finding, StepWork, TrialKey


class Desk:
    """One step of a compiled plan, and the colleagues who do it."""

    def __init__(
        self, blueprints: Blueprints, step: Step, worker: Colleague | None,
        reviewer: Colleague | None,
    ) -> None:  # fmt: skip
        self.blueprints = blueprints
        self.blueprint = blueprints[step.id]
        self.step = step
        self.worker = worker
        self.reviewer = reviewer
        self.controls = Controls(self.blueprint, reviewer)

    def work(
        self, keys: Sequence[TrialKey], work: Work, watch: events.Watch | None = None,
        consult: Consult | None = None,
    ) -> list[StepWork]:  # fmt: skip
        """Do what is to be done now, for every trial that is ready for it.

        `consult` answers what is asked and what the plan has no answer to.
        """
        mine = work[self.step.id]
        todos = [
            todo
            for t, key in enumerate(keys)
            if (todo := next_up(self.blueprints, self.step.id, key, t, work))
        ]
        for todo in todos:
            mine[todo.trial].finish = todo.start
            if self.blueprint.specialist is not None and not mine[todo.trial].done:
                mine[todo.trial].cost += staffing.fee(len(self.blueprint.solved))
            if watch is not None:
                again = bool(todo.findings)
                records = tuple(todo.records)
                if todo.whole:
                    records = sheets_of(self.blueprint.scenario, records)
                watch(
                    events.StepStarted(todo.start, self.step.id, self.step.assignee, records, again)
                )
        if self.step.is_code or self.step.is_you:
            for todo in todos:
                self._without_interns(keys[todo.trial], todo, work)
        elif todos:
            self._with_interns(keys, todos, work, watch, consult)
        for todo in todos:
            self.controls.check(todo, work, watch)
        if self.step.review is not None and todos:
            self.controls.review(keys, todos, work, watch)
        for todo in todos:
            state = mine[todo.trial]
            state.done = True
            if watch is not None:
                watch(
                    events.StepFinished(state.finish, self.step.id, self.step.assignee, state.cost)
                )
        return mine

    def _without_interns(self, key: TrialKey, todo: Todo, work: Work) -> None:
        mine = work[self.step.id][todo.trial]
        if self.step.is_code:
            self._compute(key, todo, work)
            return
        for record in todo.records:
            mine.values[record] = {}
            mine.pending[record] = Finding(YOU)

    def _compute(self, key: TrialKey, todo: Todo, work: Work) -> None:
        mine, blueprint = work[self.step.id][todo.trial], self.blueprint
        rows: dict[str, Mapping[str, Value]] = {}
        sources: dict[str, str] = {}
        for record in key.records:
            # Code cannot search a text: it works on rows that somebody found.
            searched = blueprint.finds or not found(blueprint, todo.trial, record, work)
            if record in mine.dropped or searched:
                continue
            row: dict[str, Value] = {}
            if blueprint.reads_records:
                row.update(blueprint.scenario.record[record].columns)
                sources[record] = blueprint.scenario.record[record].text
            rows[record] = {**row, **arrived(blueprint, todo.trial, record, work)}
        ran = tally.run(self.step, rows, list(rows), blueprint.tables, sources)
        made = attribution.as_meant(blueprint, key, ran)
        fresh = set(todo.records)
        for record, values in made.items():
            if record not in fresh:
                if record in mine.escalated or mine.values.get(record) == values:
                    continue
                # What is computed over all records can change for one that nobody touched.
                mine.renew(record)
                todo.records.append(record)
            mine.values[record] = dict(values)

    def _with_interns(
        self, keys: Sequence[TrialKey], todos: Sequence[Todo], work: Work,
        watch: events.Watch | None, consult: Consult | None,
    ) -> None:  # fmt: skip
        assert self.worker is not None
        votes = range(1, self.step.votes + 1) if self.step.votes > 1 else (0,)
        wanted: Wanted = [
            (replace(todo, vote=vote), todo.records) for vote in votes for todo in todos
        ]
        sents: list[Sent] = []
        if self.step.ask:
            sents, wanted = ask_first(
                self.blueprint, self.worker, keys, wanted, work, watch, consult
            )
        for head, some in heads(self.blueprint, wanted, work).items():
            sents += send(self.blueprint, self.worker, head, "work", keys, some, work, watch)
        ballots: dict[tuple[int, tuple[str, ...]], list[Sent]] = {}
        for sent in sents:
            ballots.setdefault((sent.todo.trial, sent.batch), []).append(sent)
        for (t, _), votes_of in ballots.items():
            self._take(work[self.step.id][t], votes_of, watch)

    def _take(
        self, state: StepWork, sents: Sequence[Sent], watch: events.Watch | None
    ) -> None:  # fmt: skip
        """Values and slips of a reply, or of the majority of its votes; what it lacks is lost."""
        if sents[0].todo.whole:
            for name in sents[0].shown:
                extra = [sent.answered.extra.get(name, ()) for sent in sents]
                state.extra[name] = extra[0] if len(extra) == 1 else agreed(extra)
        results, finds = self.blueprint.results, self.blueprint.finds
        for record in sents[0].batch:
            votes = [self._vote(state, sent, record) for sent in sents]
            outcome, splits = majority(votes, results, absence=finds)
            state.slips[record] = outcome.slips
            if outcome.values is None:
                state.values.pop(record, None)
            else:
                state.values[record] = outcome.values
            for split in splits:
                self._tell(state, record, split, watch)

    def _tell(
        self, state: StepWork, record: str, split: Split, watch: events.Watch | None
    ) -> None:  # fmt: skip
        if watch is not None:
            said = tuple((as_text(value), count) for value, count in split.values)
            who, at = self.step.assignee, state.finish
            watch(events.Voted(at, self.step.id, who, record, split.result, said))

    def _vote(self, state: StepWork, sent: Sent, record: str) -> Vote:
        """What one reply has of a record."""
        answered, before = sent.answered, state.slips.get(record, [])
        if answered.rows is None:
            return Vote(None, self._unreadable(record), readable=False)
        row = answered.rows.get(record)
        values = None
        if row is not None:
            values = {name: plain(row.get(name)) for name in self.step.produces}
        if record in answered.adopted:
            names: Sequence[str] = answered.adopted[record]
            slips = [slip for slip in before if slip.result not in names]
            if values is None:
                names, slips = tuple(self.step.produces), []
            return Vote(values, slips + self._taken_over(record, names, values))
        if record in answered.kept:
            return Vote(values, before)
        its = [slip for slip in answered.slips if slip.record == record]
        return Vote(values, [replace(slip, step=self.step.id) for slip in its])

    def _unreadable(self, record: str) -> list[Slip]:
        who = self.step.assignee
        if not wanted(self.blueprint.scenario, record):
            return []
        return [
            Slip(record, "malformed", name, step=self.step.id, who=who)
            for name in self.step.produces
        ]

    def _taken_over(
        self, record: str, names: Sequence[str], values: Mapping[str, Value] | None
    ) -> list[Slip]:
        """Slips for values that were taken over from somebody who was wrong too."""
        truth = self.blueprint.settled_right(record)
        results = self.blueprint.results
        if values is None and not wanted(self.blueprint.scenario, record):
            return []
        values = values or {}
        return [
            Slip(record, "inherited", name, got=values.get(name), wanted=truth[name],
                 step=self.step.id, who=self.step.assignee)
            for name in names
            if name in truth and not results[name].agree(values.get(name), truth[name])
        ]  # fmt: skip
