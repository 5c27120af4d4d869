"""The line that says what Enter does, which can be clicked too."""

from __future__ import annotations

from tui.widgets.plain import Plain


class Onward(Plain):
    """What comes next. A click does what Enter does: the screen's action `next`."""

    def __init__(self, text: object = "", *, id: str | None = "onward") -> None:
        super().__init__(text, id=id, classes="next")

    async def on_click(self) -> None:
        await self.screen.run_action("next")
