"""Opens a line to an endpoint: with which address and key, and what is wrong with either."""

from __future__ import annotations

import logging
import os
import time
import warnings
from urllib.parse import urlsplit

from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from agents.models.line import Line, Sleep
from agents.quiet import no_tracing
from scenarios.errors import InputError

OPENAI = "https://api.openai.com/v1"
TIMEOUT = 120.0
"""Seconds that an endpoint may be silent."""
AT_ONCE = 8
"""Calls that are under way at a time."""
NO_KEY = "none"


def dial(
    model_name: str,
    *,
    option: str,
    base_url: str | None = None,
    api_key: str | None = None,
    timeout: float = TIMEOUT,
    longest: int | None = None,
    sleep: Sleep = time.sleep,
) -> Line:
    """Open a line to a model.

    Endpoint and key are those of OPENAI_BASE_URL and OPENAI_API_KEY; a `base_url` that is given
    gets the `api_key` that is given and never the environment's. Only OpenAI's own endpoint
    needs a key. `timeout` is in seconds, `longest` in tokens of a reply; `sleep` waits between
    retries.

    Raises InputError where the address is no URL, or where the key is missing or cannot be one.
    """
    no_tracing()
    for name in ("openai", "httpx", "httpcore", "httpx2", "httpcore2"):
        # What they tell of a request has the headers of its answer, which may quote the key.
        logging.getLogger(name).setLevel(logging.WARNING)
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
        # The library would say `max_completion_tokens`, which not every endpoint knows.
        extra_body=None if longest is None else {"max_tokens": longest},
    )
    return Line(model, option=option, sleep=sleep)


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
            return NO_KEY
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
