"""The step editor: what one colleague is told, gets and gives, and how their work is controlled."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import DataTable, OptionList, TextArea
from textual.widgets.option_list import Option

from scenarios.errors import InputError, printable
from scenarios.plans.plan import CODE, YOU
from simulator.blueprint import Blueprint
from tui.planning import editing
from tui.planning.outline import people
from tui.planning.preview import Preview, blueprint, preview
from tui.planning.rows import Row, rows
from tui.planning.summary import operation_words
from tui.screens import answering, asking
from tui.screens.editing import UNDO, EditingStage, state_line
from tui.screens.outside import edit_outside
from tui.widgets.plain import Plain, plain
from tui.widgets.quick_area import QuickArea
from tui.workbook import Workbook

SOON = 0.4
"""Seconds after which what was typed is in the file of the draft."""
WIDEST = 24
"""Characters of a value that the preview shows."""
YOURS = """\
You do this step yourself, record by record: right nearly always, a minute apiece. There are few
such minutes; the estimate on the board says what is left of them."""


TRAINED = """\
Trained on the solved records that you chose, and sorts as these are sorted. Reads no instructions;
does not know what was not among them, and has learnt what was wrong in them."""


class Words(QuickArea):
    """The instructions. Undo is the editor's own while one types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "screen.editor", "$EDITOR", id="step.editor",
                tooltip="Write in your own editor"),
        Binding("ctrl+z", "undo", "Undo", id="step.undo", tooltip="Take back what was typed"),
    ]  # fmt: skip


