"""The board's own widgets: its table, and its tools for the mouse."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from tui.widgets.plain import Plain


class Tool(Plain):
    """An action for the mouse, with its key for those who would rather have that."""

    ALLOW_SELECT = False

    def __init__(self, action: str, word: str) -> None:
        super().__init__(word, id=f"tool-{action}", classes="tool")
        self._action = action

    async def on_click(self) -> None:
        await self.run_action(f"screen.{self._action}")


class Steps(DataTable[Text]):
    """The steps, a row each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Edit", id="board.edit", tooltip="Open the step")
    ]
