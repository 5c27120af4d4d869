"""The backbrief: what each intern took from its instructions, in the learner's own words.

It shows what is unclear and what was misread. It never shows what the learner left out: nothing in
it is a rule, a value or a name that the learner did not write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from scenarios.model import Value
from scenarios.persona import Persona
from scenarios.plans.plan import Plan, Step
from scenarios.scenario import Scenario
from simulator.behaviour.telling import load
from simulator.behaviour.trained import learnt
from simulator.blueprint import Blueprint
from simulator.debriefing.attribution import on_true_inputs
from simulator.meaning import MATCHED, Meaning, meaning
from simulator.order import Asked, Head
from simulator.parameters import span_of
from simulator.reading import SentenceReading, count_rules, match
from simulator.rows import previewed
from simulator.staffing import staffed
from simulator.text_reader import LOCAL, TextReader

CLEAR = 0.85
"""The least probability at which an intern says that a sentence is clear."""
QUESTION = "What exactly should I do there?"

Sureness = Literal["clear", "fairly", "unsure", "noted"]
SAYS: Mapping[Sureness, str] = {
    "clear": "clear to me",
    "fairly": "I think so",
    "unsure": QUESTION,
    "noted": "noted; nothing to do there",
}
"""How sure an intern is of a sentence, in its words."""


@dataclass(frozen=True, slots=True)
class SentenceBrief:
    """A sentence of the instructions, verbatim, and how sure the intern is of it."""

    words: str
    sure: Sureness


@dataclass(frozen=True, slots=True)
class ResultBrief:
    """Whether the intern knows what a result is; `unpaired` are choices it cannot tell apart."""

    name: str
    known: bool
    unpaired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OperationBrief:
    """What an operation of code gives on each preview record, if all that it reads is right."""

    name: str
    gives: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class StepBrief:
    """What one colleague took from one step. `load` is the rules they count, `span` their limit."""

    step: str
    who: Persona
    role: Literal["work", "review"]
    sentences: tuple[SentenceBrief, ...] = ()
    results: tuple[ResultBrief, ...] = ()
    operations: tuple[OperationBrief, ...] = ()
    learnt: tuple[tuple[Value, int], ...] = ()
    """Of a specialist: the answers that it was shown, each with how often."""
    load: int = 0
    span: int | None = None


def backbrief(
    scenario: Scenario, plan: Plan, cast: Mapping[str, Persona], texts: TextReader = LOCAL
) -> list[StepBrief]:
    """What everybody who is given a step or a review took from it, in the plan's order."""
    cast = staffed(cast, plan)
    return [brief for step in plan.steps for brief in _briefs(scenario, plan, step, cast, texts)]


def _briefs(
    scenario: Scenario, plan: Plan, step: Step, cast: Mapping[str, Persona], texts: TextReader
) -> Iterator[StepBrief]:
    reviewer = cast[step.review.by] if step.review else None
    blueprint = Blueprint(scenario, plan, step, cast[step.assignee], reviewer)
    if step.is_code:
        yield _code(blueprint)
    elif blueprint.specialist is not None:
        yield StepBrief(step.id, blueprint.persona, "work", learnt=learnt(scenario, blueprint.head))
    elif not step.is_you:
        yield _intern(blueprint, blueprint.persona, blueprint.head, "work", texts)
    if reviewer is not None and reviewer.kind == "intern":
        yield _intern(blueprint, reviewer, blueprint.review_head, "review", texts)


def _intern(
    blueprint: Blueprint, who: Persona, head: Head, role: Literal["work", "review"],
    texts: TextReader,
) -> StepBrief:  # fmt: skip
    scenario = blueprint.scenario
    assert who.tier is not None
    sentences = texts.read_sentences(head.instructions, scenario.requirements)
    return StepBrief(
        blueprint.step.id, who, role,
        tuple(map(_sentence, sentences)),
        tuple(_result(meaning(scenario, asked), asked) for asked in head.asked),
        load=load(scenario, head), span=span_of(who),
    )  # fmt: skip


def _sentence(reading: SentenceReading) -> SentenceBrief:
    words = reading.sentence.text
    on_topic = [one for one in reading.readings if one.absent < 0.5]
    if not on_topic:
        return SentenceBrief(words, "clear" if count_rules(words) else "noted")
    # To be told the opposite is to be told clearly.
    sure = max(max(one.clear, one.contradicted) for one in on_topic)
    return SentenceBrief(words, "clear" if sure >= CLEAR else "fairly" if sure >= 0.5 else "unsure")


def _result(means: Meaning, asked: Asked) -> ResultBrief:
    field = means.field
    if field is None or not field.choices:
        return ResultBrief(asked.name, field is not None)
    known = tuple((choice.value.replace("_", " "), *choice.known_as) for choice in field.choices)
    unpaired = (word for word in asked.choices if max(match(word, known)) < MATCHED)
    return ResultBrief(asked.name, True, tuple(unpaired))


def _code(blueprint: Blueprint) -> StepBrief:
    preview = previewed(blueprint.scenario)
    made = on_true_inputs(blueprint, preview)
    names = dict.fromkeys(operation.set for operation in blueprint.step.does)
    operations = tuple(
        OperationBrief(name, tuple((record, made[record].get(name)) for record in preview))
        for name in names
    )
    return StepBrief(blueprint.step.id, blueprint.persona, "work", operations=operations)
