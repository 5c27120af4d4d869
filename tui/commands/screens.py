"""Bare `intern` in a terminal: the screens."""

from __future__ import annotations

from tui.exits import Exit


def screens() -> int:
    """Run the app until it is left; its exit status."""
    from tui.app import InternApp

    app = InternApp()
    result = app.run()
    return result if result is not None else app.return_code or Exit.DONE
