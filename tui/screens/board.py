"""The plan board: the steps, what flows between them, and what a trial is likely to take."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import DataTable

from scenarios.errors import InputError, printable
from scenarios.plans.plan import CODE
from simulator.pilots import spent
from tui.planning import editing, menus
from tui.planning.estimate import estimate
from tui.planning.outline import arriving
from tui.planning.summary import controls, details, estimate_words
from tui.screens.editing import UNDO, EditingStage, state_line
from tui.screens.saving import save_form
from tui.widgets.form import Form, Reading
from tui.widgets.graph import Node, graph
from tui.widgets.picker import Choice, ManyPicker, Picker
from tui.widgets.plain import Plain, plain
from tui.widgets.tools import Steps, Tool

TOOLS = {
    "add": "a add", "split": "x split", "merge": "m merge", "who": "w who",
    "connect": "c reads", "rename": "r name", "delete": "d delete", "up": "u up",
    "down": "U down", "yaml": "y file", "save": "s save",
}  # fmt: skip
"""The tools above the table: action -> key and word."""
EMPTY = """\
There is no step yet. A step is one colleague, what they read, and what they give.
Press a to add one{naive}."""


class BoardScreen(EditingStage):
    """The plan as a whole: add, take apart, connect, give away; open a step to write it."""

    CSS_PATH = "board.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", "Edit", show=False, id="board.enter", tooltip="Open the step"),
        Binding("a", "add", "Add", id="board.add", tooltip="Add a step after this one"),
        Binding("x", "split", "Split", show=False, id="board.split", tooltip="Make two of it"),
        Binding("m", "merge", "Merge", show=False, id="board.merge",
                tooltip="Make one step of this and the next"),
        Binding("w", "who", "Who", show=False, id="board.who", tooltip="Give it to a colleague"),
        Binding("c", "connect", "Reads", show=False, id="board.connect",
                tooltip="Choose what it reads"),
        Binding("r", "rename", "Rename", show=False, id="board.rename", tooltip="Rename the step"),
        Binding("d,delete", "delete", "Delete", show=False, id="board.delete",
                tooltip="Take the step out"),
        Binding("u,ctrl+up", "up", "Up", show=False, id="board.up", tooltip="Move the step up"),
        Binding("U,ctrl+down", "down", "Down", show=False, id="board.down",
                tooltip="Move the step down"),
        Binding("n", "naive", "Naive plan", id="board.naive",
                tooltip="Begin with the plan that everybody writes first"),
        Binding("y", "yaml", "YAML", show=False, id="board.yaml",
                tooltip="Show the plan as the command line takes it"),
        Binding("s", "save", "Save as", show=False, id="board.save",
                tooltip="Write the plan to a file"),
        *UNDO,
    ]  # fmt: skip

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="picture", can_focus=False):
            yield Plain("", id="graph")
        with Horizontal(id="tools"):
            for action, word in TOOLS.items():
                yield Tool(action, word)
        yield Plain("", id="empty", classes="frame")
        with Vertical(id="plan"):
            yield Steps(id="steps", cursor_type="row", zebra_stripes=True)
            with VerticalScroll(id="details", can_focus=False):
                yield Plain("", id="detail")
        yield Plain("", id="estimate")
        yield Plain("", id="state")

    def on_mount(self) -> None:
        self.query_one("#steps").focus()

    def on_screen_resume(self) -> None:
        self.refresh_draft()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self.refresh_draft)

    # What is shown

    @property
    def table(self) -> Steps:
        return self.query_one("#steps", Steps)

    @property
    def chosen(self) -> dict[str, Any] | None:
        """The step under the cursor."""
        steps, row = self.book.draft.steps, self.table.cursor_row
        return steps[row] if 0 <= row < min(len(steps), self.table.row_count) else None

    def refresh_draft(self) -> None:
        draft = self.book.draft
        at = max(0, self.table.cursor_row)
        self.set_class(not draft.steps, "-empty")
        self._fill()
        if draft.steps:
            self.table.move_cursor(row=min(at, len(draft.steps) - 1))
            if self.focused is None:
                self.table.focus()
        else:
            naive = ", or n (or Enter) to begin with the plan that everybody writes first"
            text = EMPTY.format(naive=naive if self.book.naive() is not None else "")
            self.query_one("#empty", Plain).show(text)
            self.set_focus(None)  # an empty table would keep Enter to itself
        self._picture()
        self.query_one("#estimate", Plain).show(
            estimate_words(
                estimate(draft, self.book.cast, self._piloted()), self.book.scenario.budget
            )
            if draft.steps
            else ""
        )
        said, ready = state_line(draft.problem()) if draft.steps else ("", False)
        self.query_one("#state", Plain).show(plain(said, "$text-success" if ready else ""))
        self.refresh_bindings()

    def _piloted(self) -> float:
        """What pilots cost, as far as that can be read."""
        try:
            return spent(self.book.pilots())
        except InputError:
            return 0.0

    def _fill(self) -> None:
        table, width = self.table, max(40, self.size.width - 4)
        table.clear(columns=True)
        steps = self.book.draft.steps
        first = min(18, max([4, *(len(step["id"]) for step in steps)]))
        rest = width - first - 6 - 5 * 2
        widths = (first, 6, rest * 3 // 10, rest * 4 // 10, rest - rest * 3 // 10 - rest * 4 // 10)
        for word, wide in zip(("step", "who", "reads", "gives", "controls"), widths, strict=True):
            table.add_column(word, width=wide)
        for step in steps:
            who = self.book.cast.get(step.get("assignee", ""))
            cells = (
                step["id"],
                who.name if who else step.get("assignee", ""),
                ", ".join(editing.reads(step)),
                ", ".join(step.get("produces", {})) or "nothing yet",
                ", ".join(controls(step)),
            )
            table.add_row(*(_cell(text, wide) for text, wide in zip(cells, widths, strict=True)))

    def _picture(self) -> None:
        nodes = [
            Node(step["id"], step.get("assignee", ""), tuple(editing.reads(step)))
            for step in self.book.draft.steps
        ]
        chosen = self.chosen
        picture = graph(nodes, {}, max(20, self.size.width - 4), chosen["id"] if chosen else "")
        self.query_one("#graph", Plain).show(picture)
        draft, width = self.book.draft, self.size.width - 8
        words = plain("")
        if chosen:
            words = details(chosen, arriving(draft, chosen), width, editing.trained(draft))
        self.query_one("#detail", Plain).show(words)

    @on(DataTable.RowHighlighted, "#steps")
    def _moved(self) -> None:
        self._picture()

    @on(DataTable.RowSelected, "#steps")
    def _opened(self) -> None:
        self.action_edit()

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        empty = not self.book.draft.steps
        if action == "naive":
            return empty and self.book.naive() is not None
        if action in TOOLS and action not in ("add", "edit"):
            return not empty
        return super().check_action(action, parameters)

    def action_edit(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            from tui.screens.step import StepScreen

            self.app.push_screen(StepScreen(self.book, chosen["id"]))
        elif not self.book.draft.steps:
            self.action_naive()

    def action_naive(self) -> None:
        if self.book.naive() is None:
            self.action_add()
        else:
            self.do(self.book.begin_naive)

    def action_add(self) -> None:
        chosen, cast = self.chosen, self.book.cast
        interns = sorted((p for p in cast.values() if p.kind == "intern"), key=lambda p: p.price)
        who = interns[len(interns) // 2].id if interns else CODE
        row = self.table.cursor_row + 1 if chosen is not None else 0
        after = chosen["id"] if chosen is not None else None
        if self.do(lambda: editing.add_step(self.book.draft, after, who)):
            self.table.move_cursor(row=row)

    def action_split(self) -> None:
        step = self.chosen
        if step is None:
            return
        name = step["id"]
        results = [Choice(one, one) for one in step.get("produces", {})]
        if len(results) < 2:
            self._split(name, [])
            return
        title = f"Split {name}: what does the second step take over?"

        def split(moves: list[str] | None) -> None:
            if moves is not None:
                self._split(name, moves)

        self.app.push_screen(ManyPicker(title, results, [results[-1].value]), split)

    def _split(self, name: str, moves: list[str]) -> None:
        said = f"{name} is two steps now; strike out what belongs to the other."
        self.do(lambda: editing.split_step(self.book.draft, name, moves), said)

    def action_merge(self) -> None:
        if step := self.chosen:
            said = f"{step['id']} took in the next step."
            self.do(lambda: editing.merge_step(self.book.draft, step["id"]), said)

    def action_delete(self) -> None:
        if step := self.chosen:
            said = f"{step['id']} is out."
            self.do(lambda: editing.remove_step(self.book.draft, step["id"]), said)

    def action_up(self) -> None:
        self._move(-1)

    def action_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        if step := self.chosen:
            row = self.table.cursor_row + by
            self.do(lambda: editing.move_step(self.book.draft, step["id"], by))
            self.table.move_cursor(row=max(0, min(row, len(self.book.draft.steps) - 1)))

    def action_who(self) -> None:
        step = self.chosen
        if step is None:
            return
        name, before = step["id"], step.get("assignee")

        def assign(who: str | None) -> None:
            if who is not None and who != before:
                self.do(lambda: editing.assign(self.book.draft, name, who))

        choices = menus.colleagues(self.book.cast)
        self.app.push_screen(Picker(f"Who does {name}?", choices, before), assign)

    def action_connect(self) -> None:
        step = self.chosen
        if step is None:
            return
        name = step["id"]

        def connect(chosen: list[str] | None) -> None:
            if chosen is not None:
                self.do(lambda: editing.set_reads(self.book.draft, name, chosen))

        choices = menus.sources(self.book.draft, name)
        title = f"What does {name} read?"
        self.app.push_screen(ManyPicker(title, choices, editing.reads(step)), connect)

    def action_rename(self) -> None:
        step = self.chosen
        if step is None:
            return
        name = step["id"]

        def rename(filled: dict[str, str] | None) -> None:
            if filled is not None:
                self.do(lambda: editing.rename_step(self.book.draft, name, filled["name"]))

        self.app.push_screen(Form("Rename the step", [menus.step_name(self.book.draft, name)]),
                             rename)  # fmt: skip

    def action_yaml(self) -> None:
        draft = self.book.draft
        foot = f"The command line takes the same: intern run {draft.path}"
        self.app.push_screen(Reading("The plan as a file", draft.text(), foot))

    def action_save(self) -> None:
        def save(filled: dict[str, str] | None) -> None:
            if filled is not None:
                self._write(filled["name"])

        self.app.push_screen(save_form(self.book.scenario.id), save)

    def _write(self, name: str) -> None:
        from tui.screens.saving import write_plan

        try:
            path = write_plan(name, self.book.draft.text())
        except InputError as error:
            self.notify(error.one_line(), severity="error", markup=False)
        else:
            self.notify(f"Written. Run it with: intern run {path}", markup=False)


SCREEN = BoardScreen


def _cell(text: str, wide: int) -> Text:
    words = printable(text.replace("\n", " "))
    return Text(words if len(words) <= wide else words[: max(1, wide - 1)] + "…", no_wrap=True)
