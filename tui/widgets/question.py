"""What a colleague asks, and a line to answer it in."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from tui.widgets.plain import Plain, plain


class QuestionBox(Vertical):
    """Hidden until a question is put; Enter answers it, with nothing if nothing was written."""

    DEFAULT_CSS = """
    QuestionBox { height: auto; display: none; }
    QuestionBox.-put { display: block; }
    QuestionBox > Input { border: none; height: 1; padding: 0 1; }
    """

    class Answered(Message):
        """The question was answered; '' where it was not."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(id="question", classes="frame")

    def compose(self) -> ComposeResult:
        yield Plain("", id="asked")
        yield Input(
            placeholder="Your answer; Enter alone: they go on guessing", id="answer", compact=True
        )

    def put(self, who: str, text: str) -> None:
        """Show a question, and wait for its answer."""
        self.border_title = plain(f"{who} asks")
        self.query_one("#asked", Plain).show(text)
        self.query_one(Input).value = ""
        self.add_class("-put")
        self.query_one(Input).focus()

    def take_away(self) -> None:
        """There is no question any longer."""
        self.remove_class("-put")

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        event.stop()
        self.take_away()
        self.post_message(self.Answered(event.value.strip()))
