"""Writing a text in the learner's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported


def edit_outside(app: App[Any], text: str) -> str | None:
    """`text` as it is after $VISUAL or $EDITOR was closed; None where that was not to be."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not command.strip():
        app.notify("Set EDITOR to your editor, as in: export EDITOR=nano", markup=False)
        return None
    with tempfile.TemporaryDirectory(prefix="intern-") as folder:
        path = Path(folder) / "instructions.txt"
        path.write_text(text, "utf-8")
        try:
            with app.batch_update(), app.suspend():
                done = subprocess.run([*shlex.split(command), str(path)], check=False)
            if done.returncode:
                raise OSError(f"it ended with status {done.returncode}")
            return path.read_text("utf-8")
        except SuspendNotSupported:
            app.notify("Your editor cannot be opened from here.", severity="warning", markup=False)
        except (OSError, ValueError) as error:
            words = f"Nothing was changed: the editor failed ({error})."
            app.notify(words, severity="error", markup=False)
    return None
