"""Whether each part of the expert's plan matters: it is taken out, and the plan does worse."""

from __future__ import annotations

from collections.abc import Iterator

from agents.gate.bench import Bench
from agents.gate.finding import Finding
from agents.gate.subject import Subject
from scenarios.plans.removals import Removal, plan_without
from simulator.scoring.evaluation import paired

FILE = "plans/removals.yaml"
MORE = 5
"""So many times the trials are run where those of the gate leave it open."""


def matters(subject: Subject, plan: str, removal: Removal, bench: Bench) -> Iterator[Finding]:
    """Nothing where the plan without it loses more, or is accepted less often, and not by luck.

    A requirement that does not matter fails; an example, a document or a control is to be looked
    at: it may guard against what is rare.
    """
    less = plan_without(subject.folder / "plans", plan, removal, subject.scenario, subject.cast)
    lost = 0.0
    for trials in (bench.trials, MORE * bench.trials):
        here = bench.on(bench.lot, seed=bench.seed, trials=trials)
        before, after = here.run(subject.plans[plan]), here.run(less)
        loss, accepted = paired(before, after, "loss"), paired(before, after, "accepted")
        if (loss.low or 0.0) > 0 or (accepted.high or 0.0) < 0:
            return
        lost = loss.mean
        if (loss.low, loss.high, accepted.mean) == (0.0, 0.0, 0.0):
            break  # nothing differs at all: more of the same would not tell more
    rule = subject.scenario.requirement.get(removal.requirement or "")
    what = f'the rule "{rule.statement}"' if rule else removal.name
    says = (
        f"Plan '{plan}' does as well without {what}: {lost:+.2f} lost a trial, which is nothing "
        f"that {trials} trials can tell from luck."
    )
    mend = (
        "Put traps on records that need the rule, mend the removal so that it cuts all that tells "
        "it, or delete the rule."
        if rule
        else "Take it out of the plan, or leave it where it guards against what is rare."
    )
    yield subject.files.finding("matters", says, mend, file=FILE, fails=rule is not None)


def unlisted(subject: Subject, rule: str) -> Finding:
    """A rule of which no removal says what carries it."""
    statement = subject.scenario.requirement[rule].statement
    says = f"Nothing says what carries the rule \"{statement}\" in plan 'expert', so that nobody "
    says += "can tell whether it matters."
    mend = f"Add `requirement: {rule}` with the edits that cut it out of the plan's text."
    return subject.files.finding("matters", says, mend, file=FILE)
