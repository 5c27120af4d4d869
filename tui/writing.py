"""Writing what was asked for to a file, and never over one that is there unless that was asked."""

from __future__ import annotations

from pathlib import Path

from scenarios.errors import InputError

MEND = "choose another name, or add --force"


def check_free(path: Path) -> None:
    """Raise InputError where there is something already: before long work, not after it."""
    if path.exists():
        raise InputError("is there already", file=str(path), mend=MEND)


def write_file(
    path: Path, text: str, *, force: bool = False, mend: str = MEND, folders: bool = False
) -> None:
    """Write `text`; with `folders` make those that lack. Raises InputError where that fails."""
    try:
        if folders:
            path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InputError("is there already", file=str(path), mend=mend) from None
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}", file=str(path), mend="choose another place"
        ) from None
