"""A line to an endpoint that speaks OpenAI's chat completions: asked, and asked again.

What is wrong with the endpoint is a trouble, told apart from what is wrong with a reply: a refusal
and an answer that was cut off are replies, though of no use.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage
from langchain_openai import ChatOpenAI
from openai import ContentFilterFinishReasonError, LengthFinishReasonError
from pydantic import SecretStr

from agents.models import trouble
from agents.models.account import Account, at_worst
from agents.models.trouble import Trouble
from scenarios.errors import InputError
from simulator.draws import uniform
from simulator.order import tokens_in
from simulator.scoring.evaluation import LIMIT

RETRIES = 3
SECRET = 16
"""Characters of a key from which on it is one: shorter ones are words that endpoints of one's own
are given for want of a key, and stand in honest replies."""
LONGEST_WAIT = 60.0
"""Seconds; an endpoint that asks for more is given up."""

Sleep = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, with what it took."""

    text: str
    tokens: int
    seconds: float
    usable: bool
    """False for a refusal and for a reply that was cut off."""


class Line:
    """A model at an endpoint. Opened by `dialing.dial`; `option` is how the user chose it."""

    def __init__(self, model: ChatOpenAI, *, option: str, sleep: Sleep) -> None:
        self.model = model
        self.option = option
        self._sleep = sleep
        self.account = Account()
        """What calls cost, and the most that they may."""
        self._not_taken: frozenset[str] = frozenset()
        self._way: int | None = None
        self._settling = Lock()
        self._counting = Lock()
        self._waits: Counter[str] = Counter()

    def ask(
        self, sent: Sequence[BaseMessage], options: Mapping[str, Any], over: Event,
        wages: float = 0.0,
    ) -> Reply | Trouble:  # fmt: skip
        """Send messages with options of the request, and again where that may help.

        An option that the endpoint does not take is left out, from then on. `wages` is money for
        1,000 tokens. Raises InputError where the key or the model is wrong.
        """
        wanted = {name: value for name, value in options.items() if name not in self._not_taken}
        for dropped in _fewer(tuple(wanted)):
            left = {name: value for name, value in wanted.items() if name not in dropped}
            got = self._request(sent, left, over, wages)
            if isinstance(got, Reply):
                self._not_taken |= dropped
            if isinstance(got, Reply) or got.kind != "rejected":
                break
        return got

    def ask_in_form(
        self, sent: Sequence[BaseMessage], ways: Mapping[str, Mapping[str, Any]], over: Event,
        wages: float = 0.0,
    ) -> Reply | Trouble:  # fmt: skip
        """As `ask`, for a reply in the first of some ways that the endpoint takes.

        Which one that is is found out once, while other calls wait for it, and noted.
        """
        with self._settling if self._way is None else nullcontext():
            names = list(ways)
            for place in range(self._way or 0, len(names)):
                got = self._request(sent, dict(ways[names[place]]), over, wages)
                if isinstance(got, Reply):
                    if place and self._way != place:
                        self.account.note(
                            f"The endpoint does not take {names[0]}: for the form of a reply it "
                            f"has {names[place]}."
                        )
                    self._way = place
                if isinstance(got, Reply) or got.kind != "rejected":
                    break
        return got

    def wrong(self, problem: str, mend: str) -> InputError:
        """The error that ends what needs this model."""
        named = f"openai:{self.model.model_name}"
        return InputError(f"{named}: {problem}", field=self.option, mend=mend)

    def _request(
        self, sent: Sequence[BaseMessage], options: dict[str, Any], over: Event, wages: float
    ) -> Reply | Trouble:
        retry = 0
        while True:
            got = self._pay(sent, options, over, wages)
            if isinstance(got, Reply):
                return got
            if got.kind == "wrong input":
                # Not raised where the client's error was caught: that one may hold the key.
                raise self.wrong(got.text, got.mend)
            wait = self._jitter(sent) * 2**retry if got.after is None else got.after
            if not got.again or retry == RETRIES or wait > LONGEST_WAIT:
                return got
            self._sleep(wait)
            if over.is_set():
                return got
            retry += 1

    def _jitter(self, sent: Sequence[BaseMessage]) -> float:
        """From 0.75 to 1: those that are turned away together do not come back together."""
        text = "\n".join(str(message.content) for message in sent)
        with self._counting:
            self._waits[text] += 1
            return 0.75 + 0.25 * uniform(f"{text}|{self._waits[text]}")

    def _pay(
        self, sent: Sequence[BaseMessage], options: dict[str, Any], over: Event, wages: float
    ) -> Reply | Trouble:
        worst = 0 if self.account.limit is None else at_worst(sent, options)
        if not self.account.reserve(worst, wages, over):
            return Trouble("fault", LIMIT)
        took = worst
        try:
            got = self._try(sent, options)
            # Whether an endpoint bills what it was too slow for is not known.
            if isinstance(got, Reply):
                took = got.tokens
            elif got.text != trouble.TIMED_OUT:
                took = 0
        finally:
            self.account.settle(worst, took, wages)
        return got

    def _try(self, sent: Sequence[BaseMessage], options: dict[str, Any]) -> Reply | Trouble:
        start = time.perf_counter()
        try:
            message = self.model.invoke(list(sent), **options)
        except (LengthFinishReasonError, ContentFilterFinishReasonError) as error:
            usage = error.completion.usage if error.completion else None
            tokens = usage.total_tokens if usage else _tokens(sent)
            return Reply("", tokens, time.perf_counter() - start, usable=False)
        except Exception as error:
            return trouble.read(error)
        seconds = time.perf_counter() - start
        refusal = message.additional_kwargs.get("refusal")
        text = self._without_key(_called(message) or message.text or str(refusal or ""))
        ended = message.response_metadata.get("finish_reason")
        usage_given = message.usage_metadata
        tokens = usage_given["total_tokens"] if usage_given else _tokens(sent) + tokens_in(text)
        usable = not refusal and ended not in ("length", "content_filter")
        return Reply(text, tokens, seconds, usable)

    def _without_key(self, text: str) -> str:
        """What an endpoint wrote, which may quote the key back."""
        secret = self.model.openai_api_key
        key = secret.get_secret_value() if isinstance(secret, SecretStr) else ""
        return text if len(key) < SECRET else text.replace(key, "[key]")


def _fewer(options: Sequence[str]) -> Iterator[frozenset[str]]:
    """What to leave out, one go after the other: nothing, each option alone, all of them."""
    yield frozenset()
    if len(options) > 1:
        yield from (frozenset({name}) for name in options)
    if options:
        yield frozenset(options)


def _called(message: AIMessage) -> str:
    """What was written into a tool call, '' for none."""
    if message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"], ensure_ascii=False)
    return str(message.invalid_tool_calls[0]["args"] or "") if message.invalid_tool_calls else ""


def _tokens(sent: Sequence[BaseMessage]) -> int:
    return sum(tokens_in(str(message.content)) for message in sent)
