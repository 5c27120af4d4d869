"""What is shown in a window that is too small."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen

from tui.widgets.plain import Plain


class SmallScreen(ModalScreen[None]):
    """Asks for a larger window; goes away by itself when there is one."""

    DEFAULT_CSS = """
    SmallScreen { align: center middle; background: $background; }
    SmallScreen Plain { width: auto; max-width: 100%; text-align: center; }
    """

    def __init__(self, least: tuple[int, int]) -> None:
        super().__init__()
        self.least = least

    def compose(self) -> ComposeResult:
        wide, high = self.least
        yield Plain(f"Please make the window larger:\n{wide} columns and {high} lines at least.")
