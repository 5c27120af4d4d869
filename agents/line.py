"""A line to an endpoint that speaks OpenAI's chat completions: asked, and asked again.

What is wrong with the endpoint is a trouble, told apart from what is wrong with a reply: a refusal
and an answer that was cut off are replies, though of no use.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import uniform
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from langchain_core.messages import BaseMessage
from langchain_openai import ChatOpenAI
from openai import ContentFilterFinishReasonError, LengthFinishReasonError
from pydantic import SecretStr

from agents import trouble
from agents.quiet import no_tracing
from agents.trouble import Trouble
from scenarios.errors import InputError
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
class Reply:
    """What a model wrote, with what it took."""

    text: str
    tokens: int
    seconds: float
    usable: bool
    """False for a refusal and for a reply that was cut off."""


class Line:
    """A model at an endpoint. Opened by `dial`; `option` is how the user chose it."""

    def __init__(self, model: ChatOpenAI, *, option: str, sleep: Sleep) -> None:
        self.model = model
        self.option = option
        self._sleep = sleep
        self._not_taken: frozenset[str] = frozenset()

    def ask(
        self, sent: Sequence[BaseMessage], options: Mapping[str, Any], over: Event
    ) -> Reply | Trouble:
        """Send messages with options of the request, and again where that may help.

        An option that the endpoint does not take is left out, from then on. Raises InputError
        where the key or the model is wrong.
        """
        wanted = {name: value for name, value in options.items() if name not in self._not_taken}
        for dropped in _fewer(tuple(wanted)):
            left = {name: value for name, value in wanted.items() if name not in dropped}
            got = self._request(sent, left, over)
            if isinstance(got, Reply):
                self._not_taken |= dropped
            if isinstance(got, Reply) or got.kind != "rejected":
                break
        return got

    def wrong(self, problem: str, mend: str) -> InputError:
        """The error that ends what needs this model."""
        named = f"openai:{self.model.model_name}"
        return InputError(f"{named}: {problem}", field=self.option, mend=mend)

    def _request(
        self, sent: Sequence[BaseMessage], options: dict[str, Any], over: Event
    ) -> Reply | Trouble:
        retry = 0
        while True:
            got = self._try(sent, options)
            if isinstance(got, Reply):
                return got
            if got.kind == "wrong input":
                # Not raised where the client's error was caught: that one may hold the key.
                raise self.wrong(got.text, got.mend)
            wait = uniform(0.75, 1) * 2**retry if got.after is None else got.after
            if not got.again or retry == RETRIES or wait > LONGEST_WAIT:
                return got
            self._sleep(wait)
            if over.is_set():
                return got
            retry += 1

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
        text = message.text or str(refusal or "")
        ended = message.response_metadata.get("finish_reason")
        usage_given = message.usage_metadata
        tokens = usage_given["total_tokens"] if usage_given else _tokens(sent) + tokens_in(text)
        usable = not refusal and ended not in ("length", "content_filter")
        return Reply(text, tokens, seconds, usable)


def dial(
    model_name: str,
    *,
    option: str,
    base_url: str | None = None,
    api_key: str | None = None,
    timeout: float = TIMEOUT,
    sleep: Sleep = time.sleep,
) -> Line:
    """Open a line to a model.

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
        openai_api_key=SecretStr(_checked_key(api_key, base_url, option)),
        request_timeout=timeout,
        max_retries=0,
        disable_streaming=True,
    )
    return Line(model, option=option, sleep=sleep)


def _fewer(options: Sequence[str]) -> Iterator[frozenset[str]]:
    """What to leave out, one go after the other: nothing, each option alone, all of them."""
    yield frozenset()
    if len(options) > 1:
        yield from (frozenset({name}) for name in options)
    if options:
        yield frozenset(options)


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


def _checked_key(api_key: str | None, base_url: str, option: str) -> str:
    key = (api_key or "").strip()
    if not key:
        if base_url.rstrip("/") != OPENAI:
            return "none"
        raise InputError(
            "OpenAI's models need a key",
            field=option,
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
