"""The line at the top: which scenario, and where in the loop one is. Its words can be clicked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.content import Content
from textual.style import Style

from scenarios.errors import printable
from tui.widgets.plain import Plain, plain


class Trail(Plain):
    """Drawn anew whenever the width changes: the words stay, the title gives way."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, title: str, stages: Mapping[str, str], here: str) -> None:
        super().__init__(id="trail")
        self._title, self._stages, self._here = printable(title), stages, here

    def on_resize(self) -> None:
        self.show(self.drawn(self.content_size.width))

    def drawn(self, width: int) -> Content:
        """The line for so many columns."""
        words = [
            plain(f"[{word}]" if name == self._here else word,
                  "bold" if name == self._here else "dim")
            .stylize(Style.from_meta({"@click": f"app.stage('{name}')"}))
            for name, word in self._stages.items()
        ]  # fmt: skip
        stages = Content(" ").join(words)
        room = width - stages.cell_length - 2
        title = plain(self._title, "bold")
        if room >= title.cell_length:
            return Content("  ").join([title, stages])
        if room >= 8:
            return Content("  ").join([title[: room - 1] + plain("…"), stages])
        # No room for all of it: where one is, and what it is about.
        here = plain(f"[{self._stages.get(self._here, self._here)}]", "bold")
        return Content("  ").join([here, title])
