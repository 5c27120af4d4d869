"""The map: what to do next in one line, and the scenarios there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.onward import Next, onward
from tui.widgets.foot import Foot
from tui.widgets.plain import Plain, lines, plain

if TYPE_CHECKING:
    from tui.app import InternApp
    from tui.atlas import Card, Result
    from tui.workbook import Workbook

_WELCOME = """\
Your interns are eager, fast, cheap, sure of themselves, and unreliable.
They do what they were told, not what was meant; so do AI agents.
First you watch them do a job with the plan that everybody writes first.
You read why it failed. Then it is your turn: three edits, 15 minutes.
Nothing to set up, no account, no network. Press Enter."""
_NEXT = "next"


class HomeScreen(Screen[None]):
    """Where everything begins."""

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "Go", id="home.go", tooltip="Do what is chosen"),
        Binding("b", "open('brief')", "Brief", id="home.brief", tooltip="Read the brief"),
        Binding("p", "open('board')", "Plan", id="home.plan", tooltip="Go to your plan"),
        Binding("a", "open('attempts')", "Attempts", id="home.attempts",
                tooltip="What you tried and what it did"),
        Binding("c", "app.card", "Report card", id="home.card",
                tooltip="What your attempts come to, skill by skill"),
        Binding("ctrl+q", "app.quit", "Quit", id="home.quit"),
    ]  # fmt: skip

    class Looked(Message):
        """The library and the attempts were looked through."""

        def __init__(
            self, cards: Sequence[Card], results: Mapping[str, Result], drafts: Sequence[str],
            unfinished: Sequence[str] = (),
        ) -> None:  # fmt: skip
            super().__init__()
            self.cards, self.results, self.drafts = cards, results, drafts
            self.unfinished = unfinished

    class Opened(Message):
        """A scenario was opened; where to go in it."""

        def __init__(self, book: Workbook, to: Next) -> None:
            super().__init__()
            self.book, self.to = book, to

    def __init__(self) -> None:
        super().__init__(name="home")
        self.cards: dict[str, Card] = {}
        self.results: Mapping[str, Result] = {}
        self.next: Next | None = None
        self._opening = False

    @property
    def intern(self) -> InternApp:
        """The app, as what it is."""
        from tui.app import InternApp

        assert isinstance(self.app, InternApp)
        return self.app

    def compose(self) -> ComposeResult:
        title = plain("Unreliable Intern", "bold")
        yield Plain(Content("  ").join([title, plain("learn to manage AI agents", "dim")]),
                    id="title")  # fmt: skip
        yield Plain(_WELCOME, id="welcome")
        with Horizontal(id="map"):
            yield OptionList(id="jobs", classes="frame")

    def on_mount(self) -> None:
        self._draw(onward(self.intern.where))
        self.call_after_refresh(self._furnish)

    async def _furnish(self) -> None:
        """What the first picture does not wait for: the foot, and the pane beside the list."""
        about = VerticalScroll(Plain(id="card"), id="about", classes="frame", can_focus=False)
        await self.query_one("#map").mount(about)
        await self.mount(Foot())
        self.refresh_bindings()
        self._show_card()

    def on_screen_resume(self) -> None:
        self._opening = False
        self.query_one("#jobs", OptionList).focus()
        # What follows imports; the first picture does not wait for it.
        self.call_after_refresh(self.look)

    @work(thread=True, group="look", exclusive=True, exit_on_error=False)
    def look(self) -> None:
        """Look through the library, the attempts and the drafts, after the first picture."""
        from tui.atlas import cards, results

        found = cards()
        if not self.cards:
            self.post_message(self.Looked(found, {}, ()))
        from scenarios.errors import InputError
        from simulator.storage import recordings
        from simulator.storage.places import data_directory
        from simulator.storage.store import Store

        drafts = sorted((data_directory() / "drafts").glob("*.yaml"),
                        key=lambda path: -path.stat().st_mtime)  # fmt: skip
        try:
            attempts = Store().attempts()
        except InputError as error:
            attempts = []
            self.app.call_from_thread(self.intern.report, error)
        names = [path.stem for path in drafts]
        runs = [path.stem.rpartition("-")[0] for path, _ in recordings.unfinished()]
        self.post_message(self.Looked(found, results(attempts, found), names, runs))

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        self.cards = {card.id: card for card in event.cards}
        self.results = event.results
        where = self.intern.where
        self._draw(onward(where, event.cards, event.results, event.drafts, event.unfinished))

    def _draw(self, to: Next) -> None:
        """Show the line of what is next and the jobs below it, keeping what is highlighted."""
        self.next = to
        self.set_class(to.naive, "-first")
        jobs = self.query_one("#jobs", OptionList)
        chosen = jobs.highlighted_option.id if jobs.highlighted_option else _NEXT
        said = Content("").join([plain("Next: ", "bold"), plain(to.says, "bold"),
                                 plain(".  Enter", "dim")])  # fmt: skip
        options = [Option(said, _NEXT)]
        track = ""
        for card in self.cards.values():
            if card.track != track:
                track = card.track
                options.append(Option(plain(f"\n{track}", "bold"), disabled=True))
            options.append(Option(self._job(card), card.id))
        jobs.set_options(options)
        ids = [option.id for option in options]
        jobs.highlighted = ids.index(chosen) if chosen in ids else 0

    def _job(self, card: Card) -> Content:
        result = self.results.get(card.id)
        reached = result.says if result and result.says else "not tried yet"
        return lines(
            plain(card.title),
            plain(f"level {card.level}: {', '.join(card.teaches)} · {reached}", "dim"),
        )

    @on(OptionList.OptionHighlighted, "#jobs")
    def _show_card(self) -> None:
        card = self.cards.get(self._chosen())
        for pane in self.query("#card").results(Plain):
            pane.show(_about(card, self.results) if card else "")

    def _chosen(self) -> str:
        """The id of the scenario that is chosen; that of the next line is its own."""
        option = self.query_one("#jobs", OptionList).highlighted_option
        name = option.id if option and option.id else _NEXT
        return self.next.scenario if name == _NEXT and self.next else name

    @on(OptionList.OptionSelected, "#jobs")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == _NEXT and self.next:
            self._open(self.next)
        elif event.option_id:
            self._open(Next("", event.option_id, self._stage_of(event.option_id)))

    def _stage_of(self, scenario: str) -> str:
        where = self.intern.where
        return where.resting_place if where.scenario == scenario else "brief"

    def action_go(self) -> None:
        if self.next:
            self._open(self.next)

    def action_open(self, stage: str) -> None:
        if name := self._chosen():
            self._open(Next("", name, stage))

    def _open(self, to: Next) -> None:
        if not self._opening:
            self._opening = True
            self.open_book(to)

    @work(thread=True, group="open", exclusive=True, exit_on_error=False)
    def open_book(self, to: Next) -> None:
        """Read a scenario and its draft in; that may take a moment."""
        try:
            self.post_message(self.Opened(self.intern.book(to.scenario), to))
        finally:
            self._opening = False

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        if self.app.screen is not self:
            return
        where, book, to = self.intern.where, event.book, event.to
        if to.naive:
            where.tour = "begun"
            if not book.draft.steps:
                book.begin_naive()
        elif where.tour == "new":
            where.tour = "explained"
        self.intern.show_stage(to.stage, book)


def _about(card: Card, results: Mapping[str, Result]) -> Content:
    from tui.printing import percent, plural

    bars = ", ".join(f"{name} {percent(card.bars[name])}" for name in ("bronze", "silver", "gold"))
    result = results.get(card.id)
    return lines(
        plain(card.title, "bold"),
        plain(f"{card.track}, level {card.level}, about {plural(card.minutes, 'minute')}", "dim"),
        plain(""), plain(card.summary), plain(""),
        plain(f"You practise: {', '.join(card.teaches)}"),
        plain(f"Medals: {bars} of runs good enough to be used"),
        plain(f"So far: {result.says}" if result and result.says else "So far: not tried"),
    )  # fmt: skip
