"""A report card: what an attempt comes to, what each skill rests on, and how predictions fared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from scenarios.errors import InputError
from simulator.storage.store import Attempt, Store
from tui import printing
from tui.outcomes import report_cards
from tui.widgets.foot import Foot
from tui.widgets.plain import Plain, lines, plain

if TYPE_CHECKING:
    from tui.app import InternApp

_NONE = "No attempt is kept yet. Run a plan: its card is here then."
_WITHOUT = "This attempt was kept without a report card. Run its plan again."
_WIDEST = 100


class CardScreen(Screen[None]):
    """The card of the latest attempt, or of one before it; below it what all attempts show."""

    CSS_PATH = "card.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "app.up", "Back", id="card.back", key_display="enter"),
        Binding("left", "turn(-1)", "Before", id="card.before", priority=True,
                tooltip="The attempt before this one"),
        Binding("right", "turn(1)", "After", id="card.after", priority=True,
                tooltip="The attempt after this one"),
        Binding("f1", "app.explain", "Help", id="help"),
    ]  # fmt: skip

    class Read(Message):
        """The attempts, oldest first."""

        def __init__(self, attempts: list[Attempt]) -> None:
            super().__init__()
            self.attempts = attempts

    def __init__(self, scenario: str | None = None) -> None:
        """`scenario` is the one whose latest attempt is shown first; any by default."""
        super().__init__(name="card")
        self.scenario = scenario
        self.attempts: Sequence[Attempt] = ()
        self.place = 0

    @property
    def intern(self) -> InternApp:
        """The app, as what it is."""
        from tui.app import InternApp

        assert isinstance(self.app, InternApp)
        return self.app

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="card-page", classes="frame"):
            yield Plain("", id="card-text")
        yield Foot()

    def on_mount(self) -> None:
        self.query_one("#card-page").focus()
        self.read()

    @work(thread=True, group="attempts", exclusive=True, exit_on_error=False)
    def read(self) -> None:
        """Fetch the attempts from where they are kept."""
        try:
            found = Store().attempts()
        except InputError as error:
            self.app.call_from_thread(self.intern.report, error)
            found = []
        if not get_current_worker().is_cancelled:
            self.post_message(self.Read(found))

    @on(Read)
    def _read(self, message: Read) -> None:
        self.attempts = message.attempts
        places = [
            place for place, one in enumerate(self.attempts)
            if self.scenario in (None, one.scenario)
        ]  # fmt: skip
        self.place = places[-1] if places else len(self.attempts) - 1
        self.draw()

    def action_turn(self, by: int) -> None:
        """Leaf through the attempts."""
        to = self.place + by
        if 0 <= to < len(self.attempts):
            self.place = to
            self.draw()
            self.query_one("#card-page").scroll_home(animate=False)

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """The card under view."""
        self.query_one("#card-text", Plain).show(self.text())

    def text(self) -> Content:
        """The whole page, for as many columns as there are."""
        room = self.query_one("#card-page").content_size.width or self.size.width - 6
        with printing.columns(min(_WIDEST, room)):
            return self._text()

    def _text(self) -> Content:
        if not self.attempts:
            return plain(_NONE)
        attempt = self.attempts[self.place]
        card = report_cards.card_of(attempt)
        parts = [plain(printing.wrapped(report_cards.title(attempt)), "bold $accent")]
        if card is None:
            parts += [plain(""), plain(_WITHOUT)]
        else:
            parts += [
                plain(printing.wrapped(report_cards.total(card)), "bold"), plain(""),
                plain(report_cards.parts(card)), plain(""),
                plain("What each skill rests on", "bold"), plain(report_cards.evidence(card)),
            ]  # fmt: skip
        if history := report_cards.history(self.attempts):
            parts += [plain(""), plain("Your skills so far", "bold"), plain(history)]
        parts += [plain(""), plain(report_cards.calibration(self.attempts))]
        return lines(*parts)
