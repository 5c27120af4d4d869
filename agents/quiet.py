"""Nothing phones home, whatever the environment says."""

from __future__ import annotations

import os
import sys

_SWITCHES = ("LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING")
_REFUSED = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")


def no_tracing() -> None:
    """Keep LangSmith from tracing in this process and in those that it starts.

    Call it before LangChain runs anything; calling it again changes nothing.
    """
    for name in _SWITCHES:
        os.environ[name] = "false"
    for name in _REFUSED:
        # Left over from LangChain's first tracer, which it refuses to run with.
        os.environ.pop(name, None)
    langsmith = sys.modules.get("langsmith")
    if langsmith is not None:
        # Once imported it may remember what the environment said before.
        langsmith.configure(enabled=False)
