"""The local model's server: a program of its own, which `local.py` starts and never imports.

    python local_server.py WEIGHTS

It speaks OpenAI's chat completions on a free port of the loopback, and writes that port on
standard output once it is ready. It ends when its standard input does: with whoever started it,
however that one ended.
"""

from __future__ import annotations

import os
import socket
import sys
from threading import Thread

NAME = "local"
AT_ONCE = 64
"""Connections that may wait: the model answers one request after the other."""


def _end_with_starter() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


def main(weights: str) -> None:
    Thread(target=_end_with_starter, daemon=True).start()
    # What the libraries print is no answer.
    answer = os.dup(1)
    os.dup2(2, 1)
    import uvicorn
    from llama_cpp.server.app import create_app
    from llama_cpp.server.settings import ModelSettings, ServerSettings

    app = create_app(
        server_settings=ServerSettings(interrupt_requests=False),
        # A context of 0 is as long as the model's own.
        model_settings=[ModelSettings(model=weights, model_alias=NAME, n_ctx=0, verbose=False)],
    )
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(AT_ONCE)
        os.write(answer, f"{listening.getsockname()[1]}\n".encode())
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
