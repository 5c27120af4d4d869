"""What broke is written down, so that it can be told to whoever can mend it."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

from simulator.storage.places import data_directory

FILE = "trouble.log"


def write_down(error: BaseException) -> str:
    """Append an error to the log; a line that says where, or that it could not be."""
    path = data_directory() / FILE
    when = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="replace") as log:
            log.write(f"{when}\n{''.join(traceback.format_exception(error))}\n")
    except OSError:
        return "It could not be written down."
    return f"The details are in {path}."
