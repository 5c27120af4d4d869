"""How a simulated intern does one call: what it decides, what it gets wrong, and why.

For every record and every decision, said or leapt over, the questions of the behaviour table are
asked in order; the first that fails makes the value wrong and names the cause. One uniform number
is drawn for each question; where several reasons share a question, they are bands of that number,
the innermost being what would have failed all the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scenarios.expressions import Uncomputable, evaluate
from scenarios.model import Value
from scenarios.scenario import Field, Record, Scenario
from scenarios.values import canonical
from simulator.draws import Draws
from simulator.hardness import chances
from simulator.job import Decision, Job
from simulator.mistakes import mistaken
from simulator.parameters import with_odds
from simulator.slip import Cause, Slip
from simulator.telling import Rule, Verdict, understood


@dataclass(frozen=True, slots=True)
class Aside:
    """What reaches a simulated intern beside its messages: the truth, its luck, and the round."""

    scenario: Scenario
    draws: Draws
    role: str = "work"
    rounds: Mapping[str, int] = field(default_factory=dict)
    """For records that came back how often they did."""

    def round(self, record: str) -> int:
        return self.rounds.get(record, 0)


@dataclass(slots=True)
class Done:
    """The outcome of a call: rows under the learner's names, by record, and what is wrong."""

    rows: dict[str, dict[str, Value]] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)


class Failure(NamedTuple):
    cause: Cause
    rule: Rule | None
    value: Value


@dataclass(slots=True)
class _Belief:
    """What the intern holds of one record during a call."""

    record: Record
    has_text: bool
    values: dict[str, Value]
    wrong: set[str]
    """The fields whose value is not the truth."""
    slips: dict[str, Slip] = field(default_factory=dict)


def perform(
    job: Job, aside: Aside, records: Sequence[tuple[str, bool, Mapping[str, Value]]]
) -> Done:
    """Do a call. `records` are (id, whether its text is there, what arrived by learner's names)."""
    call = _Call(job, aside, records)
    for number, decision in enumerate(job.decisions):
        call.decide(number, decision)
    return call.finish()


