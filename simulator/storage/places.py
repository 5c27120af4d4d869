"""Where the user's data is kept; apart from the store, so that asking costs no imports."""

from __future__ import annotations

import os
from pathlib import Path

DIRECTORY = "INTERN_DATA_DIR"


def data_directory() -> Path:
    """Where the user's data is kept: `INTERN_DATA_DIR`, or the place usual on this system."""
    given = os.environ.get(DIRECTORY)
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("unreliable-intern", appauthor=False))
