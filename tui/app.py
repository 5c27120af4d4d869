"""The Textual app: which screen is shown, which theme, and what becomes of a failed worker."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from scenarios.errors import InputError, printable
from tui import settings
from tui.exits import Exit
from tui.screens.home import HomeScreen
from tui.screens.stage import STAGES, Stage
from tui.terminal import on_hang_up
from tui.whereabouts import Whereabouts
from tui.workbook import Workbook

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel
    from textual.theme import Theme

    from scenarios.persona import Persona

LEAST = (60, 15)
"""The smallest window, in columns and lines, that the screens are made for."""
ENGINE = (
    "scenarios.loading", "simulator.storage.store", "tui.planning.draft", "agents.session",
    "agents.team", "agents.intern", "agents.hiring", "tui.screens.live", "tui.screens.brief",
    "tui.screens.interview", "tui.screens.board", "tui.screens.step", "tui.screens.evaluation",
    "tui.screens.debrief",
)  # fmt: skip
"""What takes long to import and is not needed for the first picture, in the order of need."""


class InternApp(App[int]):
    """Unreliable Intern in a terminal."""

    TITLE = "Unreliable Intern"
    CSS_PATH = Path(__file__).with_name("base.tcss")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-very-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, id="quit", priority=True,
                tooltip="Leave; drafts are saved as they change"),
        Binding("ctrl+c", "leave", "Copy, or leave", show=False, id="leave", priority=True,
                tooltip="Copy what is selected; else leave, when pressed twice"),
        Binding("f1", "explain", "Help", id="explain", tooltip="Explain what has the focus"),
        Binding("question_mark", "keys", "Keys", show=False, id="keys", tooltip="List all keys"),
    ]  # fmt: skip

    class Copied(Message):
        """A text was copied; `known` says whether that is certain."""

        def __init__(self, size: int, known: bool) -> None:
            super().__init__()
            self.size, self.known = size, known

    def __init__(self) -> None:
        super().__init__()
        self.where = Whereabouts.recalled()
        self._leaving = False
        self._books: dict[str, Workbook] = {}
        self._cast: Mapping[str, Persona] | None = None
        if not settings.animated():
            self.animation_level = "none"
        self._theme = settings.theme()
        if self._theme not in self.available_themes:
            self._theme = settings.DARK
        # Before the first style sheet is parsed: setting it later parses everything again.
        self.set_reactive(App.theme, self._theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self.push_screen(HomeScreen())

    def _theme_changed(self, theme: Theme) -> None:
        if theme.name != self._theme:
            self._theme = theme.name
            settings.keep_theme(theme.name)

    def on_ready(self) -> None:
        # Nothing but the first screen was made so far: what follows is not waited for.
        gc.freeze()
        gc.enable()
        self._leave_when_told()
        self.warm_up()

    def _leave_when_told(self) -> None:
        """A terminal that is closed, or a polite `kill`, ends the app with the screen restored."""
        if self.is_headless or self.is_web:
            return
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                loop.add_signal_handler(
                    getattr(signal, name), self.exit, Exit.INTERRUPTED, Exit.INTERRUPTED
                )
        on_hang_up(
            lambda: loop.call_soon_threadsafe(self.exit, Exit.INTERRUPTED, Exit.INTERRUPTED),
            Exit.INTERRUPTED,
        )

    @work(thread=True, group="warm-up", exit_on_error=False)
    def warm_up(self) -> None:
        """Import the engine while the learner reads: it takes longer than the first picture."""
        for name in ENGINE:
            import_module(name)
        # A full collection would walk all of this, and hold up a frame for a tenth of a second.
        gc.freeze()
        gc.enable()

    def book(self, scenario: str) -> Workbook:
        """The work on a scenario, opened once. Raises InputError where it cannot be."""
        if scenario not in self._books:
            from scenarios.loading import find_scenario, load_cast, load_scenario
            from simulator.storage.places import data_directory
            from simulator.storage.store import Store
            from tui.planning.draft import Draft

            if self._cast is None:
                self._cast = load_cast()
            path = find_scenario(scenario)
            home = path if path.is_dir() else path.parent
            loaded = load_scenario(home)
            draft = Draft(loaded, data_directory() / "drafts" / f"{loaded.id}.yaml")
            draft.open()
            self._books[scenario] = Workbook(loaded, self._cast, home, draft, Store())
        return self._books[scenario]

    # Getting about

    def show_stage(self, name: str, book: Workbook) -> None:
        """Go to a stage of the loop; stages replace one another above the home screen."""
        if name != "handin" and self._take_away():
            return
        try:
            screen = _stage(name)(book)
        except InputError as error:
            self.report(error)
            return
        self.where.at(book.scenario.id, book.scenario.title, name)
        self._replace(screen)

    def _replace(self, screen: Screen[None]) -> None:
        # A stage may have opened screens above it: they go with it.
        while len(self.screen_stack) > 3:
            self.pop_screen()
        if len(self.screen_stack) > 2:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def action_stage(self, name: str) -> None:
        book = getattr(self.screen, "book", None)
        if isinstance(book, Workbook) and name in STAGES:
            self.show_stage(name, book)

    def action_up(self) -> None:
        """To the map, or whatever the present screen was opened from."""
        if len(self.screen_stack) > 2 and not self._take_away():
            self.pop_screen()

    def action_run_plan(self) -> None:
        """Run the plan on the board many times, from wherever one is."""
        book = getattr(self.screen, "book", None)
        if not isinstance(book, Workbook):
            return
        problem = book.draft.problem()
        if problem is None:
            self.show_stage("evaluation", book)
        else:
            self.report(problem)
            self.show_stage("board", book)

    def _take_away(self) -> bool:
        """After the first plan was handed in: what to do in one's own prompts tomorrow, once."""
        screen = self.screen
        if self.where.taken_away or not isinstance(screen, Stage) or screen.STAGE != "handin":
            return False
        if not any(one.lot == "sealed" for one in screen.book.store.attempts()):
            return False
        self.show_takeaway(screen.book)
        return True

    def show_takeaway(self, book: Workbook) -> None:
        """Show what was learnt, in words for one's own prompts."""
        from tui.screens.takeaway import TakeawayScreen

        self.where.taken_away, self.where.tour = True, "done"
        self.where.keep()
        self._replace(TakeawayScreen(book))

    def action_card(self) -> None:
        """The report card of the latest attempt, and the skills so far."""
        from tui.screens.card import CardScreen

        book = getattr(self.screen, "book", None)
        if not isinstance(self.screen, CardScreen):
            self.push_screen(CardScreen(book.scenario.id if isinstance(book, Workbook) else None))

    def action_explain(self) -> None:
        """Explain what has the focus, or else the screen."""
        self._help("explain")

    def action_keys(self) -> None:
        """List all keys that do something now."""
        self._help("keys")

    def action_glossary(self) -> None:
        """The words that the product uses."""
        self._help("glossary")

    def _help(self, about: str) -> None:
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen.about(self.screen, about))

    def on_resize(self, event: events.Resize) -> None:
        """Windows too small to work in are told so, and nothing else is shown in them."""
        from tui.screens.small import SmallScreen

        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        shown = isinstance(self.screen, SmallScreen)
        if small and not shown:
            self.push_screen(SmallScreen(LEAST))
        elif shown and not small:
            self.pop_screen()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        from tui.palette import commands

        yield from commands(self, screen)

    # Leaving and copying

    def action_leave(self) -> None:
        """Copy what is selected. Else the first time says how to leave; the second leaves."""
        if text := self._selected():
            self.copy_to_clipboard(text)
        elif self._leaving:
            self.exit(0)
        else:
            self._leaving = True
            self.notify("Your draft is saved. Press ctrl+c again to leave.", timeout=3)
            self.set_timer(3, self._stay)

    def _stay(self) -> None:
        self._leaving = False

    def _selected(self) -> str:
        in_editor = getattr(self.focused, "selected_text", "")
        return str(in_editor or self.screen.get_selected_text() or "")

    def copy_to_clipboard(self, text: str) -> None:
        super().copy_to_clipboard(text)
        self._copy(text)

    @work(thread=True, group="copy", exclusive=True, exit_on_error=False)
    def _copy(self, text: str) -> None:
        from tui.clipboard import copy_natively

        known = not self.is_web and not self.is_headless and copy_natively(text)
        self.post_message(self.Copied(len(text), known))

    @on(Copied)
    def _say_copied(self, event: Copied) -> None:
        size = f"{event.size} character{'' if event.size == 1 else 's'}"
        if event.known:
            self.notify(f"Copied {size}.", markup=False)
        else:
            self.notify(
                f"Sent {size} to the terminal to copy. Not every terminal does.", markup=False
            )

    # What goes wrong

    def report(self, error: InputError) -> None:
        """Tell the learner what is wrong and how to mend it."""
        where = f"{error.field}: " if error.field else ""
        mend = f"\n{error.mend}" if error.mend else ""
        self._warn(f"{where}{error.problem}{mend}")

    def _warn(self, text: str) -> None:
        self.notify(text, severity="error", timeout=8, markup=False)

    def notify(
        self, message: str, *, title: str = "", severity: SeverityLevel = "information",
        timeout: float | None = None, markup: bool = False,
    ) -> None:  # fmt: skip
        """As Textual's; whoever writes the message, it is shown as it is."""
        super().notify(
            printable(message), title=printable(title), severity=severity, timeout=timeout,
            markup=markup,
        )  # fmt: skip

    def _handle_exception(self, error: Exception) -> None:
        # A screen that was half made when the app was left is nobody's trouble.
        if not self._exit:
            super()._handle_exception(error)

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if isinstance(error, InputError):
            self.report(error)
        elif error is not None:
            from tui.trouble import write_down

            kind = type(error).__name__
            self._warn(
                f"Something of ours broke ({kind}: {error}). Your draft is safe."
                f"\n{write_down(error)}"
            )


def _stage(name: str) -> Callable[[Workbook], Screen[None]]:
    """The class of a stage's screen, imported when it is first shown."""
    module = import_module(f"tui.screens.{name}")
    made: Callable[[Workbook], Screen[None]] = module.SCREEN
    return made