class StepScreen(EditingStage):
    """One step of the plan."""

    CSS_PATH = "step.tcss"
    HELP = "step"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,delete", "take_out", "Take out", id="step.delete",
                tooltip="Take out the result, check or operation under the cursor"),
        Binding("u,ctrl+up", "shift(-1)", "Up", show=False, id="step.up",
                tooltip="Move the operation or check up"),
        Binding("U,ctrl+down", "shift(1)", "Down", show=False, id="step.down",
                tooltip="Move the operation or check down"),
        *UNDO,
    ]  # fmt: skip

    def __init__(self, book: Workbook, step_id: str) -> None:
        super().__init__(book)
        self.step_id = step_id
        self._rows: list[Row] = []
        self._saving: Timer | None = None
        self._known = self._text()
        """The instructions of the draft when they last went from or to the editor."""

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="desk"):
            with Vertical(id="work"):
                yield Words(
                    self._text(), id="words", classes="frame", show_line_numbers=False,
                    tab_behavior="focus", placeholder="What is to be done, in your own words. "
                    "Each rule where it is needed; say what a good result looks like.",
                )  # fmt: skip
                yield OptionList(id="operations", classes="frame", markup=False)
                with Vertical(id="trial", classes="frame"):
                    yield Plain("", id="preview-says", classes="muted")
                    yield DataTable[Text](id="preview", cursor_type="none", fixed_columns=1)
                yield Plain(YOURS, id="yours", classes="frame")
            yield OptionList(id="settings", classes="frame", markup=False)
        yield Plain("", id="state")

    def on_mount(self) -> None:
        for name, title in (
            ("words", "Instructions"), ("operations", "What code does, from top to bottom"),
            ("trial", "On the preview records"), ("yours", "You"), ("settings", "The step"),
        ):  # fmt: skip
            self.query_one(f"#{name}").border_title = plain(title)
        words = self.query_one("#words", Words)
        words.border_subtitle = plain("tab goes to the rest")
        words.move_cursor(words.document.end)
        hint = plain("enter changes, d takes out")
        for panel in self.query(OptionList):
            panel.border_subtitle = hint
        self.refresh_draft()
        self.query_one("#words" if self._kind() == "intern" else "#settings").focus()
        if self._kind() == "code":
            self.query_one("#operations").focus()

    def on_resize(self) -> None:
        # The rows are wrapped for the width that the panel then has.
        self.call_after_refresh(self.refresh_draft)

    def on_screen_suspend(self) -> None:
        self.save_now()

    def on_unmount(self) -> None:
        self.save_now()

    # What is shown

    @property
    def step(self) -> dict[str, Any]:
        return self.book.draft.step(self.step_id) or {}

    def _kind(self) -> str:
        who = str(self.step.get("assignee"))
        # Whoever was trained reads no words, as you do not.
        kinds = {CODE: "code", YOU: "you"} | dict.fromkeys(editing.trained(self.book.draft), "you")
        return kinds.get(who, "intern")

    def _text(self) -> str:
        return str(self.step.get("instructions", ""))

    def refresh_draft(self) -> None:
        if not self.step:
            # The step itself was undone.
            if self.is_current:
                self.app.pop_screen()
            return
        kind = self._kind()
        for name in ("intern", "code", "you"):
            self.set_class(kind == name, f"-{name}")
        # What was typed a moment ago may not have come to the draft yet: it is left alone.
        if self._text() != self._known:
            self._known = self._text()
            self.query_one("#words", Words).load_text(self._known)
        yours, mine = self.query_one("#yours", Plain), self.step.get("assignee") == YOU
        yours.border_title = plain("You" if mine else "A specialist")
        yours.show(YOURS if mine else TRAINED.replace("\n", " "))
        self._rows = rows(
            self.step, people(self.book.draft, self.book.cast),
            searchable=bool(self.book.scenario.collections),
        )  # fmt: skip
        settings = self.query_one("#settings", OptionList)
        _show(settings, [row.words(settings.size.width - 1) for row in self._rows])
        if kind == "code":
            does = [plain(operation_words(one)) for one in self.step.get("does", ())]
            more = plain("+ an operation", "$text-accent")
            _show(self.query_one("#operations", OptionList), [*does, more])
            found = blueprint(self.book.draft, self.book.cast, self.step_id)
            if found is not None:
                self._try(found)
        self._judge()

    def _judge(self) -> None:
        said, ready = state_line(self.book.draft.problem())
        # What is typed last is saved when the screen has already gone.
        for line in self.query("#state").results(Plain):
            line.show(plain(said, "$text-success" if ready else ""))

    @work(thread=True, group="preview", exclusive=True, exit_on_error=False)
    def _try(self, found: Blueprint) -> None:
        made = preview(found)
        self.app.call_from_thread(self._show_preview, made)

    def _show_preview(self, made: Preview) -> None:
        if not self.is_mounted:
            return
        said = made.problem or "What each operation gives, if all that it reads is right."
        self.query_one("#preview-says", Plain).show(said)
        table = self.query_one("#preview", DataTable)
        table.clear(columns=True)
        if made.names:
            table.add_columns(
                *(Text(printable(name)) for name in (self.book.scenario.records.name, *made.names))
            )
            table.add_rows([_cell(cell) for cell in row] for row in made.rows)

    # Typing

    @on(TextArea.Changed, "#words")
    def _typed(self, event: TextArea.Changed) -> None:
        if not self.step or self._kind() != "intern":
            return
        try:
            changed = editing.write(self.book.draft, self.step_id, event.text_area.text)
        except InputError as error:
            self.intern.report(error)
            return
        self._known = self._text()
        if changed and self._saving is None:
            self._saving = self.set_timer(SOON, self.save_now)

    def save_now(self) -> None:
        """Write what was typed to the draft's file."""
        if self._saving is not None:
            self._saving.stop()
            self._saving = None
        if self.book.draft.saved:
            return
        try:
            self.book.draft.keep()
        except InputError as error:
            self.intern.report(error)
        if self.step:
            self._judge()

    def action_editor(self) -> None:
        """Write the instructions in $EDITOR."""
        words = self.query_one("#words", Words)
        text = edit_outside(self.app, words.text)
        if text is not None and text != words.text:
            words.replace(text, (0, 0), words.document.end)

    # Settings

    @on(OptionList.OptionSelected, "#settings")
    def _set(self, event: OptionList.OptionSelected) -> None:
        row = self._rows[event.option_index]
        if row.key == "schema":
            form = None if self.step.get("schema") is True else True
            self.do(lambda: editing.put(self.book.draft, self.step_id, "schema", form))
        elif row.key == "ask":
            self.do(lambda: answering.turn(self.book.draft, self.step_id))
        else:
            self._ask(row.key, row.item)

    @on(OptionList.OptionSelected, "#operations")
    def _operate(self, event: OptionList.OptionSelected) -> None:
        place = event.option_index
        self._ask("does", place if place < len(self.step.get("does", ())) else None)

    @work(group="asking", exclusive=True, exit_on_error=False)
    async def _ask(self, key: str, item: str | int | None) -> None:
        """Ask for a setting, and make the change."""
        app, book, name = self.app, self.book, self.step_id
        if key == "id":
            new = await asking.rename(app, book, name)
            if new is not None and self.do(lambda: editing.rename_step(book.draft, name, new)):
                self.step_id = new
                self.refresh_draft()
            return
        simple = {
            "assignee": asking.who, "reads": asking.reads, "takes": asking.takes,
            "trained": asking.trained, "examples": asking.examples, "batch": asking.batch,
            "votes": asking.votes, "retrieves": asking.retrieves, "redo": asking.redo,
            "else": asking.otherwise, "review": asking.review,
        }  # fmt: skip
        place = item if isinstance(item, int) else None
        if key == "produces":
            change = await asking.result(app, book, name, str(item) if item is not None else None)
        elif key == "answers":
            change = await answering.answer(app, book, name, item if item is None else str(item))
        elif key == "checks":
            change = await asking.check(app, book, name, place)
        elif key == "does":
            change = await asking.operation(app, book, name, place)
        else:
            change = await simple[key](app, book, name)
        if change is not None:
            self.do(change)

    def _under_cursor(self) -> tuple[str, str | int | None]:
        """What has the focus: the key of the step, and which of its items."""
        focused = self.focused
        at = focused.highlighted if isinstance(focused, OptionList) else None
        if focused is None or at is None:
            return "", None
        if focused.id == "operations":
            return "does", at if at < len(self.step.get("does", ())) else None
        row = self._rows[at] if at < len(self._rows) else None
        return (row.key, row.item) if row is not None else ("", None)

    def action_take_out(self) -> None:
        draft, name = self.book.draft, self.step_id
        key, item = self._under_cursor()
        if key in ("does", "checks") and isinstance(item, int):
            self.do(lambda: editing.put_item(draft, name, key, item, None), "It is out.")
        elif key == "produces" and isinstance(item, str):
            self.do(lambda: editing.remove_result(draft, name, item), f"{item} is out.")
        elif key == "answers" and isinstance(item, str):
            self.do(lambda: answering.forget(draft, name, item), "It is out.")
        elif key == "ask" and self.step.get("ask"):
            self.do(lambda: answering.turn(draft, name), "It asks nothing.")
        elif key in ("takes", "review", "examples", "batch", "schema", "votes", "retrieves", "redo",
                     "else"):  # fmt: skip
            self.do(lambda: editing.put(draft, name, key, None), "It is as it was at first.")

    def action_shift(self, by: int) -> None:
        key, item = self._under_cursor()
        focused = self.focused
        if key not in ("does", "checks") or not isinstance(item, int):
            return
        assert isinstance(focused, OptionList)
        at = focused.highlighted or 0
        self.do(lambda: editing.move_item(self.book.draft, self.step_id, key, item, by))
        last = len(self.step.get(key, ())) - 1
        focused.highlighted = at + (min(max(0, item + by), last) - item)


def _cell(text: str) -> Text:
    words = printable(text)
    return Text(words if len(words) <= WIDEST else words[: WIDEST - 1] + "…", no_wrap=True)


def _show(found: OptionList, words: list[Content]) -> None:
    """Other options in a list, the cursor where it was."""
    at = found.highlighted or 0
    found.set_options([Option(word) for word in words])
    found.highlighted = min(at, len(words) - 1)
