"""Text that is shown as it is: nothing in it is markup, and nothing in it steers the terminal."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from scenarios.errors import printable


def plain(text: object, style: str = "") -> Content:
    """Any text as content. Every text of a scenario, a model or a learner goes through here."""
    return Content.styled(printable(str(text)), style) if style else Content(printable(str(text)))


def lines(*parts: Content) -> Content:
    """Contents below one another."""
    return Content("\n").join(parts)


class Plain(Static):
    """The house's `Static`: it takes plain text or content, and parses no markup."""

    def __init__(
        self, text: object = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(_content(text), id=id, classes=classes, markup=False)

    def show(self, text: object) -> None:
        """Show another text."""
        self.update(_content(text))


def _content(text: object) -> Content:
    return text if isinstance(text, Content) else plain(text)
