"""Copying, and knowing whether it worked.

A terminal can be asked to copy, and never answers. The system's own tools can be asked and do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

_SECONDS = 1.0


def copy_natively(text: str) -> bool:
    """Copy with a tool of the system; True where it said that it did."""
    tool = _tool()
    if tool is None:
        return False
    try:
        done = subprocess.run(
            tool, input=text.encode("utf-8", "replace"), timeout=_SECONDS, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _tool() -> list[str] | None:
    """The tool of this desktop. Over ssh it would copy to the wrong machine: then none."""
    if os.environ.get("SSH_CONNECTION"):
        return None
    tools: list[list[str]] = []
    if sys.platform == "darwin":
        tools.append(["pbcopy"])
    if os.environ.get("WAYLAND_DISPLAY"):
        tools.append(["wl-copy"])
    if os.environ.get("DISPLAY"):
        tools += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    return next((tool for tool in tools if shutil.which(tool[0])), None)
