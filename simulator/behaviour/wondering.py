"""What an intern asks before it starts, if anything: it notices few of the rules that it lacks.

Its question names a result or a sentence of the learner's, or a record that lies before it. It
never offers a rule, a value or a name that the learner did not write.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulator.backbrief import QUESTION
from simulator.behaviour.belief import Aside
from simulator.behaviour.job import Decision, Job
from simulator.behaviour.telling import Rule, understood


class Wondered(NamedTuple):
    """A question, and the learner's result that it is about; '' where it is about none."""

    question: str
    about: str


BESIDE = "In which order do you want the answers?"
"""What is asked by somebody who notices that something is amiss, and not what."""


def wonder(job: Job, aside: Aside, records: Sequence[str]) -> Wondered | None:
    """The question to put before working on `records`; None where nothing is noticed.

    A rule that is not understood is noticed with the tier's `asks`, once a trial and colleague, if
    a sentence is about it or one of the records depends on it; a question about what was noticed
    asks for that with `asks_right`, and else for something beside the point [5].
    """
    for decision in job.decisions:
        for rule in decision.rules:
            asked = _lacking(job, aside, decision, rule, records)
            if asked is not None and _drawn("ask", job, aside, rule) < job.figures.asks:
                right = _drawn("ask-right", job, aside, rule) < job.figures.asks_right
                return asked if right else Wondered(BESIDE, "")
    return None


def _drawn(mechanism: str, job: Job, aside: Aside, rule: Rule) -> float:
    return aside.draws(mechanism, about=rule.index, who=job.persona.id)


def _lacking(
    job: Job, aside: Aside, decision: Decision, rule: Rule, records: Sequence[str]
) -> Wondered | None:
    """What would be asked about a rule, if it is not known and there is anything to show it."""
    verdict = understood(rule, aside.draws, job.persona.id)
    about = job.shown_in.get(decision.field.name)
    if about is None or verdict not in ("absent", "vague"):
        return None
    if verdict == "vague" and rule.words:
        return Wondered(f'About {about}: you wrote "{rule.words}" {QUESTION}', about)
    for name in records:
        record = aside.scenario.record[name]
        if any(trap.needs == rule.requirement.id for trap in record.traps):
            thing = record.source or name
            return Wondered(f"About {about}: {thing} is not like the others. {QUESTION}", about)
    return None
