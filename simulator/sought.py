"""Facts that stand in a collection: whether they are in reach, and what lies around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scenarios.language.values import folded
from scenarios.scenario import Citation, Record
from simulator.behaviour.belief import Belief, Call
from simulator.behaviour.job import Decision
from simulator.behaviour.telling import distracted, length_loss
from simulator.order import Paper, tokens_in


def in_reach(call: Call, belief: Belief, field: str) -> bool:
    """Whether one of the places that state a fact is among the record's passages, or attached."""
    cited = belief.record.found_in[field]
    return any(one.document in call.job.papers for one in cited) or _stated(cited, belief.passages)


def brought(record: Record, passages: Sequence[Paper]) -> tuple[str, ...]:
    """The fields of a record whose facts are stated in some passages."""
    return tuple(name for name, cited in record.found_in.items() if _stated(cited, passages))


def lost(call: Call, decision: Decision, belief: Belief) -> tuple[float, float]:
    """The chances that a fact is buried among a record's passages, or led astray by them.

    Both are 0 for what is not looked for in a collection. Passages without the fact distract like
    papers that are of no use.
    """
    field, f = decision.field, call.job.figures
    if not belief.passages or field.name not in belief.record.found_in:
        return decision.buried, decision.distracted
    cited = belief.record.found_in[field.name]
    useless = 0.0
    for one in belief.passages:
        if not any(place.document == one.id and _has(one, place.quote) for place in cited):
            paper = call.scenario.document.get(one.id)
            useless += f.off_topic if paper is None or paper.noise else 1.0
    context = sum(tokens_in(one.text) for one in belief.passages) / 1000
    buried = length_loss(f, field, context)
    astray = distracted(f, useless, ignore=call.job.ignores)
    return (
        1.0 - (1.0 - decision.buried) * (1.0 - buried),
        1.0 - (1.0 - decision.distracted) * (1.0 - astray),
    )


def _stated(cited: Iterable[Citation], passages: Sequence[Paper]) -> bool:
    """Whether a fact is in one of the passages, in any of its places."""
    return any(
        one.id == place.document and _has(one, place.quote) for place in cited for one in passages
    )


def _has(passage: Paper, quote: str) -> bool:
    return folded(quote) in folded(passage.text)
