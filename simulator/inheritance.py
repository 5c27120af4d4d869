"""What follows from what an intern has: the truth, or what wrong inputs make of it."""

from __future__ import annotations

from scenarios.expressions import Uncomputable, evaluate
from scenarios.model import Value
from scenarios.values import canonical
from simulator.belief import Belief, Call, Failure, same
from simulator.job import Decision


def expected(
    call: Call, decision: Decision, belief: Belief, place: int
) -> tuple[Value, Failure | None]:
    """What follows from what the intern has: the truth, or what wrong inputs make of it."""
    field, record = decision.field, belief.record
    truth = record.truth.get(field.name)
    computed = field.formula is not None or field.same_as is not None
    if not belief.has_text and not (computed and _has_inputs(decision, belief)):
        return None, Failure("out-of-sight", None, None)
    if field.same_as is not None:
        return _same_as(call, decision, belief, truth, place)
    if field.all_records and record.partner and record.partner not in call.present:
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


def _has_inputs(decision: Decision, belief: Belief) -> bool:
    return all(parent in belief.values for parent in decision.parents)


def _same_as(
    call: Call, decision: Decision, belief: Belief, truth: Value, place: int
) -> tuple[Value, Failure | None]:
    """Key equality over the records of the call, on the values that the intern believes."""
    if isinstance(truth, str) and truth not in call.present:
        return None, Failure("out-of-sight", None, None)
    partner = next((b for b in call.beliefs if b.record.id == truth), None)
    if isinstance(truth, str):
        if partner is not None and _agree(decision, belief, partner):
            return truth, None
        return None, Failure("inherited", None, None)
    for other in call.beliefs[:place]:
        if _mistaken_parents(decision, belief, other) and _agree(decision, belief, other):
            return other.record.id, Failure("inherited", None, other.record.id)
    return truth, None


def _mistaken_parents(decision: Decision, a: Belief, b: Belief) -> bool:
    return any(name in a.wrong or name in b.wrong for name in decision.parents)


def _agree(decision: Decision, a: Belief, b: Belief) -> bool:
    rule = decision.field.same_as
    assert rule is not None
    for key in rule.keys:
        mine, other = _known(a, key), _known(b, key)
        if mine is None or canonical(mine, "text") != canonical(other, "text"):
            return False
    if rule.within_days is None or rule.on is None:
        return True
    try:
        apart = evaluate("abs(days(a, b))", {"a": _known(a, rule.on), "b": _known(b, rule.on)})
    except Uncomputable:
        return False
    return isinstance(apart, int | float) and apart <= rule.within_days


def _known(belief: Belief, name: str) -> Value:
    if name in belief.values:
        return belief.values[name]
    return belief.record.columns.get(name)
