"""The ways in which a decision fails although everything it takes is there.

One uniform number is drawn for each question; where several reasons share a question they are
bands of that number, the innermost being what would have failed all the same.
"""

from __future__ import annotations

from scenarios.language.expressions import Uncomputable, evaluate
from scenarios.model import Value
from scenarios.scenario import Injection, Record
from simulator.behaviour.belief import Belief, Call, Failure
from simulator.behaviour.job import Decision
from simulator.behaviour.telling import Rule
from simulator.parameters import with_odds
from simulator.slip import Cause
from simulator.sought import lost


def injected(call: Call, decision: Decision, belief: Belief) -> Failure | None:
    """Does an instruction inside the data take over?"""
    field = decision.field.name
    injection = next((one for one in belief.record.injections if one.field == field), None)
    if injection is None or not belief.has_text or not _in_call(call, injection):
        return None
    chance = injection.base if injection.base is not None else call.job.figures.injected
    if call.job.guards_data:
        chance *= call.job.figures.data_guard
    if call.job.restates_task:
        chance *= call.job.figures.restate_guard
    if call.draw("injected", belief.record.id, decision.index) >= chance:
        return None
    return Failure("injected", None, injection.wrong)


def _in_call(call: Call, injection: Injection) -> bool:
    """Whether the text that gives the order is in the call: the record's own, or a planter's."""
    planter = injection.planted_by
    if planter is None:
        return True
    return not call.present.isdisjoint(call.scenario.members.get(planter, (planter,)))


def missing_fact(
    call: Call, decision: Decision, belief: Belief, place: int
) -> tuple[Value, Failure | None]:
    """Is the fact there to be found? If not, it is left blank, or something is made up."""
    chance = call.job.figures.invent
    if call.job.allows_blank:
        chance = with_odds(chance, call.job.figures.not_found_odds)
    if call.draw("invent", belief.record.id, decision.index) >= chance:
        return None, None
    value = call.mistake(decision, belief, place, None)
    return value, Failure("no-source", None, value)


def untold(call: Call, decision: Decision, record: Record) -> Failure | None:
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
            if trap.who and call.who not in trap.who:
                continue
            cause = _falls(call, rule, decision, record, trap.luck)
            needed = rule.requirement.id
            if cause is not None and not call.aside.spares(cause, decision.field.name, needed):
                return Failure(cause, rule, trap.wrong)
        elif rule.requirement.over is not None:
            failure = _too_broad(call, rule, record)
            if failure is not None:
                return failure
    return None


def _falls(call: Call, rule: Rule, decision: Decision, record: Record, luck: float) -> Cause | None:
    f = call.job.figures
    verdict = call.verdict(rule)
    if verdict == "clear":
        u = call.draw("follow", record.id, rule.index)
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
    u = call.aside.draws("luck", record=record.id, about=rule.index)
    if u >= right:
        return cause  # type: ignore[return-value]
    return "in-one-leap" if u >= 1.0 - with_odds(1.0 - right, decision.leap) else None


def _too_broad(call: Call, rule: Rule, record: Record) -> Failure | None:
    verdict = call.verdict(rule)
    about = rule.requirement
    if verdict not in ("clear", "vague") or call.aside.spares("vague", about.governs, about.id):
        return None
    f = call.job.figures
    chance = f.over_broad
    if verdict == "vague":
        chance = with_odds(chance, f.over_broad_vague_odds)
    if call.draw("over", record.id, rule.index) >= chance:
        return None
    assert rule.requirement.over is not None
    try:
        value = evaluate(rule.requirement.over, {**record.columns, **record.truth})
    except Uncomputable:
        return None
    return None if value is None else Failure("vague", rule, value)


def unskilled(
    call: Call, decision: Decision, belief: Belief, place: int, ease: float, right: Value
) -> Failure | None:
    """Was the fact found in the context, and can this intern do this work on this record?

    `ease` is the chance that its tier gets this decision right on this record.
    """
    record = belief.record
    buried, distracted = lost(call, decision, belief)
    if buried + distracted > 0.0:
        u = call.draw("context", record.id, decision.index)
        cause: Cause = "buried" if u < buried else "distracted"
        if u < buried + distracted and not call.aside.spares(cause, decision.field.name):
            return Failure(cause, None, call.mistake(decision, belief, place, right))
    fails = 1.0 - ease
    if fails < NEVER:
        return None
    u = call.draw("skill", record.id, decision.index)
    if u >= with_odds(fails, decision.skill):
        return None
    explicit = with_odds(fails, decision.skill / decision.leap)
    cause = "beyond-skill" if u < explicit else "in-one-leap"
    if call.aside.spares(cause, decision.field.name):
        return None
    return Failure(cause, None, call.mistake(decision, belief, place, right))


NEVER = 1e-9
"""Below this a chance is not worth drawing for."""
