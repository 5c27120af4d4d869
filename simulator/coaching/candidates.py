"""Which edits are worth trying: by the causes that lost most, and by nothing else.

No reference plan is looked at: the coach works on a scenario that has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.persona import Persona
from simulator.coaching.approving import approve
from simulator.coaching.change import Change
from simulator.coaching.checking import check, drop
from simulator.coaching.coding import code
from simulator.coaching.computing import compute
from simulator.coaching.looking import look
from simulator.coaching.telling import tell
from simulator.coaching.working import widen, work
from simulator.scoring.evaluation import Evaluation
from simulator.slip import SlipKey


def changes(
    evaluation: Evaluation, cast: Mapping[str, Persona], *, causes: int, after: int = 0
) -> Iterator[Change]:
    """Candidate edits for the causes that lost most, each plan once.

    Of `causes` causes, without the `after` dearer ones. What shows in several results of a step
    counts as one, and what nothing can be tried for does not count.
    """
    seen = {evaluation.plan.model_dump_json()}
    fruitful: set[tuple[object, ...]] = set()
    # What nobody approved loses no money, and fails a trial all the same.
    for key in sorted(evaluation.blame, key=lambda one: one.cause != "unapproved"):
        if len(fruitful) == after + causes:
            break
        fresh = []
        for change in _for_cause(evaluation, cast, key):
            mark = change.plan.model_dump_json()
            if mark not in seen:
                seen.add(mark)
                fresh.append(change)
        if key.cause == "unapproved":
            yield from fresh if not after else ()
        elif fresh:
            fruitful.add((key.cause, key.step, key.requirement))
            if len(fruitful) > after:
                yield from fresh


def _for_cause(
    evaluation: Evaluation, cast: Mapping[str, Persona], key: SlipKey
) -> Iterator[Change]:
    step = evaluation.plan.step.get(key.step)
    if step is None:
        return
    if step.is_code:
        yield from code(evaluation, step, cast, key)
    else:
        yield from tell(evaluation, step, key)
        yield from compute(evaluation, step, key)
        yield from work(evaluation, step, cast, key)
        yield from look(evaluation, step, cast, key)
        yield from check(evaluation, step, key)
    yield from widen(evaluation.plan, step, key)
    yield from approve(evaluation, step, key)
    yield from drop(evaluation, step, key)
