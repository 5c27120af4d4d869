"""What can go wrong with an endpoint, each with one outcome.

Nothing that an endpoint wrote gets into a message: it may quote the key back.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Literal

import openai
from langchain_core.exceptions import ContextOverflowError

Kind = Literal["fault", "rejected", "unanswerable", "wrong input"]
_TOO_LONG = re.compile(r"context[ _](?:length|size|window)|(?:prompt|input) is too long")
TIMED_OUT = "timed out"
_NOT_NOW = (408, 409, 425)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a request was not answered.

    A `fault` is the infrastructure's and spoils the trial; `rejected` is one where the endpoint
    did not take the request as it was put. `unanswerable` is the team's own: what it asks cannot
    be answered. A `wrong input` is the user's, and `mend` says what to do about it.
    """

    kind: Kind
    text: str
    mend: str = ""
    again: bool = False
    """Whether the same request may be answered later."""
    after: float | None = None
    """Seconds that the endpoint asked to wait before that."""


def read(error: Exception) -> Trouble:
    """What an error of the client library means."""
    if isinstance(error, openai.APITimeoutError):
        return Trouble("fault", TIMED_OUT, again=True)
    if isinstance(error, openai.APIConnectionError):
        return Trouble("fault", "the endpoint is down", again=True)
    if isinstance(error, openai.APIStatusError):
        return _status(error)
    # Whatever else: the library choked on what the endpoint sent, and that may pass.
    name = type(error).__name__
    return Trouble("fault", f"the endpoint's answer is no chat completion ({name})", again=True)


def _status(error: openai.APIStatusError) -> Trouble:
    status = error.status_code
    if status in (401, 403):
        return Trouble(
            "wrong input",
            f"the endpoint does not accept the key ({status})",
            "check OPENAI_API_KEY, and that it may use this model",
        )
    if status == 404:
        return Trouble(
            "wrong input",
            "the endpoint knows no such model (404)",
            "check the name, and the path of OPENAI_BASE_URL (many end in /v1)",
        )
    if status == 429:
        if error.code == "insufficient_quota":
            return Trouble("fault", "out of quota")
        return Trouble("fault", "rate limited", again=True, after=_retry_after(error))
    if status in (400, 413, 422):
        if isinstance(error, ContextOverflowError) or _TOO_LONG.search(error.message.lower()):
            return Trouble("unanswerable", "The order is longer than the model can read.")
        if error.code == "content_filter":
            return Trouble("unanswerable", "The endpoint's filter stopped the order.")
        return Trouble("rejected", f"the endpoint refused the request ({status})")
    again = status >= 500 or status in _NOT_NOW
    return Trouble(
        "fault", f"the endpoint failed ({status})", again=again, after=_retry_after(error)
    )


def _retry_after(error: openai.APIStatusError) -> float | None:
    """The seconds of a Retry-After header, which may be a number or a date."""
    value = error.response.headers.get("retry-after", "")
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
