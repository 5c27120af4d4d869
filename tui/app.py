"""The Textual app: which screen is shown, which theme, and what becomes of a failed worker."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import ClassVar

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from scenarios.errors import InputError
from scenarios.loading import find_scenario, load_cast, load_scenario
from scenarios.persona import Persona
from tui.draft import Draft
from tui.screens.stage import STAGES
from tui.workbook import Workbook

THEME = "nord"
LIGHT = "solarized-light"


class InternApp(App[int]):
    """Unreliable Intern in a terminal."""

    TITLE = "Unreliable Intern"
    CSS_PATH = "base.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-very-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Quit", show=False, id="quit", priority=True),
        Binding("ctrl+c", "leave", "Quit", show=False, id="leave", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._leaving = False
        self._books: dict[str, Workbook] = {}
        self._cast: Mapping[str, Persona] | None = None

    def on_mount(self) -> None:
        self.theme = THEME
        from tui.screens.home import HomeScreen

        self.push_screen(HomeScreen())

    def on_ready(self) -> None:
        # Nothing but the first screen was made so far: what follows is not waited for.
        gc.freeze()
        self.warm_up()

    @work(thread=True, group="warm-up", exit_on_error=False)
    def warm_up(self) -> None:
        """Import the engine while the learner reads: it takes longer than the first picture."""
        for name in ("agents.session", "agents.team", "agents.intern"):
            import_module(name)

    def book(self, scenario: str) -> Workbook:
        """The work on a scenario, opened once. Raises InputError where it cannot be."""
        if scenario not in self._books:
            from simulator.store import Store, data_directory

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
        screen = _stage(name)(book)
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
        if len(self.screen_stack) > 2:
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

    def action_explain(self) -> None:
        """Explain what has the focus, or else the screen."""
        self.action_show_help_panel()

    def action_leave(self) -> None:
        """The first time says how to leave; the second leaves. Drafts are saved as they change."""
        if self._leaving:
            self.exit(0)
            return
        self._leaving = True
        self.notify("Your draft is saved. Press ctrl+c again to leave.", timeout=3)
        self.set_timer(3, self._stay)

    def _stay(self) -> None:
        self._leaving = False

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        book = getattr(screen, "book", None)
        if isinstance(book, Workbook):
            for name, word in STAGES.items():
                go = _Go(self, name)
                yield SystemCommand(f"go: {word}", f"Go to the stage {word!r}", go)
            yield SystemCommand("run: the plan", "Run it many times", self.action_run_plan)

    # What goes wrong

    def report(self, error: InputError) -> None:
        """Tell the learner what is wrong and how to mend it."""
        where = f"{error.field}: " if error.field else ""
        mend = f"\n{error.mend}" if error.mend else ""
        self.notify(f"{where}{error.problem}{mend}", severity="error", timeout=8, markup=False)

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if isinstance(error, InputError):
            self.report(error)
        else:
            kind = type(error).__name__
            self.notify(
                f"Something of ours broke ({kind}: {error}). Your draft is safe.",
                severity="error", timeout=10, markup=False,
            )  # fmt: skip


class _Go:
    """A palette entry that leads to a stage."""

    def __init__(self, app: InternApp, name: str) -> None:
        self.app, self.name = app, name

    def __call__(self) -> None:
        self.app.action_stage(self.name)


def _stage(name: str) -> Callable[[Workbook], Screen[None]]:
    """The class of a stage's screen, imported when it is first shown."""
    module = import_module(f"tui.screens.{name}")
    made: Callable[[Workbook], Screen[None]] = module.SCREEN
    return made
