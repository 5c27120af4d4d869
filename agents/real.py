"""A colleague who is a real model, behind any endpoint that speaks OpenAI's chat completions.

They get the messages that a simulated intern gets. What is wrong with the endpoint is a fault,
told apart from what is wrong with a reply: a refusal, a truncated answer or broken JSON is the
colleague's own, asked for once more and then lost.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import uniform
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_openai import ChatOpenAI
from openai import ContentFilterFinishReasonError, LengthFinishReasonError
from pydantic import SecretStr

from agents import forms, trouble
from agents.colleague import AGAIN, Answered, Call, messages
from agents.hands import side_by_side
from agents.quiet import no_tracing
from agents.trouble import Trouble
from scenarios.errors import InputError
from scenarios.persona import Persona
from simulator.order import tokens_in

OPENAI = "https://api.openai.com/v1"
TIMEOUT = 120.0
"""Seconds that an endpoint may be silent."""
AT_ONCE = 8
"""Calls that are under way at a time."""
RETRIES = 3
LONGEST_WAIT = 60.0
"""Seconds; an endpoint that asks for more is given up."""

Sleep = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str
    tokens: int
    seconds: float
    usable: bool
    """False for a refusal and for a reply that was cut off."""


class RealColleague:
    """A colleague whose chat model is a real one. Built by `hire`."""

    simulated = False

    def __init__(
        self, persona: Persona, model: ChatOpenAI, *, max_concurrency: int, sleep: Sleep
    ) -> None:
        self.persona = persona
        self.model = model
        self._max_concurrency = max_concurrency
        self._sleep = sleep
        self._takes_forms = True

    def answer(self, calls: Sequence[Call]) -> list[Answered]:
        """Answer each call. Money is the game's: tokens at the persona's price.

        Seconds are those that the endpoint took. Where it failed for good, the answer has a
        `fault`. Raises InputError where the key or the model is wrong.
        """
        return side_by_side(self._answer, calls, self._max_concurrency)

    def _answer(self, call: Call, over: Event) -> Answered:
        sent: list[BaseMessage] = [*messages(call.order)]
        form = forms.of(call.order.head) if call.order.head.enforce_schema else None
        answered = Answered(None)
        for _ in range(2):
            got = self._ask(sent, form, over)
            if isinstance(got, Trouble):
                answered.text = got.text
                if got.kind != "unanswerable":
                    answered.fault = got.text
                break
            answered.calls += 1
            answered.tokens += got.tokens
            answered.seconds += got.seconds
            answered.text = got.text
            answered.rows = forms.rows(got.text) if got.usable else None
            if answered.rows is not None:
                break
            # Some endpoints do not take a message without text.
            said = got.text or "(nothing)"
            sent = [*sent, AIMessage(content=said), HumanMessage(content=AGAIN)]
        answered.cost = answered.tokens / 1000 * self.persona.price
        return answered

    def _ask(
        self, sent: Sequence[BaseMessage], form: dict[str, Any] | None, over: Event
    ) -> _Reply | Trouble:
        if form is None or not self._takes_forms:
            return self._request(sent, {}, over)
        got = self._request(sent, {"response_format": form}, over)
        if isinstance(got, _Reply) or got.kind != "rejected":
            return got
        plain = self._request(sent, {}, over)
        if isinstance(plain, _Reply):
            self._takes_forms = False
        return plain

    def _request(
        self, sent: Sequence[BaseMessage], options: dict[str, Any], over: Event
    ) -> _Reply | Trouble:
        retry = 0
        while True:
            got = self._try(sent, options)
            if isinstance(got, _Reply):
                return got
            if got.kind == "wrong input":
                # Not raised where the client's error was caught: that one may hold the key.
                named = f"openai:{self.model.model_name}"
                raise InputError(f"{named}: {got.text}", field="--model", mend=got.mend)
            wait = uniform(0.75, 1) * 2**retry if got.after is None else got.after
            if not got.again or retry == RETRIES or wait > LONGEST_WAIT:
                return got
            self._sleep(wait)
            if over.is_set():
                return got
            retry += 1

    def _try(self, sent: Sequence[BaseMessage], options: dict[str, Any]) -> _Reply | Trouble:
        start = time.perf_counter()
        try:
            message = self.model.invoke(list(sent), **options)
        except (LengthFinishReasonError, ContentFilterFinishReasonError) as error:
            usage = error.completion.usage if error.completion else None
            tokens = usage.total_tokens if usage else _tokens(sent)
            return _Reply("", tokens, time.perf_counter() - start, usable=False)
        except Exception as error:
            return trouble.read(error)
        seconds = time.perf_counter() - start
        refusal = message.additional_kwargs.get("refusal")
        text = message.text or str(refusal or "")
        ended = message.response_metadata.get("finish_reason")
        usage_given = message.usage_metadata
        tokens = usage_given["total_tokens"] if usage_given else _tokens(sent) + tokens_in(text)
        usable = not refusal and ended not in ("length", "content_filter")
        return _Reply(text, tokens, seconds, usable)


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

    Endpoint and key are those of OPENAI_BASE_URL and OPENAI_API_KEY; a `base_url` that is given
    gets the `api_key` that is given and never the environment's. Only OpenAI's own endpoint
    needs a key. `timeout` is in seconds; `sleep` waits between retries.

    Raises InputError where the address is no URL, or where the key is missing or cannot be one.
    """
    no_tracing()
    # It also warns of endpoints that take no form, which is provided for here.
    warnings.filterwarnings("ignore", message=".*OpenAI's structured output feature")
    if base_url is None:
        base_url = os.environ.get("OPENAI_BASE_URL", "").strip() or OPENAI
        api_key = api_key or os.environ.get("OPENAI_API_KEY")
    model = ChatOpenAI(
        model_name=model_name,
        # Always said: left out, a gateway of the environment would take its place.
        openai_api_base=_checked_address(base_url),
        openai_api_key=SecretStr(_checked_key(api_key, base_url)),
        request_timeout=timeout,
        max_retries=0,
        disable_streaming=True,
    )
    return RealColleague(persona, model, max_concurrency=max_concurrency, sleep=sleep)


def _checked_address(base_url: str) -> str:
    try:
        parts = urlsplit(base_url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        # Not quoted: an address may hold a password.
        raise InputError(
            "the endpoint's address is no URL",
            field="OPENAI_BASE_URL",
            mend="write it like http://localhost:11434/v1",
        )
    return base_url


def _checked_key(api_key: str | None, base_url: str) -> str:
    key = (api_key or "").strip()
    if not key:
        if base_url.rstrip("/") != OPENAI:
            return "none"
        raise InputError(
            "OpenAI's models need a key",
            field="--model",
            mend="set OPENAI_API_KEY, or set OPENAI_BASE_URL to an endpoint that needs none",
        )
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise InputError(
            "the key has characters that no key has",
            field="OPENAI_API_KEY",
            mend="copy it again",
        )
    return key


def _tokens(sent: Sequence[BaseMessage]) -> int:
    return sum(tokens_in(str(message.content)) for message in sent)


__all__ = ["AT_ONCE", "LONGEST_WAIT", "OPENAI", "RETRIES", "TIMEOUT", "RealColleague", "hire"]
