"""Bare `intern` in a terminal: the screens."""

from __future__ import annotations

import gc

from tui.exits import Exit


def screens() -> int:
    """Run the app until it is left; its exit status."""
    # Nothing that is made on the way to the first picture is garbage: the app turns this on again.
    gc.disable()
    from tui.app import InternApp

    app = InternApp()
    result = app.run()
    return result if result is not None else app.return_code or Exit.DONE
