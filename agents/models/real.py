"""A colleague who is a real model, behind any endpoint that speaks OpenAI's chat completions.

They get the messages that a simulated intern gets. What is wrong with the endpoint is a fault,
told apart from what is wrong with a reply: a refusal, a truncated answer or broken JSON is the
colleague's own, asked for once more and then lost.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from threading import Event

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_openai import ChatOpenAI

from agents.colleague import AGAIN, Answered, Call, messages
from agents.hands import side_by_side
from agents.models import forms
from agents.models.account import Account
from agents.models.dialing import AT_ONCE, TIMEOUT, dial
from agents.models.line import Line, Sleep
from agents.models.trouble import Trouble
from scenarios.persona import Persona


class RealColleague:
    """A colleague whose chat model is a real one. Built by `hire`."""

    simulated = False

    def __init__(self, persona: Persona, line: Line, *, max_concurrency: int) -> None:
        self.persona = persona
        self._line = line
        self.at_once = max_concurrency

    @property
    def model(self) -> ChatOpenAI:
        return self._line.model

    @property
    def account(self) -> Account:
        """What its calls cost, with what it was found that its endpoint does not take."""
        return self._line.account

    def answer(self, calls: Sequence[Call]) -> list[Answered]:
        """Answer each call. Money is the game's: tokens at the persona's price.

        Seconds are those that the endpoint took. Where it failed for good, the answer has a
        `fault`. Raises InputError where the key or the model is wrong.
        """
        return side_by_side(self._answer, calls, self.at_once)

    def _answer(self, call: Call, over: Event) -> Answered:
        sent: list[BaseMessage] = [*messages(call.order)]
        head = call.order.head
        ways = forms.ways(head) if head.enforce_schema and not head.asks else {}
        wages = self.persona.price
        answered = Answered(None)
        if call.begun is not None:
            answered = replace(call.begun)
            sent += _again(answered)
        for _ in range(2 - answered.calls):
            if ways:
                got = self._line.ask_in_form(sent, ways, over, wages)
            else:
                got = self._line.ask(sent, {}, over, wages)
            if isinstance(got, Trouble):
                answered.text = got.text
                if got.kind != "unanswerable":
                    answered.fault = got.text
                break
            answered.calls += 1
            answered.tokens += got.tokens
            answered.seconds += got.seconds
            answered.text = got.text
            answered.rows = forms.rows(got.text, by_line=bool(head.rows)) if got.usable else None
            answered.ask(head)
            if answered.rows is not None or answered.question:
                break
            if call.unread is not None and answered.calls == 1:
                call.unread(answered)
            sent = [*sent, *_again(answered)]
        answered.cost = answered.tokens / 1000 * self.persona.price
        return answered


def _again(unread: Answered) -> list[BaseMessage]:
    """What follows a reply that cannot be read."""
    # Some endpoints do not take a message without text.
    return [AIMessage(content=unread.text or "(nothing)"), HumanMessage(content=AGAIN)]


def hire(
    persona: Persona,
    model_name: str,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    timeout: float = TIMEOUT,
    max_concurrency: int = AT_ONCE,
    sleep: Sleep = time.sleep,
) -> RealColleague:
    """Put a real model at the desk of `persona`.

    Where requests go, what needs a key, and what InputError is raised is as with `dial`.
    """
    line = dial(
        model_name,
        option="--model",
        base_url=base_url,
        api_key=api_key,
        timeout=timeout,
        sleep=sleep,
    )
    return RealColleague(persona, line, max_concurrency=max_concurrency)