class _Call:
    def __init__(
        self, job: Job, aside: Aside, records: Sequence[tuple[str, bool, Mapping[str, Value]]]
    ) -> None:
        self.job = job
        self.scenario = aside.scenario
        self.aside = aside
        self.who = job.persona.id
        self.verdicts: dict[int, Verdict] = {}
        self.done = Done()
        known = [(r, text, given) for r, text, given in records if r in self.scenario.record]
        self.present = frozenset(r for r, _, _ in known)
        self.beliefs: list[_Belief] = []
        for name, has_text, given in known:
            record = self.scenario.record[name]
            if self._skipped(name, len(known)):
                for result in job.results:
                    wanted = result.tell(record.truth[result.field.name]) if result.field else None
                    self.done.slips.append(
                        Slip(name, "skipped", result.name, wanted=wanted, who=self.who)
                    )
                continue
            values = {
                m.field.name: m.hear(given[m.name])
                for m in job.given
                if m.field is not None and m.name in given
            }
            wrong = {n for n in values if not self._right(n, values[n], record)}
            self.beliefs.append(_Belief(record, has_text, values, wrong))

    def _draw(self, mechanism: str, record: str, about: int = -1) -> float:
        aside = self.aside
        return aside.draws(
            mechanism,
            record=record,
            about=about,
            who=self.who,
            role=aside.role,
            round=aside.round(record),
        )

    def _skipped(self, record: str, count: int) -> bool:
        f = self.job.figures
        extra = count - f.easy_batch
        if extra <= 0:
            return False
        return self._draw("handled", record) >= math.exp(-((extra / f.handled_n0) ** f.handled_h))

    def decide(self, number: int, decision: Decision) -> None:
        """Decide one field for every record of the call."""
        name = decision.field.name
        lot = self._hardness(decision)
        for place, belief in enumerate(self.beliefs):
            record = belief.record
            truth = record.truth.get(name)
            value, failure = self._value(decision, belief, truth, place, lot)
            belief.values[name] = value
            belief.wrong.discard(name)
            if failure is not None and not same(value, truth, decision.field):
                belief.wrong.add(name)
                belief.slips[name] = Slip(
                    record.id,
                    failure.cause,
                    self.job.shown_in[name],
                    name,
                    failure.rule.requirement.id if failure.rule else None,
                    value,
                    truth,
                    failure.rule.words if failure.rule else "",
                    who=self.who,
                )

    def _hardness(self, decision: Decision) -> Mapping[str, float]:
        tier = self.job.persona.tier
        assert tier is not None
        if not self.beliefs:
            return {}
        lot = self.scenario.lot_ids[self.beliefs[0].record.lot]
        return chances(lot, decision.index, tier)

    def _value(
        self, decision: Decision, belief: _Belief, truth: Value, place: int,
        hardness: Mapping[str, float],
    ) -> tuple[Value, Failure | None]:  # fmt: skip
        record = belief.record
        key = f"{record.id}|{decision.index}|{self.who}"
        injection = record.injection
        if injection and injection.field == decision.field.name and belief.has_text:
            base = injection.base if injection.base is not None else self.job.figures.injected
            if self.job.guards_data:
                base *= self.job.figures.data_guard
            if self._draw("injected", record.id, decision.index) < base:
                return injection.wrong, Failure("injected", None, injection.wrong)
        if decision.field.name in record.absent and belief.has_text:
            return self._missing_fact(decision, belief, key, place)
        expected, inherits = self._expected(decision, belief, truth, place)
        if inherits is not None:
            truth = expected
        failure = self._untold(decision, record) or self._unskilled(
            decision, belief, key, place, hardness, truth
        )
        if failure is not None:
            return failure.value, failure
        return expected, inherits

    def _missing_fact(
        self, decision: Decision, belief: _Belief, key: str, place: int
    ) -> tuple[Value, Failure | None]:
        chance = self.job.figures.invent
        if self.job.allows_blank:
            chance = with_odds(chance, self.job.figures.not_found_odds)
        if self._draw("invent", belief.record.id, decision.index) >= chance:
            return None, None
        value = mistaken(decision.field, None, key, self._neighbour(decision, place))
        return value, Failure("no-source", None, value)

    def _expected(
        self, decision: Decision, belief: _Belief, truth: Value, place: int
    ) -> tuple[Value, Failure | None]:
        """What follows from what the intern has: the truth, or what wrong inputs make of it."""
        field, record = decision.field, belief.record
        computed = field.formula is not None or field.same_as is not None
        if not belief.has_text and not (computed and self._has_inputs(decision, belief)):
            return None, Failure("out-of-sight", None, None)
        if field.same_as is not None:
            return self._same_as(decision, belief, truth, place)
        if field.all_records and record.partner and record.partner not in self.present:
            return None, Failure("out-of-sight", None, None)
        wrong = [parent for parent in decision.parents if parent in belief.wrong]
        if not wrong:
            return truth, None
        value: Value
        if field.formula is not None:
            try:
                value = evaluate(field.formula, {**record.columns, **belief.values})
            except Uncomputable:
                value = None
        elif field.on_wrong_input == "copy":
            value = belief.values.get(wrong[0])
        elif field.on_wrong_input == "trap":
            traps = [trap for trap in record.traps if trap.field == field.name]
            value = traps[0].wrong if traps else None
        else:
            value = None
        if same(value, truth, field):
            return truth, None
        return value, Failure("inherited", None, value)

    def _has_inputs(self, decision: Decision, belief: _Belief) -> bool:
        return all(parent in belief.values for parent in decision.parents)

    def _same_as(
        self, decision: Decision, belief: _Belief, truth: Value, place: int
    ) -> tuple[Value, Failure | None]:
        """Key equality over the records of the call, on the values that the intern believes."""
        if isinstance(truth, str) and truth not in self.present:
            return None, Failure("out-of-sight", None, None)
        partner = next((b for b in self.beliefs if b.record.id == truth), None)
        if isinstance(truth, str):
            if partner is not None and self._agree(decision, belief, partner):
                return truth, None
            return None, Failure("inherited", None, None)
        for other in self.beliefs[:place]:
            if self._mistaken_parents(decision, belief, other) and self._agree(
                decision, belief, other
            ):
                return other.record.id, Failure("inherited", None, other.record.id)
        return truth, None

    def _mistaken_parents(self, decision: Decision, a: _Belief, b: _Belief) -> bool:
        return any(name in a.wrong or name in b.wrong for name in decision.parents)

    def _agree(self, decision: Decision, a: _Belief, b: _Belief) -> bool:
        rule = decision.field.same_as
        assert rule is not None
        for key in rule.keys:
            mine, other = self._known(a, key), self._known(b, key)
            if mine is None or canonical(mine, "text") != canonical(other, "text"):
                return False
        if rule.within_days is None or rule.on is None:
            return True
        try:
            apart = evaluate(
                "abs(days(a, b))", {"a": self._known(a, rule.on), "b": self._known(b, rule.on)}
            )
        except Uncomputable:
            return False
        return isinstance(apart, int | float) and apart <= rule.within_days

    def _known(self, belief: _Belief, name: str) -> Value:
        if name in belief.values:
            return belief.values[name]
        return belief.record.columns.get(name)

    def _untold(self, decision: Decision, record: Record) -> Failure | None:
        """Was each governing requirement understood, and is it followed on this record?"""
        for rule in decision.rules:
            trap = next(
                (
                    t for t in record.traps
                    if t.field == decision.field.name and t.needs == rule.requirement.id
                ),
                None,
            )  # fmt: skip
            if trap is not None:
                cause = self._falls(rule, decision, record, trap.luck)
                if cause is not None:
                    return Failure(cause, rule, trap.wrong)
            elif rule.requirement.over is not None:
                failure = self._too_broad(rule, record)
                if failure is not None:
                    return failure
        return None

    def _verdict(self, rule: Rule) -> Verdict:
        verdict = self.verdicts.get(rule.index)
        if verdict is None:
            verdict = self.verdicts[rule.index] = understood(rule, self.aside.draws, self.who)
        return verdict

    def _falls(self, rule: Rule, decision: Decision, record: Record, luck: float) -> Cause | None:
        f = self.job.figures
        verdict = self._verdict(rule)
        if verdict == "clear":
            u = self._draw("follow", record.id, rule.index)
            if u < rule.fails_alone:
                return "beyond-skill"
            if u < rule.fails:
                return "overloaded"
            return "in-one-leap" if u < with_odds(rule.fails, decision.leap) else None
        if verdict == "contradicted":
            right, cause = f.contradicted_luck, "contradicted"
        elif verdict == "conflict":
            right, cause = f.conflict_pick, "conflict"
        elif verdict == "vague":
            right, cause = min(1.0, luck + f.vague_bonus), "vague"
        else:
            right, cause = luck, verdict if verdict in ("buried", "distracted") else "unstated"
        # Two colleagues with the same gap share the blind spot: no `who` in this key.
        u = self.aside.draws("luck", record=record.id, about=rule.index)
        if u >= right:
            return cause  # type: ignore[return-value]
        return "in-one-leap" if u >= 1.0 - with_odds(1.0 - right, decision.leap) else None

    def _too_broad(self, rule: Rule, record: Record) -> Failure | None:
        verdict = self._verdict(rule)
        if verdict not in ("clear", "vague"):
            return None
        f = self.job.figures
        chance = f.over_broad
        if verdict == "vague":
            chance = with_odds(chance, f.over_broad_vague_odds)
        if self._draw("over", record.id, rule.index) >= chance:
            return None
        assert rule.requirement.over is not None
        try:
            value = evaluate(rule.requirement.over, {**record.columns, **record.truth})
        except Uncomputable:
            return None
        return None if value is None else Failure("vague", rule, value)

    def _unskilled(
        self, decision: Decision, belief: _Belief, key: str, place: int,
        hardness: Mapping[str, float], right: Value,
    ) -> Failure | None:  # fmt: skip
        """Was the fact found in the context, and can this intern do this work on this record?"""
        record = belief.record
        lost = decision.buried + decision.distracted
        if lost > 0.0:
            u = self._draw("context", record.id, decision.index)
            if u < lost:
                value = mistaken(decision.field, right, key, self._neighbour(decision, place))
                return Failure("buried" if u < decision.buried else "distracted", None, value)
        fails = 1.0 - hardness[record.id]
        if fails < 1e-9:
            return None
        leapt = with_odds(fails, decision.skill)
        u = self._draw("skill", record.id, decision.index)
        if u >= leapt:
            return None
        value = mistaken(decision.field, right, key, self._neighbour(decision, place))
        explicit = with_odds(fails, decision.skill / decision.leap)
        return Failure("beyond-skill" if u < explicit else "in-one-leap", None, value)

    def _neighbour(self, decision: Decision, place: int) -> Value:
        """The right value of the next record of the call: the usual thing to slip into."""
        if len(self.beliefs) < 2:
            return None
        record = self.beliefs[(place + 1) % len(self.beliefs)].record
        if decision.field.type == "record":
            return record.id
        return record.truth.get(decision.field.name)

    def _right(self, name: str, value: Value, record: Record) -> bool:
        return same(value, record.truth.get(name), self.scenario.field[name])

    def finish(self) -> Done:
        """The rows as the learner named them, and a slip for every result that is wrong."""
        for belief in self.beliefs:
            row: dict[str, Value] = {}
            for result in self.job.results:
                if result.field is None:
                    row[result.name] = "as discussed"
                    continue
                name = result.field.name
                value = belief.values.get(name)
                row[result.name] = result.tell(value)
                if name in belief.wrong:
                    self.done.slips += self._roots(belief, name, result.name)
            self.done.rows[belief.record.id] = row
        return self.done

    def _roots(self, belief: _Belief, name: str, result: str) -> list[Slip]:
        """The slips in the head of this call that made `name` wrong; else that it came in wrong."""
        own = belief.slips.get(name)
        if own is not None and own.cause != "inherited":
            return [own]
        asked = {r.field.name for r in self.job.results if r.field}
        roots: list[Slip] = []
        for parent in self.scenario.parents[name]:
            if parent in belief.slips and parent not in asked:
                roots += self._roots(belief, parent, result)
        truth = belief.record.truth.get(name)
        return roots or [
            Slip(belief.record.id, "inherited", result, name, None,
                 belief.values.get(name), truth, who=self.who)
        ]  # fmt: skip


def same(a: Value, b: Value, field: Field) -> bool:
    """Whether two values of a field are the same value."""
    if a is b or (type(a) is type(b) and a == b):
        return True
    return bool(canonical(a, field.type) == canonical(b, field.type))
