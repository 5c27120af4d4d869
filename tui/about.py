"""Which program this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

DISTRIBUTION = "unreliable-intern"


def version() -> str:
    """The version of the program; `0` where it runs without having been installed."""
    try:
        return installed(DISTRIBUTION)
    except PackageNotFoundError:
        return "0"
