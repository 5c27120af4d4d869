"""What the tests of the team share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the machine's certificates would take most of the time; nothing is encrypted here."""
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
