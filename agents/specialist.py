"""A specialist at a desk: trained on the solved records of its orders, and simulated."""

from __future__ import annotations

from collections.abc import Sequence

from agents.colleague import Answered, Call, messages
from scenarios.persona import Persona
from simulator import reply
from simulator.behaviour.trained import classify
from simulator.order import item_text, tokens_in
from simulator.received import parse_head, parse_items, split_message


class SpecialistColleague:
    """Answers from the messages that it is sent; paid by the record, and not for what it learnt."""

    simulated = True
    at_once = 1

    def __init__(self, persona: Persona) -> None:
        self.persona = persona

    def answer(self, calls: Sequence[Call]) -> list[Answered]:
        return [self._answer(call) for call in calls]

    def _answer(self, call: Call) -> Answered:
        system, human = (str(message.content) for message in messages(call.order))
        head, items = split_message(human)
        done = classify(self.persona, call.aside, parse_head(system, head), parse_items(items))
        text = reply.write(done.rows, broken=False, bare=True)
        # The solved records were read when it was trained: that is in its fee.
        tokens = sum(tokens_in(item_text(item)) for item in call.order.items) + tokens_in(text)
        return Answered(
            reply.parse(text), tokens, 1, tokens / 1000 * self.persona.seconds,
            tokens / 1000 * self.persona.price, slips=done.slips, text=text,
        )  # fmt: skip
