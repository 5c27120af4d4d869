"""`intern`: the screens where nothing more is typed in a terminal, else the command line."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from tui.terminal import can_draw


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `intern` with `arguments` (those of the process by default); its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if not given and can_draw():
        from tui.commands.screens import screens

        return screens()
    from tui.command_line import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
