"""A colleague at a desk: a chat model that is given work orders, and whose replies are parsed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from scenarios.model import Value
from scenarios.persona import Persona
from simulator import reply
from simulator.behaviour.belief import Aside
from simulator.order import Head, WorkOrder, human_message, system_message, tokens_in
from simulator.slip import Slip
from simulator.text_reader import LOCAL, TextReader

AGAIN = "That could not be read as JSON. Send the whole JSON array again, and nothing else."


@dataclass(frozen=True, slots=True)
class Call:
    """One work order of one trial. `aside` is what a simulated intern gets beside its messages."""

    order: WorkOrder
    aside: Aside
    begun: Answered | None = None
    """A reply that could not be read, where the call was cut off after it: it is asked again."""
    unread: Callable[[Answered], None] | None = None
    """Who is told of such a reply before it is asked again."""


@dataclass(slots=True)
class Answered:
    """What came back from a call, and what it took. `rows` is None where nothing could be read."""

    rows: Mapping[str, Mapping[str, Value]] | None
    tokens: int = 0
    calls: int = 0
    seconds: float = 0.0
    cost: float = 0.0
    fault: str = ""
    slips: Sequence[Slip] = ()
    kept: frozenset[str] = frozenset()
    adopted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""
    question: str = ""
    """What it asks instead of doing anything, where it may."""
    about: str = ""
    """The key that the question is about, as it says."""
    extra: Mapping[str, Sequence[Mapping[str, Value]]] = field(default_factory=dict)
    """Rows that it has where there is none to find, by the record that was searched."""

    def ask(self, head: Head) -> None:
        """Take a reply without rows for a question, if it is one and may be."""
        if self.rows is None and head.asks:
            self.question, self.about = reply.question(self.text) or ("", "")


class Colleague(Protocol):
    """Somebody who answers work orders."""

    persona: Persona
    simulated: bool
    at_once: int
    """How many calls it answers side by side."""

    def answer(self, calls: Sequence[Call]) -> list[Answered]:
        """Answer each call; replies that cannot be parsed are asked for once more, and paid."""
        ...


class SimulatedColleague:
    """A colleague whose chat model is the simulated intern."""

    simulated = True
    at_once = 1

    def __init__(self, persona: Persona, texts: TextReader = LOCAL) -> None:
        from agents.intern import SimulatedIntern

        self.persona = persona
        self.model = SimulatedIntern(persona=persona, texts=texts)

    def answer(self, calls: Sequence[Call]) -> list[Answered]:
        return [self._answer(call) for call in calls]

    def _answer(self, call: Call) -> Answered:
        system, human = messages(call.order)
        config: Any = {"configurable": {"aside": call.aside}}
        sent: list[BaseMessage] = [system, human]
        answered, by_line = Answered(None), bool(call.order.head.rows)
        for _ in range(2):
            message = self.model.invoke(sent, config)
            text = str(message.content)
            answered.tokens += sum(tokens_in(str(m.content)) for m in sent) + tokens_in(text)
            answered.calls += 1
            answered.rows, answered.text = reply.parse(text, by_line=by_line), text
            meta = message.response_metadata
            answered.slips = meta.get("slips", ())
            answered.kept = meta.get("kept", frozenset())
            answered.adopted = meta.get("adopted", {})
            answered.ask(call.order.head)
            if answered.rows is not None or answered.question:
                break
            sent = [*sent, AIMessage(content=text), HumanMessage(content=AGAIN)]
        answered.cost = answered.tokens / 1000 * self.persona.price
        answered.seconds = answered.tokens / 1000 * self.persona.seconds
        return answered


@lru_cache(maxsize=4096)
def _system(text: str) -> SystemMessage:
    return SystemMessage(content=text)


@lru_cache(maxsize=4096)
def _human(text: str) -> HumanMessage:
    return HumanMessage(content=text)


def messages(order: WorkOrder) -> tuple[SystemMessage, HumanMessage]:
    """The chat messages of a work order: the same whoever answers."""
    return _system(system_message(order.persona, order.head)), _human(human_message(order))
