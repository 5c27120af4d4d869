"""What follows from what an intern has: the truth, or what wrong inputs make of it."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.language.expressions import Uncomputable, evaluate
from scenarios.language.values import canonical, group_totals
from scenarios.model import Value
from scenarios.scenario import Field
from simulator.behaviour.belief import Belief, Call, Failure, same
from simulator.behaviour.failures import missing_fact
from simulator.behaviour.job import Decision
from simulator.sought import in_reach


def expected(
    call: Call, decision: Decision, belief: Belief, place: int
) -> tuple[Value, Failure | None]:
    """What follows from what the intern has: the truth, or what wrong inputs make of it."""
    field, record = decision.field, belief.record
    truth = record.truth.get(field.name)
    if field.name in record.found_in:
        if not in_reach(call, belief, field.name):
            made_up, _ = missing_fact(call, decision, belief, place)
            return made_up, Failure("out-of-sight", None, made_up)
    elif not belief.has_text and not (_follows(field) and _has_inputs(decision, belief)):
        return None, Failure("out-of-sight", None, None)
    if field.look_in and call.job.papers.isdisjoint(field.look_in):
        return None, Failure("out-of-sight", None, None)
    if field.same_as is not None:
        return _same_as(call, decision, belief, truth, place)
    if field.group is not None:
        return _group(call, decision, belief, truth)
    if field.all_records and record.partner and record.partner not in call.present:
        return None, Failure("out-of-sight", None, None)
    wrong = [parent for parent in decision.parents if parent in belief.wrong]
    if not wrong:
        return truth, None
    value = _worked_out(decision, belief, wrong)
    if same(value, truth, field):
        return truth, None
    return value, Failure("inherited", None, value)


def _worked_out(decision: Decision, belief: Belief, wrong: Sequence[str]) -> Value:
    """What an intern makes of the inputs that it has, some of which are `wrong`."""
    field, record = decision.field, belief.record
    if field.formula is not None:
        try:
            return evaluate(field.formula, {**record.columns, **belief.values})
        except Uncomputable:
            return None
    if field.on_wrong_input == "copy":
        return belief.values.get(wrong[0])
    if field.on_wrong_input == "trap":
        return next((trap.wrong for trap in record.traps if trap.field == field.name), None)
    return None


def _follows(field: Field) -> bool:
    """Whether its inputs are all that it takes, so that nobody needs the text as well."""
    return bool(field.formula is not None or field.same_as or field.group or field.points)


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


def _group(
    call: Call, decision: Decision, belief: Belief, truth: Value
) -> tuple[Value, Failure | None]:
    """The total over the records of the call that agree on what the intern believes of them."""
    group = decision.field.group
    assert group is not None
    family = call.scenario.family[belief.record.id]
    if not family <= call.present:
        return None, Failure("out-of-sight", None, None)
    known = {one.record.id: one for one in call.beliefs}
    left_out = not family <= known.keys()
    if not left_out and not any(_matters(decision, belief, one, family) for one in call.beliefs):
        return truth, None
    keys = {
        id_: tuple(canonical(_known(one, key), "text") for key in group.keys)
        for id_, one in known.items()
    }
    dates = {id_: _known(one, group.on) for id_, one in known.items()} if group.on else None
    amounts = (
        {id_: _known(one, group.total_of) for id_, one in known.items()} if group.total_of else None
    )
    value = group_totals(keys, dates, group.within_days, amounts)[belief.record.id]
    if same(value, truth, decision.field):
        return truth, None
    return value, Failure("skipped" if left_out else "inherited", None, value)


def _matters(decision: Decision, mine: Belief, other: Belief, family: frozenset[str]) -> bool:
    """Whether what is wrong about `other` may move the total of `mine`."""
    group = decision.field.group
    assert group is not None
    if not any(name in other.wrong for name in decision.parents):
        return False
    return other.record.id in family or all(
        canonical(_known(mine, key), "text") == canonical(_known(other, key), "text")
        for key in group.keys
    )


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
